"""Times at which a hall receives nobody after all, and the people who had booked them.

Note [Taken away]
    Whoever had a booked time that does not hold any more is not sent away at the door: the appointment becomes ``displaced``, its places
    are free again, and a letter says so with an apology and the nearest free times. Until another one is chosen it stands on the hall's
    list, with who was told by phone. So it goes with a gap, and with what a holiday or other opening hours left outside.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Hall
from accounts.signing import signed
from casework.operations import Step, amend, move

from .. import permissions
from ..models import HallAppointment, HallGap, HallTime
from ..queries.hall_appointments import booked_within, stranded
from ..states import HALL_APPOINTMENT
from .hall_booking import facts_of

LONGEST, FARTHEST = timedelta(days=60), timedelta(days=400)


class BadGap(Exception):
    """This time cannot be closed; str() says why."""


def check_gap(*, starts_at: datetime, ends_at: datetime, at: datetime) -> None:
    """Raises BadGap for what is no stretch of time ahead."""
    if not starts_at < ends_at or ends_at - starts_at > LONGEST:
        raise BadGap(_("It ends after it begins, within sixty days."))
    if ends_at <= at or ends_at - at > FARTHEST:
        raise BadGap(_("Close a time that is not over, within the next year."))


@transaction.atomic
def close_hall(*, hall: Hall, span: tuple[datetime, datetime], reason: str, by: Actor, at: datetime) -> tuple[HallGap, int]:
    """Receive nobody by appointment from one moment to another. Who had booked is told: how many. See Note [Taken away].

    Raises BadGap, Forbidden.
    """
    permissions.check_may_plan(by, at=at)
    check_gap(starts_at=span[0], ends_at=span[1], at=at)
    if not reason.strip():
        raise BadGap(_("Say why, in a few words."))
    _hold(hall)
    gap = HallGap(hall=hall, starts_at=span[0], ends_at=span[1], reason=reason.strip()[:200])
    signed(gap, by=by, at=at).save(force_insert=True)
    return gap, _displace(list(booked_within(hall, *span).filter(ends_at__gt=at)), "gap", by=by, at=at)


@transaction.atomic
def open_again(*, gap: HallGap, by: Actor, at: datetime) -> None:
    """The time can be booked again; who was told that theirs does not hold keeps that word. Raises Forbidden."""
    permissions.check_may_plan(by, at=at)
    signed(gap, by=by, at=at).delete()


@transaction.atomic
def take_stranded_away(*, hall: Hall, by: Actor, at: datetime) -> int:
    """Tell those whose times lie outside of what the hall is open now; how many. See Note [Taken away]. Raises Forbidden."""
    permissions.check_may_plan(by, at=at)
    _hold(hall)
    return _displace(stranded(hall, at), "hours", by=by, at=at)


@transaction.atomic
def note_told(*, appointment: HallAppointment, by: Actor, at: datetime) -> HallAppointment:
    """One of us told by phone that the time does not hold. Raises Forbidden, StaleRow."""
    permissions.check_may_keep(by, at=at)
    amend(appointment, fields={"told_at": at}, steps=[Step("hall_appointment.told", facts_of(appointment))], by=by, at=at)
    return appointment


def _displace(found: Sequence[HallAppointment], because: str, *, by: Actor, at: datetime) -> int:
    for one in found:
        move(one, HALL_APPOINTMENT, "displace", by=by, at=at, **facts_of(one), starts=one.starts_at.isoformat(), because=because)
    HallTime.objects.filter(appointment__in=found).delete()
    return len(found)


def _hold(hall: Hall) -> None:
    Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
