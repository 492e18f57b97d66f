"""Who uses how much gas, and when they went to buy it: the plan of each account, before it has a name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

from accounts.models import Account, Area, Meter

from .layout import Compound
from .opening import next_open, opening_seconds
from .places import GOVERNMENT
from .recipe import Recipe

ZONE = ZoneInfo("Asia/Shanghai")
P = Account.PriceClass

#: Share of a year's gas by month, January first: cooking is even, heating is winter.
_COOKING = (9, 9, 9, 8, 8, 7, 7, 7, 8, 9, 9, 10)
_HEATING = (22, 17, 12, 4, 2, 2, 2, 2, 2, 3, 12, 20)
_TRADE = (9, 7, 9, 8, 8, 8, 8, 8, 8, 9, 9, 9)
#: Price class -> litres a year (least, most), months, most per order, step of a purchase.
_USE = {
    P.RESIDENT: (110_000, 420_000, _COOKING, 300_000, 5_000),
    P.RESIDENT_HEATING: (550_000, 1_500_000, _HEATING, 500_000, 10_000),
    P.WELFARE: (2_000_000, 9_000_000, _COOKING, 2_000_000, 50_000),
    P.COMMERCIAL: (1_500_000, 20_000_000, _TRADE, 5_000_000, 100_000),
    P.INDUSTRIAL: (30_000_000, 90_000_000, _TRADE, 20_000_000, 500_000),
}


_WITH_CARD = frozenset({Meter.Kind.VOLUME, Meter.Kind.AMOUNT})


@dataclass(frozen=True, slots=True)
class Purchase:
    """One visit to a hall: when (seconds since 1970), on which day, and the volume bought."""

    moment: int
    day: date
    hall: str
    litres: int


@dataclass(frozen=True, slots=True)
class Household:
    """One account to be."""

    index: int
    price_class: Account.PriceClass
    meter_kind: Meter.Kind
    opened: date
    persons: int
    is_vulnerable: bool
    purchases: tuple[Purchase, ...]

    @property
    def is_entity(self) -> bool:
        return self.price_class in {P.WELFARE, P.COMMERCIAL, P.INDUSTRIAL}

    @property
    def has_card(self) -> bool:
        return self.meter_kind in _WITH_CARD

    @property
    def last_is_unwritten(self) -> bool:
        """A few have paid for their last purchase and still have to come by with the card."""
        return self.index % 200 == 7 and self.has_card and bool(self.purchases)

    @property
    def written(self) -> tuple[Purchase, ...]:
        """What reached the card."""
        return self.purchases[:-1] if self.last_is_unwritten else self.purchases


def households(recipe: Recipe, compound: Compound) -> Iterator[Household]:
    """The accounts of a compound, in the order of their doors."""
    rng = recipe.stream("households", compound.number)
    for place in range(compound.size):
        yield _household(recipe, compound, compound.first + place, rng)


def _household(recipe: Recipe, compound: Compound, index: int, rng: Random) -> Household:
    price_class = _price_class(rng, compound)
    kind = rng.choices(list(Meter.Kind), (86, 8, 2, 4))[0]
    # Three in a hundred moved in within the window; their first purchase is their first card.
    age = rng.randrange(20, recipe.days) if rng.random() < 0.03 else rng.randrange(recipe.days, recipe.days + 11 * 365)
    opened = recipe.start - timedelta(days=age)
    residential = price_class in {P.RESIDENT, P.RESIDENT_HEATING}
    persons = rng.choices((2, 3, 4, 5, 6), (20, 38, 32, 7, 3))[0] if residential else 0
    # What we sell is written to cards: an account without one has bought nothing from us.
    purchases = tuple(_purchases(recipe, compound, opened, price_class, rng)) if kind in _WITH_CARD else ()
    return Household(index, price_class, kind, opened, persons, residential and rng.random() < 0.02, purchases)


def _price_class(rng: Random, compound: Compound) -> Account.PriceClass:
    share = rng.random()
    if share < 0.03:
        return rng.choices((P.COMMERCIAL, P.WELFARE, P.INDUSTRIAL), (75, 20, 5))[0]
    heating = {Area.URBAN: 0.12, Area.SUBURBAN: 0.3, Area.RURAL: 0.55}[compound.town.area]
    return P.RESIDENT_HEATING if rng.random() < heating else P.RESIDENT


def _purchases(recipe: Recipe, compound: Compound, opened: date, price_class: Account.PriceClass, rng: Random) -> Iterator[Purchase]:
    least, most, months, per_order, step = _USE[price_class]
    year = rng.triangular(least, most, least + (most - least) / 4)
    times = rng.randint(9, 13) * recipe.years
    gap = recipe.days / times
    last = max(recipe.first_day, opened) - timedelta(days=1)
    for n in range(times):
        due = recipe.first_day + timedelta(days=int((n + rng.random() * 0.8) * gap))
        litres = int(year * months[due.month - 1] * gap / 3040 * rng.uniform(0.7, 1.3))
        hall = GOVERNMENT if rng.random() < 0.06 else compound.town.hall
        day = next_open(hall, max(due, last + timedelta(days=1)))
        if due < opened or day >= recipe.start:
            continue
        last = day
        yield Purchase(_moment(hall, day, rng), day, hall, max(step, min(per_order, litres // step * step)))


def _moment(hall: str, day: date, rng: Random) -> int:
    opens, closes = rng.choice(opening_seconds(hall))
    return midnight(day) + rng.randrange(opens, closes)


@cache
def midnight(day: date) -> int:
    """The start of a day in the operator's time zone, in seconds since 1970."""
    return int(datetime.combine(day, time(), ZONE).astimezone(UTC).timestamp())
