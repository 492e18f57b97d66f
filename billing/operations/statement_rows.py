"""A provider's bill into our tables, row by row.

Note [Twice is once]
    A file is known by its digest and a row by its numbers, so that the same bill again, or one that overlaps, adds what is new and
    nothing else. Rows that a person handed in and the provider's own are kept apart: what it means that a row is there, or is not,
    depends on whose word it is (queries.matching). Comparing is another transaction: it looks for breaks, and a break has one key
    however often it is found.
"""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.actors import Actor

from ..models import Book, Posting, Statement, StatementLine
from ..queries.provider_books import book_of
from ..reconciliation import Bill, Kind
from .ledger import Line, post

_CHUNK = 500


def keep_bill(bill: Bill, content: bytes, source: Statement.Source, *, by: Actor, at: datetime) -> Statement:
    """The rows that are new, and their fees. Of two who bring the same file at once the second finds the first one's.

    The provider's own file is another than the same one out of a person's hands: only by its own are things believed.
    """
    digest = hashlib.sha256(content).hexdigest() if content else ""
    same = Statement.objects.filter(provider=bill.provider, source=source, first_day=bill.first, digest=digest)
    known = same.first()
    if known is not None:
        return known
    try:
        return _write(bill, Statement(digest=digest, size=len(content), source=source, at=at, by=by.actor_label), by, at)
    except IntegrityError:
        if (known := same.first()) is None:
            raise
        return known


@transaction.atomic
def _write(bill: Bill, statement: Statement, by: Actor, at: datetime) -> Statement:
    # One bill of a provider after the other, or two that overlap would both book the same fees: the oldest of them is the lock.
    Statement.objects.select_for_update(no_key=True).filter(provider=bill.provider).order_by("pk").first()
    fresh, fees, bad = _fresh(bill, statement.source)
    statement.provider, statement.first_day, statement.last_day = bill.provider, bill.first, bill.last
    statement.payments = sum(row.kind is Kind.PAYMENT for row in bill.rows)
    statement.refunds = len(bill.rows) - statement.payments
    statement.paid, statement.refunded, statement.fees = bill.total(Kind.PAYMENT), bill.total(Kind.REFUND), bill.fees
    statement.bad = [{"line": one.number, "because": one.because} for one in bill.bad] + bad
    statement.fresh, statement.fresh_fees = len(fresh), fees
    if statement.fresh_fees:
        lines = [Line(book_of(bill.provider), -statement.fresh_fees), Line(Book.FEES, statement.fresh_fees)]
        statement.posting = post(Posting.Kind.FEE, lines, by=by, at=at)
    statement.save()
    for line in fresh:
        line.statement = statement
    StatementLine.objects.bulk_create(fresh, batch_size=_CHUNK)
    return statement


def _fresh(bill: Bill, source: str) -> tuple[list[StatementLine], int, list[dict[str, object]]]:
    """Rows that are new, what they add to the fees, and rows that say something else now than before (or than one in the same file).

    The provider's own row is new beside one that a person handed in, and its fee is the one that holds.
    """
    known = _known(bill)
    fresh: list[StatementLine] = []
    fees, bad = 0, list[dict[str, object]]()
    for row in bill.rows:
        key, said = (row.kind.value, row.transaction, row.refund_number), (row.amount, row.fee)
        before = known.setdefault(key, {})
        seen = before.get(source) or before.get(Statement.Source.FETCHED)
        if seen is None:
            handed_in = before.get(Statement.Source.UPLOADED, (0, 0))
            fees += row.fee - handed_in[1]
            before[source] = said
            columns = {name: value for name, value in vars(row).items() if name not in {"number", "kind"}}
            fresh.append(StatementLine(provider=bill.provider, kind=row.kind.value, source=source, **columns))
        elif seen != said:
            bad.append({"line": row.number, "because": "contradicts"})
    return fresh, fees, bad


def _known(bill: Bill) -> dict[tuple[str, str, str], dict[str, tuple[int, int]]]:
    """Kind and numbers -> source -> amount and fee, of the rows we have."""
    numbers = [row.transaction for row in bill.rows]
    known: dict[tuple[str, str, str], dict[str, tuple[int, int]]] = {}
    for start in range(0, len(numbers), _CHUNK):
        for one in StatementLine.objects.filter(provider=bill.provider, transaction__in=numbers[start : start + _CHUNK]):
            known.setdefault((one.kind, one.transaction, one.refund_number), {})[one.source] = (one.amount, one.fee)
    return known
