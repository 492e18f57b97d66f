"""Writes that nobody has seen the end of."""

from django.db.models import QuerySet

from accounts.models import Account, GasCard

from ..card_rules import Verdict, settle
from ..devices.cards import CardImage
from ..models import CardWrite

_OPEN = ("", CardWrite.Outcome.UNKNOWN)


def open_writes(card: GasCard) -> QuerySet[CardWrite]:
    """Begun and not known to have ended, the oldest first."""
    return CardWrite.objects.filter(card=card, outcome__in=_OPEN).select_related("top_up__account", "top_up__meter", "card").order_by("pk")


def open_writes_of(account: Account) -> QuerySet[CardWrite]:
    """The same over all cards of an account, those out of use included."""
    return CardWrite.objects.filter(card__account=account, outcome__in=_OPEN)


def verdict_of(write: CardWrite, seen: CardImage) -> Verdict:
    """What the card as seen proves about a write; a new chip that now bears the number was written."""
    before, wanted = write.before_image, write.wanted_image
    if before is None:
        return Verdict.WRITTEN if seen.card_number == wanted.card_number else Verdict.UNKNOWN
    return settle(before, wanted, seen)
