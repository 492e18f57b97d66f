"""When customers can choose a time: weekly windows of a service area for a purpose, and days on which nobody comes.

Windows of one area and purpose never overlap: a slot is known by the moment it begins. What is booked stays booked, whatever
becomes of the plan; whoever plans is told how many appointments stand on days that they close, and moves them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.clock import business_date
from accounts.models import ServiceArea
from accounts.signing import signed

from .. import permissions, slot_times
from ..models import Blackout, SlotPlan, VisitPurpose
from ..queries.slots import BOOKABLE, windows_of
from ..slot_times import Window

#: Days closed at once, and how far ahead; more is a slip of the keyboard.
LONGEST_CLOSURE, FARTHEST_CLOSURE = 366, 2 * 366
MOST_AT_ONCE = 200


class BadWindow(Exception):
    """It cannot be planned so; str() says why."""


class BadClosure(Exception):
    """These days cannot be closed; str() says why."""


@dataclass(frozen=True)
class Plan:
    """Windows to plan: the same one on each of these weekdays (0 = Monday)."""

    weekdays: Collection[int]
    opens: time
    closes: time
    capacity: int = 1


@transaction.atomic
def plan_slots(*, service_area: ServiceArea, purpose: str, plan: Plan, by: Actor, at: datetime) -> list[SlotPlan]:
    """Let customers choose these windows. Raises BadWindow where one overlaps what is planned, or says nothing; Forbidden."""
    permissions.check_may_plan_crews(by, at=at)
    _check_says_something(purpose, plan)
    # Whoever plans the same area waits here, so that two cannot plan over each other.
    ServiceArea.objects.select_for_update(no_key=True).get(pk=service_area.pk)
    added = [Window(day, plan.opens, plan.closes, plan.capacity) for day in sorted(set(plan.weekdays))]
    if slot_times.overlap([*windows_of(service_area, purpose), *added]):
        raise BadWindow(_("This overlaps a time that is planned already."))
    rows = [
        SlotPlan(service_area=service_area, purpose=purpose, weekday=one.weekday, opens=one.opens, closes=one.closes, capacity=one.capacity)
        for one in added
    ]
    for row in rows:
        signed(row, by=by, at=at).save(force_insert=True)
    return rows


@transaction.atomic
def change_capacity(*, plan: SlotPlan, capacity: int, by: Actor, at: datetime) -> SlotPlan:
    """How many visits at once from now on; what is booked beyond it stays. Raises BadWindow, Forbidden."""
    permissions.check_may_plan_crews(by, at=at)
    if not 1 <= capacity <= MOST_AT_ONCE:
        raise BadWindow(_("Say how many visits at once: at least one."))
    plan.capacity = capacity
    signed(plan, by=by, at=at).save(update_fields=["capacity"])
    return plan


@transaction.atomic
def drop_slot(*, plan: SlotPlan, by: Actor, at: datetime) -> None:
    """Nobody can choose this window any more; what is booked in it stays booked. Raises Forbidden."""
    permissions.check_may_plan_crews(by, at=at)
    signed(plan, by=by, at=at).delete()


@transaction.atomic
def black_out(*, service_area: ServiceArea | None, days: tuple[date, date], reason: str, by: Actor, at: datetime) -> Blackout:
    """Nobody comes on these days, the last included, in this area or (None) anywhere. Raises BadClosure, Forbidden."""
    permissions.check_may_plan_crews(by, at=at)
    first, last = days
    if not first <= last or (last - first).days >= LONGEST_CLOSURE:
        raise BadClosure(_("The last day is not before the first, and within a year of it."))
    if last < (today := business_date(at)) or (last - today).days > FARTHEST_CLOSURE:
        raise BadClosure(_("Close days that are not over, within the next two years."))
    if not reason.strip():
        raise BadClosure(_("Say why, in a few words."))
    blackout = Blackout(service_area=service_area, first_day=first, last_day=last, reason=reason.strip()[:200])
    signed(blackout, by=by, at=at).save(force_insert=True)
    return blackout


@transaction.atomic
def lift_blackout(*, blackout: Blackout, by: Actor, at: datetime) -> None:
    """These days can be chosen again. Raises Forbidden."""
    permissions.check_may_plan_crews(by, at=at)
    signed(blackout, by=by, at=at).delete()


def _check_says_something(purpose: str, plan: Plan) -> None:
    if purpose not in BOOKABLE:
        raise BadWindow(_("Choose what the visits are for: %(purpose)s cannot be booked.") % {"purpose": _label(purpose)})
    if not plan.weekdays or not set(plan.weekdays) <= set(range(7)):
        raise BadWindow(_("Choose at least one weekday."))
    if not plan.opens < plan.closes:
        raise BadWindow(_("It ends after it begins, on the same day."))
    if not 1 <= plan.capacity <= MOST_AT_ONCE:
        raise BadWindow(_("Say how many visits at once: at least one."))


def _label(purpose: str) -> str:
    return str(VisitPurpose(purpose).label) if purpose in VisitPurpose.values else purpose
