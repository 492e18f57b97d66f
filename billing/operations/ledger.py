"""The one door into the ledger."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Account
from casework.operations.rows import insert

from ..models import Book, Entry, Posting, Shift, TopUp


class Unbalanced(Exception):
    """The lines of a posting do not sum to zero: a fault in the caller."""


class Line(NamedTuple):
    """One entry to be: book, signed minor units, and whose it is."""

    book: Book
    amount: int
    account: Account | None = None
    shift: Shift | None = None


def post(
    kind: Posting.Kind,
    lines: Sequence[Line],
    *,
    by: Actor,
    at: datetime,
    top_up: TopUp | None = None,
    reverses: Posting | None = None,
) -> Posting:
    """Write one posting. Lines of amount zero are left out. Raises Unbalanced."""
    lines = [line for line in lines if line.amount]
    if sum(line.amount for line in lines) != 0 or len(lines) < 2:
        raise Unbalanced(kind, [tuple(line) for line in lines])
    shift = next((line.shift for line in lines if line.shift), None)
    with transaction.atomic(savepoint=False):
        posting = Posting(kind=kind, at=at, by=by.actor_label, top_up=top_up, shift=shift, reverses=reverses)
        insert(posting)
        insert(*(Entry(posting=posting, book=line.book, amount=line.amount, account=line.account, shift=line.shift) for line in lines))
        return posting
