"""Stop calling a subscriber that does not answer; a person looks."""

from datetime import datetime

from django.urls import reverse

from accounts.actors import System
from accounts.signing import signed

from .. import queries
from ..models import DisabledReason, MessageStatus, Subscription
from ..queries.subscriptions import forget
from .writing import owe_to_staff


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
