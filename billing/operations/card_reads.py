"""Read a card: what it is, whose it is, what it settles, and what is to be done with it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from accounts.models import Account, GasCard

from ..devices.cards import CardFault, CardImage, check_is_ours
from ..diagnoses import Diagnosis
from ..models import TopUp
from ..queries.purchases import unwritten
from ..queries.writes import open_writes
from .card_writes import settle_card

_OUT_OF_USE = {
    GasCard.Status.LOST: Diagnosis.CARD_LOST,
    GasCard.Status.REPLACED: Diagnosis.CARD_REPLACED,
    GasCard.Status.RETURNED: Diagnosis.CARD_RETURNED,
}


@dataclass(frozen=True, kw_only=True)
class CardReading:
    """What one read of a card told. ``settled`` are orders that it made clear; ``unwritten`` those still to be written."""

    diagnosis: Diagnosis
    image: CardImage | None = None
    card: GasCard | None = None
    account: Account | None = None
    settled: list[TopUp] = field(default_factory=list)
    unwritten: list[TopUp] = field(default_factory=list)

    @property
    def code(self) -> str:
        """For machines."""
        return self.diagnosis.value

    @property
    def sentence(self) -> str:
        """For people."""
        return str(self.diagnosis.label)


def read_card(*, seen: CardImage, by: Actor, at: datetime) -> CardReading:
    """Recognize a card and settle what it proves. Nothing is refused: whatever is wrong is the reading's diagnosis."""
    try:
        check_is_ours(seen, factory_code=settings.CARD_FACTORY_CODE, area_code=settings.CARD_AREA_CODE)
    except CardFault as fault:
        return CardReading(diagnosis=Diagnosis(fault.code), image=seen)
    card = _find(seen.card_number)
    if card is None:
        return CardReading(diagnosis=Diagnosis.UNKNOWN_CARD, image=seen)
    settled = _settle(card, seen, by, at)
    waiting = list(unwritten(card.account))
    diagnosis = diagnose(card, seen, waiting)
    return CardReading(diagnosis=diagnosis, image=seen, card=card, account=card.account, settled=settled, unwritten=waiting)


def diagnose(card: GasCard, seen: CardImage, waiting: list[TopUp]) -> Diagnosis:
    """What is to be done with a card of ours. The first that applies."""
    if card.status != GasCard.Status.ACTIVE:
        return _OUT_OF_USE[GasCard.Status(card.status)]
    checks = (
        (card.account.status == Account.Status.CLOSED, Diagnosis.ACCOUNT_CLOSED),
        (open_writes(card).exists(), Diagnosis.NOT_SETTLED),
        (seen.counter != card.counter, Diagnosis.WRONG_COUNTER),
        (not seen.is_loaded, Diagnosis.STILL_FULL),
        (bool(waiting), Diagnosis.UNWRITTEN),
        (card.account.status == Account.Status.FROZEN, Diagnosis.ACCOUNT_FROZEN),
    )
    return next((diagnosis for applies, diagnosis in checks if applies), Diagnosis.READY)


def _find(number: str) -> GasCard | None:
    return GasCard.objects.select_related("account__customer", "account__premises", "meter").filter(number=number).first()


@transaction.atomic
def _settle(card: GasCard, seen: CardImage, by: Actor, at: datetime) -> list[TopUp]:
    settled = settle_card(card=card, seen=seen, by=by, at=at)
    card.refresh_from_db(fields=["counter", "password", "cumulative_litres"])
    return settled
