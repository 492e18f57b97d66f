"""Meters and cards: what hangs on the wall and what lies in the drawer at home."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from accounts.models import GasCard

from .households import Household, midnight
from .tables import CARD, METER, Scribe, moment

_MAKERS = ("金卡", "威星", "先锋", "新天", "海力")
_DOMESTIC_CAP, _TRADE_CAP = 1_000_000, 30_000_000
#: Legal life of a natural gas meter in days, JJG 577-2012.
_LIFE = 3652
_FIRST_CARD = 1_000_000_001


@dataclass(frozen=True)
class Equipment:
    """The meter and the card purchases were written to; ``counter`` and ``cumulative`` are those before the window."""

    meter_id: int
    serial: str
    card_id: int | None = None
    card: str = ""
    old_card: str = ""
    counter: int = 0

    @property
    def all_cards(self) -> list[str]:
        return [card for card in (self.old_card, self.card) if card]


def card_number(place: int) -> str:
    """Ten digits, counting up."""
    return str(_FIRST_CARD + place)


def add_equipment(scribe: Scribe, household: Household) -> Equipment:
    """The meter in use (sometimes after an older one) and, for card meters, the card in use (sometimes after a lost one)."""
    installed = _add_meters(scribe, household)
    meter_id, serial = 2 * household.index + 1, _serial(household, 1)
    if not household.has_card:
        return Equipment(meter_id, serial)
    old_card = ""
    if scribe.rng.random() < 0.03:
        old_card = card_number(2 * household.index + 1)
        issued, ended = midnight(household.opened) + 36_000, midnight(max(installed, household.opened)) + 39_600
        scribe.add(
            CARD,
            2 * household.index + 2,
            old_card,
            household.index + 1,
            meter_id,
            "replaced",
            1,
            _password(scribe.rng),
            0,
            moment(issued),
            moment(ended),
        )
    counter = scribe.rng.randrange(0, 60) if household.opened < scribe.recipe.first_day else 0
    return _add_card(scribe, household, counter, old_card)


def _add_card(scribe: Scribe, household: Household, counter: int, old_card: str) -> Equipment:
    bought = sum(purchase.litres for purchase in household.written)
    earlier = counter * 20_000
    card_id = 2 * household.index + 1
    number = card_number(2 * household.index)
    is_lost = scribe.rng.random() < 0.004
    scribe.add(
        CARD,
        card_id,
        number,
        household.index + 1,
        2 * household.index + 1,
        (GasCard.Status.LOST if is_lost else GasCard.Status.ACTIVE).value,
        counter + len(household.written),
        _password(scribe.rng),
        earlier + bought,
        moment(midnight(household.opened) + 37_800),
        moment(_last_moment(household) + 86_400) if is_lost else None,
    )
    return Equipment(card_id, _serial(household, 1), card_id, number, old_card, counter)


def _last_moment(household: Household) -> int:
    return household.purchases[-1].moment if household.purchases else midnight(household.opened) + 37_800


def _add_meters(scribe: Scribe, household: Household) -> date:
    """One in twenty-five of the older accounts has had its meter changed; the others show how old a meter may get."""
    maker = scribe.rng.choice(_MAKERS)
    model = scribe.rng.choice(("G16", "G25") if household.is_entity else ("G1.6", "G2.5", "G2.5", "G4"))
    installed = household.opened
    age = (scribe.recipe.start - household.opened).days
    if age > scribe.recipe.days + 400 and (age > _LIFE - 60 or scribe.rng.random() < 0.04):
        changed = household.opened + timedelta(days=min(age - scribe.recipe.days - 30, _LIFE - 30))
        _add_meter(scribe, household, 2, (maker, model), (installed, changed))
        installed = changed
    _add_meter(scribe, household, 1, (maker, model), (installed, None))
    return installed


def _add_meter(scribe: Scribe, household: Household, which: int, plate: tuple[str, str], life: tuple[date, date | None]) -> None:
    installed, removed = life
    scribe.add(
        METER,
        2 * household.index + which,
        household.index + 1,
        household.meter_kind.value,
        _serial(household, which),
        *plate,
        _TRADE_CAP if household.is_entity else _DOMESTIC_CAP,
        moment(midnight(installed) + 36_000),
        (installed + timedelta(days=_LIFE)).isoformat(),
        moment(midnight(removed) + 36_000) if removed else None,
        0 if removed else None,
    )


def _serial(household: Household, which: int) -> str:
    return f"{household.opened.year % 100:02d}{2 * household.index + which:010d}"


def _password(rng: Random) -> str:
    return f"{rng.getrandbits(64):016x}"
