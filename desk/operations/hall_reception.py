"""What becomes of an appointment on its day: arrived, called, served, did not come; and which case came of it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor, System
from accounts.clock import business_date
from casework.models import Case
from casework.operations import StaleRow, Step, WrongMove, amend, move

from .. import permissions
from ..models import HallAppointment, HallTime
from ..queries.hall_appointments import over
from ..states import HALL_APPOINTMENT
from .hall_booking import facts_of

_BY = System("appointments.night")
#: What can be noted at the hall -> the column that keeps when.
STEPS = {"arrive": "arrived_at", "call": "called_at", "serve": "ended_at", "miss": "ended_at"}


class NotToday(Exception):
    """It is noted on the day."""

    def __init__(self) -> None:
        super().__init__(_("This appointment is not today."))


class NotYetMissed(Exception):
    """Nobody has stayed away before their time."""

    def __init__(self) -> None:
        super().__init__(_("The time has not come yet: nobody has stayed away."))


@transaction.atomic
def note_step(*, appointment: HallAppointment, step: str, by: Actor, at: datetime) -> HallAppointment:
    """Note what happened: one of STEPS. Raises NotToday, NotYetMissed, WrongMove, StaleRow, Forbidden."""
    permissions.check_may_keep(by, at=at)
    if business_date(appointment.starts_at) != business_date(at):
        raise NotToday
    if step == "miss" and at <= appointment.starts_at:
        raise NotYetMissed
    fields = {STEPS[step]: at, **({"ended_at": None} if step == "arrive" else {})}
    move(appointment, HALL_APPOINTMENT, step, by=by, at=at, fields=fields, **facts_of(appointment))
    return appointment


@transaction.atomic
def link_case(*, appointment: HallAppointment, case: Case, by: Actor, at: datetime) -> HallAppointment:
    """The matter that the talk was about, or that came of it. Raises StaleRow, Forbidden."""
    permissions.check_may_keep(by, at=at)
    step = Step("hall_appointment.linked", {**facts_of(appointment), "case": case.pk})
    amend(appointment, fields={"case": case}, steps=[step], by=by, at=at)
    return appointment


def lapse_past(*, at: datetime) -> int:
    """End what was left open on days that are over; how many. It counts neither as served nor as missed."""
    return sum(_lapse(key, at) for key in over(at))


@transaction.atomic
def _lapse(key: int, at: datetime) -> bool:
    held = HallAppointment.objects.select_for_update(no_key=True).get(pk=key)
    try:
        move(held, HALL_APPOINTMENT, "lapse", by=_BY, at=at, fields={"ended_at": at}, **facts_of(held))
    except (WrongMove, StaleRow):
        return False
    HallTime.objects.filter(appointment=held).delete()
    return True
