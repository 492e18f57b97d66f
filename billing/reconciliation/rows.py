"""What a provider's bill says, in our words, and how its cells are read."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from zoneinfo import ZoneInfo

#: Both providers write Beijing's time, and their days are Beijing's.
BEIJING = ZoneInfo("Asia/Shanghai")
_MOMENT = "%Y-%m-%d %H:%M:%S"
_LONGEST_NUMBER = 64


class BadBill(ValueError):
    """The file as a whole is no bill we can read. ``code`` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class BadCell(ValueError):
    """One cell of a row cannot be read; the message is its name."""


class Kind(StrEnum):
    """What a row of a bill is about."""

    PAYMENT = "payment"
    REFUND = "refund"


@dataclass(frozen=True, kw_only=True)
class Row:
    """Money that came in or went back. ``amount`` is never negative; ``fee`` is what it cost us, negative where it came back."""

    number: int
    kind: Kind
    transaction: str
    order_number: str
    refund_number: str = ""
    amount: int
    fee: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class BadRow:
    """A row that was not taken: its number in the file, and why in a word. Never its content: customers stand in it."""

    number: int
    because: str


@dataclass(frozen=True, kw_only=True)
class Bill:
    """All of one file. ``first`` and ``last`` are the days it speaks of."""

    provider: str
    first: date
    last: date
    rows: Sequence[Row]
    bad: Sequence[BadRow] = field(default_factory=tuple)

    def total(self, kind: Kind) -> int:
        """Of the rows that could be read, in minor units."""
        return sum(row.amount for row in self.rows if row.kind is kind)

    @property
    def fees(self) -> int:
        return sum(row.fee for row in self.rows)


def cells(lines: Iterable[str], header: Sequence[str]) -> Iterable[Mapping[str, str]]:
    """Lines of CSV as name -> bare text: backticks, tabs and spaces that keep spreadsheets quiet are off."""
    for values in csv.reader(lines):
        yield dict(zip(header, (bare(value) for value in values), strict=False))


def bare(text: str) -> str:
    """One cell."""
    return text.strip().removeprefix("`").strip()


def number(given: Mapping[str, str], name: str) -> str:
    """An identifying number; raises BadCell where it is missing or endless."""
    text = given.get(name, "")
    if not text or len(text) > _LONGEST_NUMBER:
        raise BadCell(name)
    return text


def money(given: Mapping[str, str], name: str) -> int:
    """Yuan with two decimals as fen. Raises BadCell for more decimals, for no number, and for what is not finite."""
    text = given.get(name, "").replace(",", "")
    try:
        value = Decimal(text or "0").scaleb(2)
        if not value.is_finite() or value != int(value) or abs(value) > 10**15:
            raise BadCell(name)
    except InvalidOperation:
        raise BadCell(name) from None
    return int(value)


def moment(given: Mapping[str, str], name: str) -> datetime:
    """Beijing's time. Raises BadCell."""
    try:
        return datetime.strptime(given.get(name, ""), _MOMENT).replace(tzinfo=BEIJING)
    except ValueError:
        raise BadCell(name) from None


def days_of(rows: Sequence[Row]) -> tuple[date, date] | None:
    """The first and the last day of these rows."""
    days = [row.at.astimezone(BEIJING).date() for row in rows]
    return (min(days), max(days)) if days else None
