"""A bill's lines: the gas of some days, split by tier year, tier and price list.

Days are half-open: ``end`` is the day after the last. What a meter counted between two readings is spread evenly over the days
between them, so that a price that changes (or a tier year that begins) within takes its share of the days. Whatever falls into the
same tier of the same list and year is one line, rounded once: the bills of a year together are one split of the year.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from . import tariffs
from .money import price_of

FREE = 0
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """So much gas from ``first`` to before ``end``."""

    first: date
    end: date
    litres: int

    def upto(self, day: date) -> int:
        """What of it was used before a day: the remainder of a division goes to the end."""
        return self.litres * (day - self.first).days // (self.end - self.first).days


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What gas costs a household from a day on: the list in force, its tiers as widened, the free volume of a month."""

    since: date
    version: int
    steps: tuple[tariffs.Step, ...]
    starts_month: int = 1
    starts_day: int = 1
    free_per_month: int = 0
    free_since: date | None = None

    def year_of(self, day: date) -> int:
        return tariffs.tier_year(day, starts_month=self.starts_month, starts_day=self.starts_day)

    def entitlement(self, day: date) -> int:
        """Free litres of the tier year up to and with the month of a day."""
        if not self.free_per_month:
            return 0
        began = tariffs.year_start(self.year_of(day), self.starts_month, self.starts_day)
        since = self.free_since or began
        return tariffs.free_entitlement(litres_per_month=self.free_per_month, valid_from=since, year_began=began, today=day)


@dataclass(frozen=True, kw_only=True)
class BillLine:
    """One priced part of a bill; tier 0 is free volume. ``first`` and ``last`` are days it holds gas of, both included.

    ``corrects`` is the number of a bill whose estimated line this takes back: volume and amount have the opposite sign then.
    """

    tier: int
    litres: int
    unit_price: int
    amount: int
    version: int
    year: int
    first: date
    last: date
    corrects: str = ""

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "first": self.first.isoformat(), "last": self.last.isoformat()}

    @classmethod
    def from_json(cls, line: dict[str, Any]) -> "BillLine":
        return cls(**{**line, "first": date.fromisoformat(line["first"]), "last": date.fromisoformat(line["last"])})

    def taken_back(self, number: str) -> "BillLine":
        """Its opposite, on a later bill."""
        changes = {**vars(self), "litres": -self.litres, "amount": -self.amount, "corrects": number}
        return BillLine(**changes)


@dataclass
class Position:
    """What tiers and free volume have counted, by tier year; it moves on while lines are made."""

    priced: dict[int, int] = field(default_factory=dict)
    free: dict[int, int] = field(default_factory=dict)

    @classmethod
    def after(cls, lines: Iterable[BillLine]) -> "Position":
        """Where the year stands after these lines."""
        position = cls()
        for line in lines:
            position.count(line.year, line.tier, line.litres)
        return position

    def count(self, year: int, tier: int, litres: int) -> None:
        """So much more of a tier (0: free volume) in a year."""
        counted = self.free if tier == FREE else self.priced
        counted[year] = counted.get(year, 0) + litres


type _Key = tuple[int, int, int, int]  # version, year, tier, unit price


def split_days(spans: Sequence[Span], terms: Sequence[Terms], position: Position) -> tuple[BillLine, ...]:
    """The lines of spans that follow one another, under terms that do; ``position`` is moved on by them.

    The first terms hold for all days before the second, however early. Raises ValueError for spans below zero: nobody gives gas back.
    """
    parts: dict[_Key, list[tuple[date, date, int]]] = {}
    for first, end, litres, ruling in _pieces(spans, terms):
        for tier, part, price in _tiers(first, litres, ruling, position):
            parts.setdefault((ruling.version, ruling.year_of(first), tier, price), []).append((first, end, part))
    return tuple(_line(key, found) for key, found in parts.items())


def _pieces(spans: Sequence[Span], terms: Sequence[Terms]) -> Iterator[tuple[date, date, int, Terms]]:
    """Each span in pieces within which nothing changes."""
    starts = [one.since for one in terms]
    for span in spans:
        if span.litres < 0 or span.end <= span.first:
            raise ValueError(span)
        inner = sorted(day for day in _changes(span, terms) if span.first < day < span.end)
        for first, end in pairwise([span.first, *inner, span.end]):
            litres = span.upto(end) - span.upto(first)
            yield first, end, litres, terms[max(0, bisect_right(starts, first) - 1)]


def _changes(span: Span, terms: Sequence[Terms]) -> set[date]:
    years = range(span.first.year, span.end.year + 1)
    days = {one.since for one in terms}
    days |= {tariffs.year_start(year, one.starts_month, one.starts_day) for one in terms for year in years}
    if any(one.free_per_month for one in terms):
        days |= {date(year, month, 1) for year in years for month in range(1, 13)}
    return days


def _tiers(first: date, litres: int, ruling: Terms, position: Position) -> Iterator[tuple[int, int, int]]:
    """Tier, litres and price of each part of a piece."""
    year = ruling.year_of(first)
    free = max(0, ruling.entitlement(first) - position.free.get(year, 0))
    for line in tariffs.split(ruling.steps, position=position.priced.get(year, 0), litres=litres, free=free):
        position.count(year, line.tier, line.litres)
        yield line.tier, line.litres, line.unit_price


def _line(key: _Key, found: Sequence[tuple[date, date, int]]) -> BillLine:
    version, year, tier, price = key
    litres = sum(part for _first, _end, part in found)
    first, last = min(first for first, _end, _part in found), max(end for _first, end, _part in found) - _DAY
    amount = price_of(litres, price)
    return BillLine(tier=tier, litres=litres, unit_price=price, amount=amount, version=version, year=year, first=first, last=last)
