"""A transfer from the customer's bank, with our reference in its purpose. Nobody calls us: transfers come in a file of the bank."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from accounts.clock import business_date

from .. import references
from ..reconciliation.rows import YEARS, BadBill, BadCell, money
from .protocol import Callback, Closed, Heard, MoneyBack, NotBelieved, Order, ProviderRefused, RefundState, Shown

#: What banks call the columns of a statement, ours first.
_COLUMNS = {
    "transaction": ("transaction", "流水号", "交易流水号", "номер операции"),
    "at": ("at", "交易时间", "交易日期", "дата"),
    "amount": ("amount", "贷方发生额", "收入金额", "交易金额", "сумма"),
    "currency": ("currency", "币种", "валюта"),
    "purpose": ("purpose", "用途", "摘要", "附言", "назначение платежа"),
}
#: What banks call the one currency they never spell out.
_CURRENCIES = {"人民币": "CNY", "人民币元": "CNY", "RMB": "CNY", "156": "CNY", "¥": "CNY"}
_NEEDED = ("transaction", "at", "amount", "purpose")
#: Ours have neither 0 and O nor 1 and I, but for the check character (references.new_reference): “payment for gas” is none of them.
_REFERENCE = re.compile(r"P[2-9A-HJ-NP-Z]{10}[0-9A-Z]")


class UnknownColumns(Exception):
    """The first line of a file names too few of the columns we need; the message names what is missing."""


@dataclass(frozen=True, kw_only=True)
class BadLine:
    """A line that cannot be read: its number in the file and why, in a word."""

    number: int
    because: str


class Bank:
    """Our account at a bank; ``to`` says which, as the customer is to write it."""

    def __init__(self, to: str) -> None:
        self.to = to

    def open(self, order: Order) -> Shown:
        return Shown(to=self.to)

    def ask(self, reference: str) -> Heard | Closed | None:
        """Nobody to ask: the file tells."""
        return None

    def close(self, reference: str) -> bool:
        return True

    def refund(self, back: MoneyBack) -> RefundState:
        """A person orders the transfer back at the bank and then says so."""
        raise ProviderRefused("by_hand")

    def ask_refund(self, back: MoneyBack) -> RefundState:
        return RefundState.UNDER_WAY

    def statement(self, day: date) -> bytes | None:
        """Its file is handed in by a person (operations.bank_transfers), and is all we ever hear."""
        raise ProviderRefused("by_hand")

    def hear(self, headers: Mapping[str, str], body: bytes, *, now: float) -> Callback:
        raise NotBelieved


def read_file(text: str) -> Iterator[Heard | BadLine]:
    """Each incoming transfer of a bank's CSV file, or what is wrong with its line. Raises UnknownColumns before the first, BadBill.

    Only our reference is kept of a purpose: people write names into it.
    """
    rows = csv.DictReader(io.StringIO(text, newline=""))
    try:
        yield from _read(rows)
    except csv.Error as error:
        raise BadBill("unreadable") from error


def _read(rows: csv.DictReader[str]) -> Iterator[Heard | BadLine]:
    names = _names(rows.fieldnames or ())
    for row in rows:
        given = {name: (row.get(column) or "").strip() for name, column in names.items()}
        try:
            if (found := _heard(given)) is not None:
                yield found
        except BadCell as bad:
            yield BadLine(number=rows.line_num, because=str(bad))


def _names(given: Sequence[str]) -> dict[str, str]:
    known = {column.strip().lower(): column for column in given}
    names = {name: known[word] for name, words in _COLUMNS.items() for word in words[::-1] if word in known}
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise UnknownColumns(", ".join(missing))
    return names


def _heard(given: Mapping[str, str]) -> Heard | None:
    amount = money({"amount": given["amount"].replace(" ", "")}, "amount")
    if amount <= 0:  # money that went out
        return None
    if not given["transaction"]:
        raise BadCell("transaction")
    at, currency = _moment(given["at"]), given.get("currency", "").upper()
    return Heard(
        # Some banks begin their numbers anew each day.
        transaction=number_of(business_date(at), given["transaction"]),
        order_number=reference_in(given["purpose"]),
        amount=amount,
        currency=_CURRENCIES.get(currency, currency or "CNY"),
        paid_at=at,
    )


def reference_in(purpose: str) -> str:
    """The order number that somebody wrote into a purpose, however spaced; empty where none has a right check character."""
    packed = re.sub(r"[\s\-]", "", purpose.upper())
    candidates = (packed[n : n + 12] for n in range(len(packed)))
    return next((one for one in candidates if _REFERENCE.fullmatch(one) and references.is_valid(one)), "")


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.replace("/", "-"))
    except ValueError:
        raise BadCell("at") from None
    if found.year not in YEARS:
        raise BadCell("at")
    return found if found.tzinfo else timezone.make_aware(found)


def number_of(day: date, slip: str) -> str:
    """What we call a transfer: banks begin their numbers anew each day."""
    return _short(f"{day:%Y%m%d}-{slip}")


def _short(number: str) -> str:
    return number if len(number) <= 64 else hashlib.sha256(number.encode()).hexdigest()
