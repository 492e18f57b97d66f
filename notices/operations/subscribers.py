"""Owe other systems the events they asked for, and stop calling those that do not answer."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.actors import System
from accounts.clock import in_business_time
from accounts.signing import signed
from casework.models import Case, Event, Timeline
from casework.retries import pause_after

from .. import queries
from ..channels import Gone
from ..models import Channel, DisabledReason, Message, MessageStatus, Subscription
from ..queries.subscriptions import forget
from .writing import owe_to_staff

#: What a webhook's message is called where others have their letter.
KIND = "webhook"
LIVES = timedelta(days=3)
#: So long without one success, and so many failures, and we stop calling.
PATIENCE = timedelta(days=3)
FAILURES = 20
#: An event of no timeline, to try an address out.
TEST = "webhook.test"


def owe_events(*, timeline: Timeline, events: Sequence[Event]) -> None:
    """Owe each event to whoever subscribed to it, in the transaction that records it. Ids, codes and numbers only."""
    wanted = [(event, found) for event in events if (found := queries.listening_to(event.verb))]
    if not wanted:
        return
    reference = Case.objects.filter(timeline=timeline).values_list("reference", flat=True).first()
    rows = [_row(event, pk, timeline, reference) for event, found in wanted for pk in found]
    Message.objects.bulk_create(rows, ignore_conflicts=True)


def owe_test(*, subscription: Subscription, at: datetime) -> Message:
    """Owe a subscriber an event that means nothing, so that its makers see one arrive."""
    key = f"w{subscription.pk}:test:{int(at.timestamp() * 1000)}"
    body = {"type": TEST, "timestamp": at.isoformat(), "data": {}}
    return Message.objects.create(**_fields(subscription.pk, key, body, at), about=TEST)


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


def stop_calling(*, subscription: Subscription, reason: DisabledReason, at: datetime) -> None:
    """Switch off what does not answer, give up what it is owed, and tell the administrators."""
    if not Subscription.objects.filter(pk=subscription.pk, disabled_at=None).update(disabled_at=at, disabled_reason=reason):
        return
    subscription.refresh_from_db()
    signed(subscription, by=System("webhooks"), at=at).save(update_fields=["disabled_at", "disabled_reason"])
    give_up_owed(subscription=subscription)
    forget()
    owe_to_staff(
        kind="webhook_disabled",
        key=f"webhook:{subscription.pk}:{int(at.timestamp())}",
        staff=queries.administrators(at),
        context={"name": subscription.name, "reason": reason.label},
        link=reverse("notices:webhook", args=[subscription.pk]),
        at=at,
    )


def give_up_owed(*, subscription: Subscription) -> None:
    """What a subscription that is switched off is still owed waits for a person, who may send it again."""
    subscription.messages.owed().update(status=MessageStatus.DEAD, last_error="Disabled")


def _row(event: Event, subscription: int, timeline: Timeline, reference: str | None) -> Message:
    data = {
        "timeline": timeline.pk,
        "kind": timeline.kind,
        "seq": event.seq,
        "reference": reference,
        "facts": event.facts,
    }
    body = {"type": event.verb, "timestamp": event.at.isoformat(), "data": data}
    key = f"w{subscription}:{timeline.pk}:{event.seq}"
    return Message(**_fields(subscription, key, body, event.at), about=event.verb)


def _fields(subscription: int, key: str, body: dict[str, Any], at: datetime) -> dict[str, Any]:
    return {
        "kind": KIND,
        "key": key,
        "channel": Channel.WEBHOOK,
        "subscription_id": subscription,
        "language": "en",
        "text": json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        "created_at": at,
        "next_attempt_at": at,
        "expires_at": at + LIVES,
    }
