"""How a subscriber takes what it is called with: how long we are patient with one that does not answer."""

from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Coalesce

from accounts.clock import in_business_time
from casework.retries import pause_after

from ..channels import Gone
from ..models import DisabledReason, Message, MessageStatus, Subscription
from .stopping import stop_calling

#: So long without one success, and so many failures, and we stop calling.
PATIENCE = timedelta(days=3)
FAILURES = 20


def note_success(*, message: Message, at: datetime) -> None:
    """A subscriber took an event: whatever failed before is forgotten."""
    if message.subscription_id:
        Subscription.objects.filter(pk=message.subscription_id, failures__gt=0).update(failures=0, failing_since=None)


def note_failure(*, message: Message, error: Exception, at: datetime) -> None:
    """A subscriber did not take an event: the rest of what it is owed waits too, and after days of this we stop calling."""
    if message.subscription_id is None:
        return
    rows = Subscription.objects.filter(pk=message.subscription_id)
    rows.update(failures=F("failures") + 1, failing_since=Coalesce("failing_since", at))
    subscription = rows.get()
    since = subscription.failing_since or at
    if isinstance(error, Gone):
        stop_calling(subscription=subscription, reason=DisabledReason.GONE, at=at)
    elif subscription.failures >= FAILURES and at - since >= in_business_time(PATIENCE):
        stop_calling(subscription=subscription, reason=DisabledReason.FAILING, at=at)
    else:
        until = at + pause_after(min(subscription.failures, 6))
        waiting = subscription.messages.filter(status=MessageStatus.OWED, next_attempt_at__lt=until)
        waiting.exclude(pk=message.pk).update(next_attempt_at=until)
