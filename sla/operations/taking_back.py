"""A broken promise that was not broken after all costs nothing: what is not credited yet is withdrawn, what is, billing takes back.

An end, a pause or a withdrawal that is recorded late takes a breach away; a clock that ended earlier than it seemed costs less. What
fell away after it was broken stays broken: the customer waited for it. So does a visit that is agreed anew after it was missed. The
lower price of what has been credited is not asked back.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from accounts.actors import Actor, System
from casework.operations import Step, amend, move, record

from ..compensations import CompensationRule
from ..models import Clock, Compensation, VoidedBecause
from ..queries.policies import policies_at
from ..states import COMPENSATION, CompensationStatus

_BY = System("compensation")
_NEEDED = ("timeline", "version", "status", "due_at", "stopped_at", "anchor_at")


def look_again(*, clocks: Sequence[int], at: datetime) -> int:
    """Look again at what these clocks cost, now that they were written anew; how many compensations changed.

    Joins the caller's transaction.
    """
    rows = Compensation.objects.select_for_update(no_key=True, of=("self",)).filter(clock__in=clocks)
    decided = rows.filter(status__in=[CompensationStatus.OWED, CompensationStatus.PAID])
    # Timelines in their order, like everybody who holds several.
    return sum(_look_again(row, at) for row in list(decided.order_by("timeline", "pk")))


def withdraw_if_void(*, compensation: Compensation, at: datetime) -> bool:
    """Whether it is withdrawn now, because its promise was not broken after all. The caller holds the row, which is owed."""
    reason = _reason_against(_clock(compensation), at)
    if reason:
        fields = {"voided_at": at, "void_reason": reason}
        move(compensation, COMPENSATION, "withdraw", by=_BY, at=at, fields=fields, compensation=compensation.pk, reason=str(reason))
    return bool(reason)


def is_void(*, compensation: Compensation, at: datetime) -> bool:
    """Whether its promise was, by all that is known now, not broken."""
    return bool(_reason_against(_clock(compensation), at))


@transaction.atomic
def note_taken_back(*, compensation: Compensation, by: Actor, at: datetime) -> Compensation:
    """The ledger has reversed it. Raises WrongMove when it was not credited, StaleRow."""
    facts = {"compensation": compensation.pk, "amount": compensation.paid, "reason": compensation.void_reason}
    move(compensation, COMPENSATION, "take_back", by=by, at=at, fields={"paid_at": None, "paid": 0}, **facts)
    return compensation


def _look_again(row: Compensation, at: datetime) -> bool:
    if row.status == CompensationStatus.OWED:
        return withdraw_if_void(compensation=row, at=at) or _make_smaller(row, at)
    reason = _reason_against(_clock(row), at)
    if bool(reason) == bool(row.voided_at):
        return False
    row.voided_at, row.void_reason = (at, reason) if reason else (None, "")
    row.save(update_fields=["voided_at", "void_reason"])
    if reason:
        facts = {"compensation": row.pk, "clock": row.clock_id, "reason": str(reason)}
        record(timeline_id=row.timeline_id, steps=[Step("sla.compensation_void", facts)], by=_BY, at=at)
    return True


def _make_smaller(row: Compensation, at: datetime) -> bool:
    clock = _clock(row)
    if clock.stopped_at is None or clock.due_at is None:
        return False
    rule, late = CompensationRule.parse(policies_at(at).version(clock.version_id).compensation), clock.stopped_at - clock.due_at
    amount = rule.owed(late)
    if not 0 < amount < row.amount:
        return False
    fields = {"amount": amount, "steps": rule.amends.steps(late), "late": late // timedelta(seconds=1)}
    amend(row, fields=fields, steps=[Step("compensation.amend", {"compensation": row.pk, "amount": amount})], by=_BY, at=at)
    return True


def _clock(row: Compensation) -> Clock:
    """As it is now, whatever was read before the row was locked; what counts from an agreed moment by the one that was missed."""
    clock = Clock.objects.only(*_NEEDED).get(pk=row.clock_id)
    if clock.anchor_at is not None and row.due_at is not None:
        clock.due_at = row.due_at
    return clock


def _reason_against(clock: Clock, at: datetime) -> VoidedBecause | None:
    """Why its promise is not broken after all; None while it is."""
    if clock.due_at is None:
        return VoidedBecause.WAITED if clock.status == Clock.Status.PAUSED else VoidedBecause.MOVED
    if (clock.stopped_at or at) > clock.due_at:
        return None
    return {
        Clock.Status.STOPPED: VoidedBecause.KEPT,
        Clock.Status.WITHDRAWN: VoidedBecause.MOOT,
        Clock.Status.PAUSED: VoidedBecause.WAITED,
        Clock.Status.RUNNING: VoidedBecause.MOVED,
    }[Clock.Status(clock.status)]
