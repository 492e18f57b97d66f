"""Consumption norms: what a household is taken to use where no meter and no reading says it.

The numbers stand in ``norms.csv``, in litres a month for each person or each square metre that is heated. They are an example: the
norms published for the region of Kostroma (kostrom-gov.ru/doc/1939). No norms for Linyi are known to us; a company puts its own there.
"""

import csv
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

SOURCE = "kostrom-gov.ru/doc/1939"
PERSON, SQUARE_METRE = "person", "square_metre"
_FILE = Path(__file__).with_name("norms.csv")


@dataclass(frozen=True)
class Norm:
    """``months`` are litres a month for each unit, January first."""

    code: str
    unit: str
    months: tuple[int, ...]

    @property
    def year(self) -> int:
        """Litres a year for each unit."""
        return sum(self.months)


@dataclass(frozen=True, kw_only=True)
class Home:
    """What the norms ask about a household: its equipment (codes of norms), who lives there, how much is heated."""

    equipment: tuple[str, ...]
    persons: int = 1
    square_metres: int = 0

    def units(self, norm: Norm) -> int:
        """How many times a norm counts here."""
        return self.persons if norm.unit == PERSON else self.square_metres


#: What a household of a price class is taken to have where nobody told us. Firms have no norm: their gas is measured.
EQUIPMENT: Mapping[str, tuple[str, ...]] = {"resident": ("stove",), "resident_heating": ("stove_and_heater", "heating")}


class NoNorm(LookupError):
    """There is no norm for this price class: somebody has to read the meter."""


@cache
def norms() -> Mapping[str, Norm]:
    """All norms by their code."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        _head, *rows = csv.reader(file)
    return {code: Norm(code, unit, tuple(int(month) for month in months)) for code, unit, *months in rows}


def home_of(price_class: str, *, persons: int, square_metres: int) -> Home:
    """The household a price class is taken to be. Raises NoNorm."""
    if price_class not in EQUIPMENT:
        raise NoNorm(price_class)
    return Home(equipment=EQUIPMENT[price_class], persons=persons, square_metres=square_metres)


def month_litres(home: Home, month: int) -> int:
    """What a household is taken to use in a month (1 to 12)."""
    found = norms()
    return sum(found[code].months[month - 1] * home.units(found[code]) for code in home.equipment)


def span_litres(home: Home, first: date, end: date) -> int:
    """The same for the days from ``first`` to before ``end``: of each month the share of its days."""
    return sum(
        month_litres(home, day.month) * (until - day).days // monthrange(day.year, day.month)[1] for day, until in _months(first, end)
    )


def _months(first: date, end: date) -> Iterator[tuple[date, date]]:
    while first < end:
        after = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield first, min(after, end)
        first = after
