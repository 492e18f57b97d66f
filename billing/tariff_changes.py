"""What a new version of a tariff changed: tier by tier, bounds, persons, the start of the year. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest


@dataclass(frozen=True)
class Step:
    """One tier: where it ends (None: nowhere), its price in 1/10 000 of the currency per m³, what each further person adds to its bound."""

    upper_litres: int | None
    unit_price: int
    extra_person_litres: int


@dataclass(frozen=True)
class Terms:
    """A version as far as it can change."""

    steps: Sequence[Step]
    base_persons: int
    year_starts: tuple[int, int]


@dataclass(frozen=True)
class Change:
    """One thing that differs. ``what`` is price, bound, extra, persons, year, added or dropped; ``tier`` is 0 where it is about none."""

    what: str
    tier: int
    before: int | None
    after: int | None

    @property
    def per_cent(self) -> float | None:
        """How much dearer, of a price; None of anything else."""
        return 100 * (self.after - self.before) / self.before if self.what == "price" and self.before and self.after is not None else None

    @property
    def is_dearer(self) -> bool:
        return (self.per_cent or 0) > 0


def changes(before: Terms, after: Terms) -> list[Change]:
    """Everything that differs between two versions, tiers first; empty where nothing does."""
    return [*_tiers(before.steps, after.steps), *_rest(before, after)]


def _tiers(before: Sequence[Step], after: Sequence[Step]) -> Iterator[Change]:
    for number, (old, new) in enumerate(zip_longest(before, after), start=1):
        if old is None:
            yield Change("added", number, None, new.unit_price)
        elif new is None:
            yield Change("dropped", number, old.unit_price, None)
        else:
            yield from _tier(number, old, new)


def _tier(number: int, old: Step, new: Step) -> Iterator[Change]:
    if old.unit_price != new.unit_price:
        yield Change("price", number, old.unit_price, new.unit_price)
    if old.upper_litres != new.upper_litres:
        yield Change("bound", number, old.upper_litres, new.upper_litres)
    if old.extra_person_litres != new.extra_person_litres:
        yield Change("extra", number, old.extra_person_litres, new.extra_person_litres)


def _rest(before: Terms, after: Terms) -> Iterator[Change]:
    if before.base_persons != after.base_persons:
        yield Change("persons", 0, before.base_persons, after.base_persons)
    if before.year_starts != after.year_starts:
        yield Change("year", 0, None, None)
