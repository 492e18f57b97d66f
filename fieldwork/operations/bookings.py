"""What becomes of an agreed time when its visit goes on: kept, missed, nobody home, or called off with the visit.

Note [Kept]. A crew that is at the door within the window keeps the appointment, also one that came earlier and is still there when
the window opens, or was let in before. Nobody has to be home before the window opens. Whoever comes later has missed it, and so has
whoever had not come when another time was agreed: what was broken stays broken, whatever is agreed afterwards.

All of it joins the caller's transaction, and is told on the timeline by the moment it happened: clocks end as of it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.actors import Actor
from casework.operations import Step, record

from ..models import Booking, Visit
from ..queries import slots as reads

Ending = Booking.Ending
#: What became of an appointment -> the step that says so.
_VERBS: Mapping[str, str] = {
    Ending.KEPT: "appointment.kept",
    Ending.MISSED: "appointment.missed",
    Ending.NOBODY_HOME: "appointment.nobody_home",
    Ending.MOVED: "appointment.moved",
    Ending.CANCELLED: "appointment.cancelled",
}


class NotYetExpected(Exception):
    """Nobody promised to be at home so early."""

    def __init__(self, starts_at: datetime) -> None:
        when = date_format(localtime(starts_at), "SHORT_DATETIME_FORMAT")
        super().__init__(_("The customer expects you from %(when)s. Come back then, or give the visit back.") % {"when": when})


def facts_of(booking: Booking, visit: Visit) -> dict[str, Any]:
    """What every step of an appointment tells: ``about`` makes each agreed time a promise of its own."""
    return {
        "visit": visit.pk,
        "purpose": str(visit.purpose),
        "booking": booking.pk,
        "about": str(booking.pk),
        "starts": booking.starts_at.isoformat(),
        "until": booking.ends_at.isoformat(),
    }


def released(booking: Booking, ending: str, visit: Visit, *, at: datetime, moment: datetime | None = None) -> Step:
    """End an appointment and say so; ``moment`` is when it happened, where we hear of it later."""
    booking.released_at, booking.release_reason = at, str(ending)
    booking.save(update_fields=["released_at", "release_reason"])
    told = {"happened_at": moment.isoformat()} if moment is not None and moment != at else {}
    return Step(_VERBS[ending], facts_of(booking, visit) | told)


def note_arrival(visit: Visit, moment: datetime, *, by: Actor, at: datetime) -> None:
    """The crew is at the door. Too early, nothing is decided yet."""
    booking = reads.agreed_for(visit)
    if booking is not None and moment >= booking.starts_at:
        _settle(booking, visit, Ending.KEPT if moment <= booking.ends_at else Ending.MISSED, moment, by=by, at=at)


def note_finish(visit: Visit, moment: datetime, *, by: Actor, at: datetime) -> None:
    """The work is done: a crew that came before its time was let in, and is where it was to be."""
    booking = reads.agreed_for(visit)
    if booking is not None:
        _settle(booking, visit, Ending.KEPT, min(moment, booking.starts_at), by=by, at=at)


def check_expected(visit: Visit, moment: datetime) -> None:
    """Raises NotYetExpected where nobody has to open yet. In danger nobody waits for a time that was agreed before."""
    booking = None if visit.is_emergency else reads.agreed_for(visit)
    if booking is not None and moment < booking.starts_at:
        raise NotYetExpected(booking.starts_at)


def note_nobody(visit: Visit, moment: datetime, *, by: Actor, at: datetime) -> None:
    """Nobody opened at the time agreed. Where we came too late nobody needed to wait, and nothing is told of them."""
    booking = reads.last_of(visit)
    if booking is None:
        return
    if booking.released_at is None and moment < booking.starts_at:
        # It became an emergency.
        _settle(booking, visit, Ending.CANCELLED, moment, by=by, at=at)
    elif booking.released_at is None:
        # It came early and stood there when the window opened.
        _settle(booking, visit, Ending.KEPT, booking.starts_at, by=by, at=at)
    if booking.release_reason == Ending.KEPT:
        _settle(booking, visit, Ending.NOBODY_HOME, moment, by=by, at=at)


def note_called_off(visit: Visit, *, by: Actor, at: datetime) -> None:
    """Nobody comes any more, so nobody has to wait."""
    booking = reads.agreed_for(visit)
    if booking is not None:
        step = end_unkept(booking, visit, Ending.CANCELLED, at=at)
        record(timeline_id=visit.timeline_id, steps=[step], by=by, at=at)


def end_unkept(booking: Booking, visit: Visit, ending: str, *, at: datetime) -> Step:
    """Give a time up before anybody came; one that has passed was missed, and stays so. See Note [Kept]."""
    return released(booking, Ending.MISSED if at > booking.ends_at else ending, visit, at=at)


def _settle(booking: Booking, visit: Visit, ending: str, moment: datetime, *, by: Actor, at: datetime) -> None:
    step = released(booking, ending, visit, at=at, moment=moment)
    record(timeline_id=visit.timeline_id, steps=[step], by=by, at=at)
