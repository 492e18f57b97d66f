"""Tills as pages and reports show them."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

import accounts.permissions
import accounts.queries
from accounts.models import Counter, Staff, User
from accounts.roles import Verb
from casework.models import Event

from ..denominations import DENOMINATIONS
from ..models import ReopenReason, Shift
from ..states import ShiftStatus
from .shifts import Takings, current_shift, expected_cash, receipts_of, takings


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


def till_of(user: User) -> Till:
    """The clerk's own till page. Raises NotStaff."""
    staff = accounts.queries.current_staff(user)
    counters = (
        Counter.objects.filter(hall=staff.hall_id).select_related("hall") if staff.hall_id else Counter.objects.select_related("hall")
    )
    shift = current_shift(staff)
    earlier = tuple(with_people(Shift.objects.filter(clerk=staff, status=ShiftStatus.CLOSED)).order_by("-opened_at")[:5])
    if shift is None:
        return Till(staff, None, counters, earlier=earlier)
    return Till(staff, shift, counters, takings(shift), expected_cash(shift), earlier)


def shifts_to_see(user: User, at: datetime) -> QuerySet[Shift]:
    """Whose tills a reader may look at: their own; with the right to sign, those of their hall, or all when they have none."""
    staff = accounts.queries.current_staff(user)
    rows = with_people(Shift.objects.all())
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


def with_people(rows: QuerySet[Shift]) -> QuerySet[Shift]:
    return rows.select_related("counter__hall", "clerk__user", "counted_by", "countersigned_by")
