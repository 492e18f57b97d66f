"""Webhooks as administrators see them: enter, change, give a new secret, switch off and on."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import sealing
from accounts.actors import Actor
from accounts.signing import signed

from .. import addresses, webhook_signing
from ..models import DisabledReason, Subscription
from ..queries.subscriptions import forget
from .stopping import give_up_owed

#: How long the old secret signs along after a new one was made.
ROTATION = timedelta(days=1)
_VERB = re.compile(r"\*|[a-z][a-z0-9_]*\.(\*|[a-z][a-z0-9_]*)")
_LONGEST_NAME = 80
_REASONS = {
    "form": gettext_lazy("This is not a web address."),
    "scheme": gettext_lazy("The address must begin with https://."),
    "userinfo": gettext_lazy("The address must hold no user name or password."),
    "private": gettext_lazy("The address lies in a private network. Webhooks go to the public internet only."),
}


class BadUrl(Exception):
    """Not an address we call."""

    def __init__(self, code: str) -> None:
        super().__init__(str(_REASONS[code]))


class BadVerbs(Exception):
    """Not the names of events."""

    def __init__(self) -> None:
        super().__init__(_("Name at least one event, as case.opened, case.* or *."))


class NameTaken(Exception):
    """Two webhooks of one name could not be told apart."""

    def __init__(self) -> None:
        super().__init__(_("Another webhook has this name."))


@dataclass(frozen=True)
class Wish:
    """Who wants to hear what, where. A verb may be ``case.*``, or ``*`` for everything."""

    name: str
    url: str
    verbs: Collection[str]


@transaction.atomic
def subscribe(*, wish: Wish, by: Actor, at: datetime) -> tuple[Subscription, str]:
    """A new webhook and its secret, which is shown this once. Raises BadUrl, BadVerbs and NameTaken."""
    checked = _checked(wish)
    if Subscription.objects.filter(name=checked.name).exists():
        raise NameTaken
    secret = webhook_signing.new_secret()
    row = Subscription(**_columns(checked), secret_sealed=sealing.seal(secret), created_at=at)
    signed(row, by=by, at=at).save()
    forget()
    return row, secret


@transaction.atomic
def change_subscription(*, subscription: Subscription, wish: Wish, by: Actor, at: datetime) -> None:
    """Another name, address or choice of events; what is owed already goes to the new address. Raises as ``subscribe``."""
    checked = _checked(wish)
    if Subscription.objects.filter(name=checked.name).exclude(pk=subscription.pk).exists():
        raise NameTaken
    for name, value in _columns(checked).items():
        setattr(subscription, name, value)
    signed(subscription, by=by, at=at).save(update_fields=["name", "url", "verbs"])
    forget()


@transaction.atomic
def rotate_secret(*, subscription: Subscription, by: Actor, at: datetime) -> str:
    """A new secret, shown this once; the old one signs along for a day, so that no event is lost on the way."""
    secret = webhook_signing.new_secret()
    subscription.old_secret_sealed, subscription.old_secret_until = subscription.secret_sealed, at + ROTATION
    subscription.secret_sealed = sealing.seal(secret)
    fields = ["secret_sealed", "old_secret_sealed", "old_secret_until"]
    signed(subscription, by=by, at=at, reason="secret rotated").save(update_fields=fields)
    return secret


@transaction.atomic
def switch_off(*, subscription: Subscription, by: Actor, at: datetime) -> None:
    """Call it no more; what it is still owed is given up and can be sent again by hand."""
    if subscription.disabled_at is None:
        subscription.disabled_at, subscription.disabled_reason = at, DisabledReason.BY_HAND
        signed(subscription, by=by, at=at).save(update_fields=["disabled_at", "disabled_reason"])
        give_up_owed(subscription=subscription)
    forget()


@transaction.atomic
def switch_on(*, subscription: Subscription, by: Actor, at: datetime) -> None:
    """Call it again from now on, its failures forgotten."""
    subscription.disabled_at, subscription.disabled_reason = None, ""
    subscription.failures, subscription.failing_since = 0, None
    fields = ["disabled_at", "disabled_reason", "failures", "failing_since"]
    signed(subscription, by=by, at=at).save(update_fields=fields)
    forget()


def _checked(wish: Wish) -> Wish:
    verbs = sorted({verb.strip() for verb in wish.verbs if verb.strip()})
    if not verbs or not all(_VERB.fullmatch(verb) for verb in verbs):
        raise BadVerbs
    try:
        addresses.parse(wish.url.strip(), loopback=settings.WEBHOOKS_TO_LOOPBACK)
    except addresses.BadAddress as bad:
        raise BadUrl(bad.code) from None
    return Wish(wish.name.strip()[:_LONGEST_NAME], wish.url.strip(), verbs)


def _columns(wish: Wish) -> dict[str, object]:
    return {"name": wish.name, "url": wish.url, "verbs": list(wish.verbs)}
