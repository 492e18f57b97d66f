"""A transfer from the customer's bank, with our reference in its purpose. Nobody calls us: transfers come in a file of the bank."""

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils import timezone

from .. import references
from .protocol import Callback, Closed, Heard, MoneyBack, NotBelieved, Order, ProviderRefused, RefundState, Shown

#: What banks call the columns of a statement, ours first.
_COLUMNS = {
    "transaction": ("transaction", "流水号", "交易流水号", "номер операции"),
    "at": ("at", "交易时间", "交易日期", "дата"),
    "amount": ("amount", "贷方发生额", "收入金额", "交易金额", "сумма"),
    "currency": ("currency", "币种", "валюта"),
    "purpose": ("purpose", "用途", "摘要", "附言", "назначение платежа"),
}
_NEEDED = ("transaction", "at", "amount", "purpose")
_REFERENCE = re.compile(r"P[0-9A-Z]{11}")


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


def decoded(content: bytes) -> str:
    """The text of a bank's file: UTF-8, or what Chinese banks still write."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def read_file(text: str) -> Iterator[Heard | BadLine]:
    """Each incoming transfer of a bank's CSV file, or what is wrong with its line. Raises UnknownColumns before the first.

    Only our reference is kept of a purpose: people write names into it.
    """
    rows = csv.DictReader(text.splitlines())
    names = _names(rows.fieldnames or ())
    for number, row in enumerate(rows, start=2):
        given = {name: (row.get(column) or "").strip() for name, column in names.items()}
        try:
            if (found := _heard(given)) is not None:
                yield found
        except (ValueError, InvalidOperation) as error:
            yield BadLine(number=number, because=str(error.args[0]) if isinstance(error, ValueError) and error.args else "amount")


def _names(given: Sequence[str]) -> dict[str, str]:
    known = {column.strip().lower(): column for column in given}
    names = {name: known[word] for name, words in _COLUMNS.items() for word in words[::-1] if word in known}
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise UnknownColumns(", ".join(missing))
    return names


def _heard(given: Mapping[str, str]) -> Heard | None:
    amount = Decimal(given["amount"].replace(",", "").replace(" ", "") or "0").scaleb(2)
    if amount <= 0:  # money that went out
        return None
    if amount != int(amount):
        raise ValueError("amount")
    if not given["transaction"]:
        raise ValueError("transaction")
    return Heard(
        transaction=_short(given["transaction"]),
        order_number=reference_in(given["purpose"]),
        amount=int(amount),
        currency=given.get("currency") or "CNY",
        paid_at=_moment(given["at"]),
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
        raise ValueError("at") from None
    return found if found.tzinfo else timezone.make_aware(found)


def _short(number: str) -> str:
    return number if len(number) <= 64 else hashlib.sha256(number.encode()).hexdigest()
