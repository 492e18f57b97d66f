"""Bills of providers: fetched the morning after, or handed in by a person; kept row by row, and compared with our books.

Note [Whose word it is]
    A bill that we fetched is the provider's word: what it says was paid is taken into our books at once. A file that a person hands
    in could have been written by that person: what it says was paid waits for the approval of another.
"""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.actors import Actor
from accounts.clock import real_now

from .. import permissions, providers
from ..break_refusals import BillUnreadable, NoBillYet, NotYetOver
from ..models import Break, Refund, Statement, StatementLine
from ..providers.protocol import ProviderFault, RefundState
from ..queries import breaks as queries
from ..queries.matching import Fault, faults_in_rows, faults_of_ours, undelivered
from ..reconciliation import BadBill, Bill, read_bill
from ..reconciliation.rows import BEIJING
from ..states import BreakStatus, RefundStatus
from . import break_actions, breaks, refunds
from .breaks import BY
from .statement_rows import keep_bill

log = logging.getLogger(__name__)

#: Providers make the bills of a day in the morning after it, by their clock.
_READY_AT = 10
#: So many days back we still ask for a bill that we have not got.
_DAYS_BACK = 7
_UPLOADED, _FETCHED = Statement.Source.UPLOADED, Statement.Source.FETCHED


def take_over(*, content: bytes, by: Actor, at: datetime) -> Statement:
    """A file that a person hands in; the same file again is the statement that it was. Raises BillUnreadable, Forbidden."""
    permissions.check_may_reconcile(by, at=at)
    try:
        bill = read_bill(content)
    except BadBill as fault:
        raise BillUnreadable(fault.code) from fault
    statement = keep_bill(bill, content, _UPLOADED, by=by, at=at)
    _compare(statement, at)
    breaks.look_again(at=at)
    return statement


def fetch(*, provider: str, day: date, by: Actor, at: datetime) -> Statement:
    """One day's bill, over the network and outside of transactions. Raises NotYetOver, NoBillYet, NotOffered, Forbidden."""
    permissions.check_may_reconcile(by, at=at)
    if day > queries.yesterday_there(real_now()):
        raise NotYetOver
    statement = _fetch(provider, day, by, at)
    breaks.look_again(at=at)
    return statement


def _fetch(provider: str, day: date, by: Actor, at: datetime) -> Statement:
    try:
        return believe(provider=provider, day=day, content=providers.provider(provider).statement(day), by=by, at=at)
    except (ProviderFault, BadBill) as fault:
        log.warning("no bill of a provider", extra={"provider": provider, "day": day.isoformat(), "fault": type(fault).__name__})
        raise NoBillYet from fault


def believe(*, provider: str, day: date, content: bytes | None, by: Actor, at: datetime) -> Statement:
    """What a provider itself gave as the bill of a day; None: nothing happened. ``reconcile`` settles what agrees. Raises BadBill."""
    bill = _nothing(provider, day) if content is None else read_bill(content)
    statement = keep_bill(bill, content or b"", _FETCHED, by=by, at=at)
    _compare(statement, at)
    return statement


def reconcile(*, at: datetime) -> int:
    """The morning's duty: fetch what is there to be fetched, compare, look for what was never delivered, settle what agrees by now.

    How many bills were fetched. What failed comes round again at the next run.
    """
    for statement in Statement.objects.filter(compared_at=None).order_by("pk"):
        _compare(statement, at)
    fetched = sum(_try(provider, day, at) for provider, day in _wanted())
    for fault in undelivered(at):
        breaks.note_break(fault=fault, at=at)
    breaks.look_again(at=at)
    return fetched


def _wanted() -> Iterator[tuple[str, date]]:
    """Days that are over and whose bill was never fetched, at most so many back; of a provider that is new only yesterday."""
    real = real_now()
    yesterday = queries.yesterday_there(real)
    if real.astimezone(BEIJING).hour < _READY_AT:
        return
    for provider in queries.WITH_BILLS:
        if provider not in providers.offered():
            continue
        # A day that failed stands between two that did not, so each is looked at by itself.
        fetched = list(Statement.objects.filter(provider=provider, source=_FETCHED).values_list("first_day", "last_day"))
        since = min((first for first, _last in fetched), default=yesterday)
        for back in reversed(range(_DAYS_BACK)):
            day = yesterday - timedelta(days=back)
            if day >= since and not any(first <= day <= last for first, last in fetched):
                yield provider, day


def _try(provider: str, day: date, at: datetime) -> bool:
    try:
        _fetch(provider, day, BY, at)
    except (NoBillYet, providers.NotOffered):
        return False
    return True


def _nothing(provider: str, day: date) -> Bill:
    return Bill(provider=provider, first=day, last=day, rows=())


def _compare(statement: Statement, at: datetime) -> None:
    """Look for breaks, each in a transaction of its own, and note that it is done."""
    if statement.compared_at is not None:
        return
    lines = list(statement.lines.order_by("pk"))
    if statement.source == _FETCHED:
        _believe_refunds(lines, at)
    failed = sum(not _try_to_note(fault, statement, at) for fault in faults_in_rows(lines))
    if not any(one["line"] == 0 for one in statement.bad):  # a file that was cut says nothing about what is not in it
        for fault in faults_of_ours(statement):
            breaks.note_break(fault=fault, at=at)
    if not failed:
        statement.compared_at = at
        statement.save(update_fields=["compared_at"])


def _try_to_note(fault: Fault, statement: Statement, at: datetime) -> bool:
    """One row that cannot be dealt with must not stop the others; its bill comes round again at the next run."""
    try:
        _note(fault, statement, at)
    except Exception:
        log.exception("a row of a bill could not be dealt with", extra={"statement": statement.pk, "kind": fault.kind.value})
        return False
    return True


def _believe_refunds(lines: list[StatementLine], at: datetime) -> None:
    """Money that went back there is back, though we still ask about it or gave up asking; not what went another way since."""
    numbers = [line.refund_number for line in lines if line.refund_number]
    not_known = [RefundStatus.APPROVED, RefundStatus.SENT, RefundStatus.FAILED]
    waiting = Refund.objects.filter(reference__in=numbers, status__in=not_known, out_of="")
    amounts = {line.refund_number: line.amount for line in lines}
    for refund in waiting:
        if refund.amount == amounts[refund.reference]:
            refunds.note_outcome(reference=refund.reference, state=RefundState.DONE, by=BY, at=at)


@transaction.atomic
def _note(fault: Fault, statement: Statement, at: datetime) -> None:
    """What the provider itself says was paid is taken in, even where a person had said so before and waits for approval."""
    found = breaks.note_break(fault=fault, at=at)
    if fault.kind is not Break.Kind.MISSING_HERE or statement.source != _FETCHED:
        return
    not_ours_yet = Break.objects.filter(key=fault.key, status__in=[BreakStatus.OPEN, BreakStatus.ASKED], payment=None)
    waiting = found or not_ours_yet.select_for_update(no_key=True).first()
    if waiting is not None:
        break_actions.take_in(found=waiting, line=fault.line, at=at)
