"""Read a card: what it is, whose it is, what it settles, and what is to be done with it."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from accounts.models import Account, GasCard

from ..devices.cards import CardFault, CardImage, check_is_ours
from ..diagnoses import Diagnosis
from ..models import CardSighting, TopUp
from ..queries.card_states import diagnose
from ..queries.purchases import unwritten
from .card_writes import settle_card


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
    diagnosis = diagnose(card, seen, waiting, read_at=at)
    return CardReading(diagnosis=diagnosis, image=seen, card=card, account=card.account, settled=settled, unwritten=waiting)


def _find(number: str) -> GasCard | None:
    return GasCard.objects.select_related("account__customer", "account__premises", "meter").filter(number=number).first()


@transaction.atomic
def _settle(card: GasCard, seen: CardImage, by: Actor, at: datetime) -> list[TopUp]:
    settled = settle_card(card=card, seen=seen, by=by, at=at)
    # For the hotline and the cabinet, who are to say the same as the reader does now.
    image = replace(seen, password="").as_json()
    CardSighting.objects.update_or_create(card=card, defaults={"image": image, "at": at, "by": by.actor_label})
    card.refresh_from_db(fields=["counter", "password", "cumulative_litres"])
    return settled
