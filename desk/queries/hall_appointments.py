"""Appointments at halls: of a day, of somebody, and those whose time does not hold any more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts.clock import business_date, business_midnight
from accounts.models import Hall, User

from .. import hall_times
from ..models import HallAppointment, HallAppointmentQuerySet
from ..states import HallAppointmentStatus
from .hall_times import capacity_between

S = HallAppointmentStatus
#: Reminders go out so long before; the shorter one also no later than a quarter of an hour before.
_DAY, _HOURS, _LAST = timedelta(hours=24), timedelta(hours=2), timedelta(minutes=15)


class AppointmentNotFound(Exception):
    """No appointment has this reference, or not for them."""


@dataclass(frozen=True)
class Person:
    """By what we know somebody again: the phone they left, or the user who is signed in."""

    phone: str = ""
    user: User | None = None

    def theirs(self) -> HallAppointmentQuerySet:
        """All that this person ever booked."""
        mine = Q(user=self.user) if self.user else Q(pk=None)
        return HallAppointment.objects.filter(mine | Q(phone=self.phone) if self.phone else mine)


def with_code(reference: str, code: str) -> HallAppointment | None:
    """For whoever knows both."""
    return whole().filter(reference=reference, code=code, forgotten_at=None).first() if reference and code else None


def of_day(hall: Hall, day: date) -> HallAppointmentQuerySet:
    """Who comes to a hall on a day, in the order of their times; those given up last."""
    found = whole().filter(hall=hall, starts_at__gte=business_midnight(day), starts_at__lt=business_midnight(day + timedelta(days=1)))
    return found.order_by("starts_at", "pk")


def to_come_of(person: Person, at: datetime) -> int:
    """How many appointments somebody still has."""
    return person.theirs().to_come().filter(ends_at__gt=at).count()


def missed_by(person: Person, at: datetime) -> int:
    """To how many somebody did not come within HALL_NO_SHOW_DAYS."""
    since = at - timedelta(days=settings.HALL_NO_SHOW_DAYS)
    return person.theirs().filter(status=S.MISSED, starts_at__gte=since).count()


def booked_within(hall: Hall, starts_at: datetime, ends_at: datetime) -> HallAppointmentQuerySet:
    """Whose time a gap would take away."""
    return whole().filter(hall=hall, status=S.BOOKED, starts_at__lt=ends_at, ends_at__gt=starts_at).order_by("starts_at", "pk")


def displaced_of(hall: Hall) -> HallAppointmentQuerySet:
    """Whose time we took away and who chose no other one yet: the next ones first."""
    return whole().filter(hall=hall, status=S.DISPLACED).order_by("starts_at", "pk")


def stranded(hall: Hall, at: datetime) -> list[HallAppointment]:
    """Booked for times at which the hall is not open any more: hours, holidays or the plan have changed since."""
    booked = list(whole().filter(hall=hall, status=S.BOOKED, starts_at__gt=at).order_by("starts_at", "pk"))
    if not booked:
        return []
    until = business_date(booked[-1].starts_at) + timedelta(days=1)
    known = capacity_between(hall, (business_date(at), until), at)
    return [one for one in booked if not set(hall_times.halves_from(one.starts_at, one.minutes)) <= set(known)]


def to_remind_of_tomorrow(at: datetime) -> HallAppointmentQuerySet:
    """Within a day from now, booked before today."""
    booked = whole().filter(status=S.BOOKED, day_reminder_at=None, starts_at__gt=at + _HOURS, starts_at__lte=at + _DAY)
    return booked.filter(made_at__lt=business_midnight(business_date(at))).order_by("starts_at", "pk")


def to_remind_of_today(at: datetime) -> HallAppointmentQuerySet:
    """Within two hours from now, booked long enough ago to be forgotten."""
    booked = whole().filter(status=S.BOOKED, hours_reminder_at=None, starts_at__gt=at + _LAST, starts_at__lte=at + _HOURS)
    return booked.filter(made_at__lt=at - _HOURS).order_by("starts_at", "pk")


def over(at: datetime) -> QuerySet[HallAppointment, int]:
    """Of days that are past, and nobody noted what became of them. Who lost their time has a week longer to choose another."""
    today = business_midnight(business_date(at))
    still = Q(status__in=[S.BOOKED, S.ARRIVED, S.CALLED], starts_at__lt=today)
    waiting = Q(status=S.DISPLACED, starts_at__lt=today - timedelta(days=7))
    return HallAppointment.objects.filter(still | waiting).order_by("pk").values_list("pk", flat=True)


def to_forget(before: datetime) -> QuerySet[HallAppointment, int]:
    """Keys of those whose words are kept no longer."""
    ended = HallAppointment.objects.filter(starts_at__lt=before, forgotten_at=None).exclude(status__in=[S.BOOKED, S.DISPLACED])
    return ended.order_by("pk").values_list("pk", flat=True)


def counted(found: Collection[HallAppointment]) -> list[tuple[str, int]]:
    """How many stand how, in the order of a life; statuses that nobody has are left out."""
    tally = {status: sum(one.status == status for one in found) for status in S}
    return [(str(status.label), number) for status, number in tally.items() if number]


def whole() -> HallAppointmentQuerySet:
    """With all that a page shows of one."""
    return HallAppointment.objects.select_related("hall", "account__customer", "user", "timeline", "case")
