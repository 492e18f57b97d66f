"""Tills and days as pages and reports show them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.utils.translation import gettext as _

import accounts.permissions
import accounts.queries
from accounts.models import Counter, Hall, Staff, User
from accounts.queries.halls import places
from accounts.roles import Verb
from casework.models import Event

from ..denominations import DENOMINATIONS
from ..models import HallDay, Receipt, ReopenReason, Shift
from ..states import ShiftStatus
from .shifts import Takings, current_shift, day_bounds, expected_cash, is_day_closed, receipts_of, shifts_of_day, takings, takings_of


class ShiftNotFound(Exception):
    """No such shift, or none this reader may look at."""

    def __init__(self) -> None:
        super().__init__(_("There is no such shift."))


@dataclass(frozen=True)
class Till:
    """A clerk's own page: the shift that is not closed yet, if any, and what went through it."""

    staff: Staff
    shift: Shift | None
    counters: QuerySet[Counter]
    takings: Takings | None = None
    cash: int = 0
    earlier: tuple[Shift, ...] = ()


@dataclass(frozen=True)
class ShiftSheet:
    """One shift with all that is known of it, for its page and its report."""

    shift: Shift
    takings: Takings
    pieces: tuple[tuple[int, int, int], ...]  # denomination, pieces, worth
    steps: tuple[Event, ...]
    may_sign: bool = False
    may_count: bool = False
    receipts: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class DaySheet:
    """One day of a hall: its shifts, its totals (fixed once closed), and whether it can be closed."""

    hall: Hall
    day: date
    shifts: tuple[Shift, ...]
    totals: dict[str, Any]
    closed: HallDay | None

    @property
    def open_shifts(self) -> int:
        return sum(not shift.is_closed for shift in self.shifts)


def till_of(user: User) -> Till:
    """The clerk's own till page. Raises NotStaff."""
    staff = accounts.queries.current_staff(user)
    counters = (
        Counter.objects.filter(hall=staff.hall_id).select_related("hall") if staff.hall_id else Counter.objects.select_related("hall")
    )
    shift = current_shift(staff)
    earlier = tuple(_with_people(Shift.objects.filter(clerk=staff, status=ShiftStatus.CLOSED)).order_by("-opened_at")[:5])
    if shift is None:
        return Till(staff, None, counters, earlier=earlier)
    return Till(staff, shift, counters, takings(shift), expected_cash(shift), earlier)


def shifts_to_see(user: User, at: datetime) -> QuerySet[Shift]:
    """Whose tills a reader may look at: their own; with the right to sign, those of their hall, or all when they have none."""
    staff = accounts.queries.current_staff(user)
    rows = _with_people(Shift.objects.all())
    if Verb.COUNTERSIGN_SHIFT not in accounts.permissions.verbs_of(user, at):
        return rows.filter(clerk=staff)
    return rows.filter(Q(counter__hall=staff.hall_id) | Q(clerk=staff)) if staff.hall_id else rows


def get_shift(user: User, number: int, *, at: datetime) -> Shift:
    """Fetch and authorise in one act. Raises ShiftNotFound."""
    shift = shifts_to_see(user, at).filter(pk=number).first()
    if shift is None:
        raise ShiftNotFound
    return shift


def shift_sheet(user: User, number: int, *, at: datetime) -> ShiftSheet:
    """All about one shift. Raises ShiftNotFound."""
    shift = get_shift(user, number, at=at)
    counted = shift.counted or {}
    kinds = DENOMINATIONS[settings.CURRENCY]
    pieces = tuple((kind, counted[str(kind)], kind * counted[str(kind)]) for kind in kinds if str(kind) in counted)
    numbers = receipts_of(shift)
    first, last = numbers.first(), numbers.last()
    is_second = shift.clerk.user_id != user.pk and _may_sign(user, at)
    return ShiftSheet(
        shift=shift,
        takings=takings(shift),
        pieces=pieces,
        steps=_steps(shift),
        may_sign=shift.is_counted and is_second and (shift.counted_by is None or shift.counted_by.user_id != user.pk),
        may_count=not shift.is_closed and is_second,
        receipts=(first.full_number if first else "", last.full_number if last else ""),
    )


def _steps(shift: Shift) -> tuple[Event, ...]:
    """The shift's events; a reopening with its reason, and with its words while they stand."""
    if not shift.timeline_id:
        return ()
    words = dict(shift.returns.values_list("pk", "words"))
    steps = tuple(Event.objects.filter(timeline=shift.timeline_id).order_by("seq"))
    for step in steps:
        if step.verb == "shift.reopen":
            code = step.facts.get("reason", "")
            step.told = ReopenReason(code).label if code in ReopenReason else code  # type: ignore[attr-defined]
            step.words = words.get(step.facts.get("words"), "")  # type: ignore[attr-defined]
    return steps


def _may_sign(user: User, at: datetime) -> bool:
    return Verb.COUNTERSIGN_SHIFT in accounts.permissions.verbs_of(user, at)


def _with_people(rows: QuerySet[Shift]) -> QuerySet[Shift]:
    return rows.select_related("counter__hall", "clerk__user", "counted_by", "countersigned_by")


def halls_to_see(user: User) -> QuerySet[Hall]:
    """The reader's hall, or all for somebody who belongs to none."""
    staff = accounts.queries.current_staff(user)
    halls = places().order_by("code")
    return halls.filter(pk=staff.hall_id) if staff.hall_id else halls


def day_sheet(hall: Hall, day: date) -> DaySheet:
    """One day of a hall: fixed totals where it is closed, else how they stand."""
    closed = HallDay.objects.select_related("closed_by").filter(hall=hall, day=day).first()
    shifts = tuple(_with_people(shifts_of_day(hall, day)).order_by("opened_at"))
    return DaySheet(hall, day, shifts, closed.totals if closed else day_totals(hall, day), closed)


def closed_days(hall: Hall) -> QuerySet[HallDay]:
    return HallDay.objects.filter(hall=hall).select_related("closed_by").order_by("-day")


def is_closed(hall: Hall, day: date) -> bool:
    return is_day_closed(hall, day)


def day_totals(hall: Hall, day: date) -> dict[str, Any]:
    """What a day's shifts amount to: the snapshot that closing the day fixes (JSON; minor units and litres)."""
    shifts = shifts_of_day(hall, day)
    went = takings_of(shifts)
    tills = [_till_totals(shift) for shift in _with_people(shifts).order_by("opened_at")]
    return {
        "currency": settings.CURRENCY,
        "shifts": tills,
        "methods": [
            {
                "method": way.method,
                "payments": way.payments,
                "taken": way.taken,
                "refunds": way.refunds,
                "refunded": way.refunded,
                "net": way.net,
            }
            for way in went.methods
        ],
        "net": went.net,
        "payments": went.payments,
        "litres": went.litres,
        "difference": sum(till["difference"] for till in tills),
        "receipts": _receipt_totals(hall, day),
    }


def _till_totals(shift: Shift) -> dict[str, Any]:
    return {
        "shift": shift.pk,
        "counter": shift.counter.number,
        "clerk": shift.clerk.number,
        "float": shift.float_amount,
        "expected": shift.expected_amount,
        "counted": shift.counted_amount,
        "difference": shift.difference,
        "reason": shift.difference_reason,
        "signed_by": shift.countersigned_by.number if shift.countersigned_by else "",
    }


def _receipt_totals(hall: Hall, day: date) -> dict[str, Any]:
    start, end = day_bounds(day)
    issued = Receipt.objects.filter(hall=hall, issued_at__gte=start, issued_at__lt=end)
    red = Q(kind=Receipt.Kind.RED_LETTER)
    found = issued.aggregate(
        first=Min("number"),
        last=Max("number"),
        count=Count("pk"),
        total=Sum("amount"),
        red=Count("pk", filter=red),
        back=Sum("amount", filter=red),
    )
    return {**found, "total": found["total"] or 0, "back": found["back"] or 0}
