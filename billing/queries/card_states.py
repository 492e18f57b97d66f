"""How it stands with a card, in one code: the same on a reader (hall, kiosk) and where it is only asked about (hotline, cabinet).

With the card at hand its content is what it says now. Without it, what it said when a reader of ours saw or wrote it last: so a card
that was still full at the kiosk is still full for the hotline, until somebody reads it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Account, GasCard

from ..devices.cards import CardImage
from ..diagnoses import Diagnosis
from ..models import CardSighting, CardWrite, TopUp
from .purchases import unwritten
from .writes import open_writes

_OUT_OF_USE = {
    GasCard.Status.LOST: Diagnosis.CARD_LOST,
    GasCard.Status.REPLACED: Diagnosis.CARD_REPLACED,
    GasCard.Status.RETURNED: Diagnosis.CARD_RETURNED,
}


@dataclass(frozen=True, kw_only=True)
class CardState:
    """What is known of an account's card. ``known_at`` is when it was seen or written last (None: never); ``unwritten`` waits for it."""

    diagnosis: Diagnosis
    card: GasCard
    known_at: datetime | None
    unwritten: Sequence[TopUp]


def card_state(account: Account) -> CardState | None:
    """The state of the account's card in use, else of its latest one; None where it never had any."""
    card = next(iter(sorted(account.cards.all(), key=lambda one: (one.status == GasCard.Status.ACTIVE, one.pk), reverse=True)), None)
    return state_of_card(card) if card else None


def state_of_card(card: GasCard) -> CardState:
    """The same for any card of ours, out of use or not."""
    sighting = CardSighting.objects.filter(card=card).first()
    image, known_at = _last_known(card, sighting)
    waiting = list(unwritten(card.account))
    diagnosis = diagnose(card, image, waiting, read_at=sighting.at if sighting else None)
    return CardState(diagnosis=diagnosis, card=card, known_at=known_at, unwritten=waiting)


def diagnose(card: GasCard, seen: CardImage | None, waiting: Sequence[TopUp], *, read_at: datetime | None) -> Diagnosis:
    """What is to be done with a card of ours: the first that applies. ``seen`` is None for one that no reader of ours ever saw.

    ``read_at``: when a reader saw it last. A write begun after that is not judged yet, and its own fault is the answer.
    """
    if card.status != GasCard.Status.ACTIVE:
        return _OUT_OF_USE[GasCard.Status(card.status)]
    if card.account.status == Account.Status.CLOSED:
        return Diagnosis.ACCOUNT_CLOSED
    if write := open_writes(card).last():
        return Diagnosis.NOT_SETTLED if read_at is not None and read_at >= (write.ended_at or write.started_at) else _left_open(write)
    checks = (
        (seen is not None and seen.counter != card.counter, Diagnosis.WRONG_COUNTER),
        (seen is not None and not seen.is_loaded, Diagnosis.STILL_FULL),
        (bool(waiting), Diagnosis.UNWRITTEN),
        (card.account.status == Account.Status.FROZEN, Diagnosis.ACCOUNT_FROZEN),
    )
    return next((diagnosis for applies, diagnosis in checks if applies), Diagnosis.READY)


def _left_open(write: CardWrite) -> Diagnosis:
    """What whoever stood at the reader was told; where it went dark before it could say anything, the same as for lost power."""
    return Diagnosis(write.error) if write.error in Diagnosis.values else Diagnosis.POWER_LOST


def _last_known(card: GasCard, sighting: CardSighting | None) -> tuple[CardImage | None, datetime | None]:
    """The later of what was read and what was written."""
    write = CardWrite.objects.filter(card=card, outcome=CardWrite.Outcome.WRITTEN).order_by("-ended_at", "-pk").first()
    written_at = write.ended_at if write else None
    if sighting and (written_at is None or sighting.at >= written_at):
        return sighting.seen, sighting.at
    return (write.wanted_image, written_at) if write else (None, None)
