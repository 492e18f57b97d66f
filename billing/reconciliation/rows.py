"""What a provider's bill says, in our words, and how its cells are read."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

#: Both providers write Beijing's time, and their days are Beijing's.
BEIJING = ZoneInfo("Asia/Shanghai")
_MOMENT = "%Y-%m-%d %H:%M:%S"
_LONGEST_NUMBER = 64
#: Ten thousand million yuan: more in one row is a mistake, and many of them would not fit into a sum.
_MOST = 10**12
#: Bills speak of no other years, and calendars end.
YEARS = range(2000, 2100)


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
    """Lines of CSV as name -> bare text: backticks, tabs and spaces that keep spreadsheets quiet are off. Raises BadBill."""
    try:
        for values in csv.reader(lines):
            yield dict(zip(header, (bare(value) for value in values), strict=False))
    except csv.Error as error:  # a cell without an end
        raise BadBill("unreadable") from error


def bare(text: str) -> str:
    """One cell."""
    return text.strip().removeprefix("`").strip()


def number(given: Mapping[str, str], name: str) -> str:
    """An identifying number; raises BadCell where it is missing or endless."""
    text = given.get(name, "")
    if not text.isprintable() or not 0 < len(text) <= _LONGEST_NUMBER:
        raise BadCell(name)
    return text


def money(given: Mapping[str, str], name: str) -> int:
    """Yuan with two decimals as fen. Raises BadCell for more decimals, for no number, and for what is not finite."""
    text = given.get(name, "").replace(",", "")
    try:
        value = Decimal(text or "0").scaleb(2)
        # The size first: to write a huge exponent out as a whole number takes for ever.
        if not value.is_finite() or abs(value) > _MOST or value != int(value):
            raise BadCell(name)
    except ArithmeticError:
        raise BadCell(name) from None
    return int(value)


def moment(given: Mapping[str, str], name: str) -> datetime:
    """Beijing's time. Raises BadCell."""
    try:
        found = datetime.strptime(given.get(name, ""), _MOMENT).replace(tzinfo=BEIJING)
    except ValueError:
        raise BadCell(name) from None
    if found.year not in YEARS:
        raise BadCell(name)
    return found


def days_of(rows: Sequence[Row]) -> tuple[date, date] | None:
    """The first and the last day of these rows."""
    days = [row.at.astimezone(BEIJING).date() for row in rows]
    return (min(days), max(days)) if days else None
