"""The one door into the ledger."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, TypedDict, Unpack

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Account
from casework.operations.rows import insert

from ..models import Bill, Book, Charge, Entry, Posting, Shift, TopUp


class Unbalanced(Exception):
    """The lines of a posting do not sum to zero: a fault in the caller."""


class Line(NamedTuple):
    """One entry to be: book, signed minor units, and whose it is."""

    book: Book
    amount: int
    account: Account | None = None
    shift: Shift | None = None


class About(TypedDict, total=False):
    """What a posting is about, and the one it takes back."""

    top_up: TopUp | None
    bill: Bill | None
    charge: Charge | None
    reverses: Posting | None


def post(kind: Posting.Kind, lines: Sequence[Line], *, by: Actor, at: datetime, **about: Unpack[About]) -> Posting:
    """Write one posting. Lines of amount zero are left out. Raises Unbalanced."""
    lines = [line for line in lines if line.amount]
    if sum(line.amount for line in lines) != 0 or len(lines) < 2:
        raise Unbalanced(kind, [tuple(line) for line in lines])
    shift = next((line.shift for line in lines if line.shift), None)
    with transaction.atomic(savepoint=False):
        posting = Posting(kind=kind, at=at, by=by.actor_label, shift=shift, **about)
        insert(posting)
        insert(*(Entry(posting=posting, book=line.book, amount=line.amount, account=line.account, shift=line.shift) for line in lines))
        return posting
