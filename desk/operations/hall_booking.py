"""Book a time at a hall, choose another one, give it up.

Note [One place]
    Whoever takes a time holds the hall's row, so that two who want the last place come one after the other; the second is told. The
    unique key of ``HallTime`` says the same to whatever forgets the lock. What is given up is a row deleted, in the same transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.clock import business_date
from accounts.models import Account, Hall, User
from casework import references
from casework.operations import StaleRow, Step, move, open_timeline

from .. import hall_times, permissions
from ..models import HallAppointment, HallService, HallTime
from ..queries.hall_appointments import Person
from ..queries.hall_times import capacity_between, first_and_last, taken_of
from ..states import HALL_APPOINTMENT, HallAppointmentStatus


class NoSuchTime(Exception):
    """The hall receives nobody then, or it is too late or too early to book it."""

    def __init__(self) -> None:
        super().__init__(_("This time cannot be booked. Choose another one."))


class TimeTaken(Exception):
    """Somebody else has it now."""

    def __init__(self) -> None:
        super().__init__(_("Somebody has just taken the last place at this time. Choose another one."))


class Begun(Exception):
    """What has begun is not moved or given up any more."""

    def __init__(self) -> None:
        super().__init__(_("This appointment has begun. If you are late, come all the same; else book a new one."))


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Who wants to come where, what for and when. ``phone`` is in E.164, or empty where we write to the customer of ``account``."""

    hall: Hall
    service: str
    starts_at: datetime
    channel: str
    name: str = ""
    phone: str = ""
    note: str = ""
    language: str = ""
    account: Account | None = None
    user: User | None = None


@transaction.atomic
def book(*, wish: Wish, by: Actor, at: datetime) -> HallAppointment:
    """A time of one's own. Raises NoSuchTime, TimeTaken, TooManyMissed, TooManyAtOnce, Forbidden."""
    _hold(wish.hall)
    permissions.check_may_book(by, Person(wish.phone, wish.user), at=at)
    service = HallService.objects.filter(hall=wish.hall, kind=wish.service).first()
    if service is None:
        raise NoSuchTime
    ends_at = wish.starts_at + timedelta(minutes=service.minutes)
    appointment = HallAppointment(
        reference=references.new_reference("H"),
        code=references.new_code(),
        minutes=service.minutes,
        ends_at=ends_at,
        status=HallAppointmentStatus.BOOKED,
        made_at=at,
        **{**vars(wish), "name": wish.name.strip()[:80], "note": wish.note.strip()[:200]},
    )
    appointment.timeline = open_timeline(kind=HALL_APPOINTMENT.kind, steps=[Step("hall_appointment.booked", _first(wish))], by=by, at=at)
    appointment.save(force_insert=True)
    _take(appointment, wish.starts_at, is_ours=permissions.is_ours(by), at=at)
    return appointment


@transaction.atomic
def rebook(*, appointment: HallAppointment, starts_at: datetime, by: Actor, at: datetime, version: int | None = None) -> HallAppointment:
    """Another time in the same hall; reference and code stay. ``version`` is of the row as the caller looked at it.

    Raises NoSuchTime, TimeTaken, Begun, WrongMove, StaleRow, Forbidden.
    """
    held = _held(appointment, by, at, version)
    before, ends_at = held.starts_at, starts_at + timedelta(minutes=held.minutes)
    fields = {"starts_at": starts_at, "ends_at": ends_at, "day_reminder_at": None, "hours_reminder_at": None, "told_at": None}
    move(
        held,
        HALL_APPOINTMENT,
        "rebook",
        by=by,
        at=at,
        fields=fields,
        **facts_of(held),
        starts=starts_at.isoformat(),
        was=before.isoformat(),
    )
    HallTime.objects.filter(appointment=held).delete()
    _take(held, starts_at, is_ours=permissions.is_ours(by), at=at)
    return held


@transaction.atomic
def cancel(*, appointment: HallAppointment, by: Actor, at: datetime, version: int | None = None) -> HallAppointment:
    """Nobody comes: the place is free for others. Raises Begun, WrongMove, StaleRow, Forbidden."""
    held = _held(appointment, by, at, version)
    move(held, HALL_APPOINTMENT, "cancel", by=by, at=at, fields={"ended_at": at}, **facts_of(held))
    HallTime.objects.filter(appointment=held).delete()
    return held


def facts_of(appointment: HallAppointment) -> Mapping[str, Any]:
    """What every step tells: keys and codes."""
    return {"appointment": appointment.pk, "hall": appointment.hall_id, "service": appointment.service}


def _first(wish: Wish) -> Mapping[str, Any]:
    """What the first step says, so that no clock ever has to ask."""
    return {
        "kind": HALL_APPOINTMENT.kind,
        "channel": wish.channel,
        "classification": wish.service,
        "urgency": "",
        "area": "",
        "segment": wish.account.customer.segment if wish.account else "",
        "hall": wish.hall.pk,
        "owner": None,
        "service": wish.service,
        "starts": wish.starts_at.isoformat(),
    }


def _held(appointment: HallAppointment, by: Actor, at: datetime, version: int | None) -> HallAppointment:
    _hold(appointment.hall)
    held = HallAppointment.objects.select_for_update(no_key=True, of=("self",)).select_related("hall").get(pk=appointment.pk)
    permissions.check_may_change(by, held, at=at)
    if version is not None and version != held.version:
        raise StaleRow
    if held.status == HallAppointmentStatus.BOOKED and at >= held.starts_at and not permissions.is_ours(by):
        raise Begun
    return held


def _hold(hall: Hall) -> None:
    """See Note [One place]."""
    Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)


def _take(appointment: HallAppointment, starts_at: datetime, *, is_ours: bool, at: datetime) -> None:
    first, last = first_and_last(at, is_staff=is_ours)
    day = business_date(starts_at)
    known = capacity_between(appointment.hall, (day, day + timedelta(days=1)), at)
    halves = hall_times.halves_from(starts_at, appointment.minutes)
    if not first <= starts_at < last or not set(halves) <= set(known):
        raise NoSuchTime
    taken = taken_of(appointment.hall, halves)
    free = {half: hall_times.free_places(taken.get(half, ()), known[half]) for half in halves}
    if not all(free.values()):
        raise TimeTaken
    rows = [HallTime(appointment=appointment, hall=appointment.hall, starts_at=half, place=free[half][0]) for half in halves]
    try:
        with transaction.atomic():
            HallTime.objects.bulk_create(rows)
    except IntegrityError as taken_now:
        raise TimeTaken from taken_now
