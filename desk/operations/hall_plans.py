"""When a hall receives by appointment, and what for. What is booked stays booked, whatever becomes of the plan."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Hall
from accounts.signing import signed

from .. import hall_times, permissions
from ..hall_times import LONGEST_TALK, MOST_AT_ONCE, Hours
from ..models import HallPlaces, HallService
from ..queries.hall_times import hours_of


class BadHoursByAppointment(Exception):
    """It cannot be planned so; str() says why."""


@dataclass(frozen=True)
class Plan:
    """Hours to plan: the same ones on each of these weekdays (0 = Monday)."""

    weekdays: Collection[int]
    opens: time
    closes: time
    places: int = 1


@transaction.atomic
def plan_hours(*, hall: Hall, plan: Plan, by: Actor, at: datetime) -> list[HallPlaces]:
    """Receive people by appointment in these hours. Raises BadHoursByAppointment, Forbidden."""
    permissions.check_may_plan(by, at=at)
    _check_says_something(plan)
    Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
    known = hours_of(hall)
    added = [Hours(day, plan.opens, plan.closes, plan.places) for day in sorted(set(plan.weekdays))]
    if any(hall_times.overlap(one, other) for one in added for other in known):
        raise BadHoursByAppointment(_("This overlaps hours that are planned already."))
    rows = [HallPlaces(hall=hall, **vars(one)) for one in added]
    for row in rows:
        signed(row, by=by, at=at).save(force_insert=True)
    return rows


@transaction.atomic
def drop_hours(*, hours: HallPlaces, by: Actor, at: datetime) -> None:
    """Nobody can book them any more. Raises Forbidden."""
    permissions.check_may_plan(by, at=at)
    signed(hours, by=by, at=at).delete()


@transaction.atomic
def offer_service(*, hall: Hall, kind: str, minutes: int, by: Actor, at: datetime) -> HallService:
    """People can come for this, for so many minutes from now on. Raises BadHoursByAppointment, Forbidden."""
    permissions.check_may_plan(by, at=at)
    if kind not in HallService.Kind.values or not 5 <= minutes <= LONGEST_TALK:
        raise BadHoursByAppointment(_("Say what for, and how many minutes: from 5 to 240."))
    Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
    row = HallService.objects.filter(hall=hall, kind=kind).first() or HallService(hall=hall, kind=kind)
    row.minutes = minutes
    signed(row, by=by, at=at).save()
    return row


@transaction.atomic
def withdraw_service(*, service: HallService, by: Actor, at: datetime) -> None:
    """Nobody can book it any more. Raises Forbidden."""
    permissions.check_may_plan(by, at=at)
    signed(service, by=by, at=at).delete()


def _check_says_something(plan: Plan) -> None:
    if not plan.weekdays or not set(plan.weekdays) <= set(range(7)):
        raise BadHoursByAppointment(_("Choose at least one weekday."))
    if not plan.opens < plan.closes:
        raise BadHoursByAppointment(_("It ends after it begins, on the same day."))
    if not (hall_times.is_on_grid(plan.opens) and hall_times.is_on_grid(plan.closes)):
        raise BadHoursByAppointment(_("Begin and end on the full or the half hour."))
    if not 1 <= plan.places <= MOST_AT_ONCE:
        raise BadHoursByAppointment(_("Say how many people at once: at least one."))
