"""Writes that nobody has seen the end of."""

from django.db.models import QuerySet

from accounts.models import GasCard

from ..card_rules import Verdict, settle
from ..devices.cards import CardImage
from ..models import CardWrite


def open_writes(card: GasCard) -> QuerySet[CardWrite]:
    """Begun and not known to have ended, the oldest first."""
    return (
        CardWrite.objects.filter(card=card, outcome__in=["", CardWrite.Outcome.UNKNOWN])
        .select_related("top_up__account", "top_up__meter", "card")
        .order_by("pk")
    )


def verdict_of(write: CardWrite, seen: CardImage) -> Verdict:
    """What the card as seen proves about a write; a new chip that now bears the number was written."""
    before, wanted = write.before_image, write.wanted_image
    if before is None:
        return Verdict.WRITTEN if seen.card_number == wanted.card_number else Verdict.UNKNOWN
    return settle(before, wanted, seen)
