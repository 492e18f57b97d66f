"""When a hall can be visited by appointment, and what of it is left."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from accounts.clock import business_date, business_midnight
from accounts.models import Hall
from accounts.queries.halls import places
from sla.books import HALL
from sla.calendars import Calendar, CalendarUnknown, Window
from sla.queries.calendars import UnknownCalendar, read_shelf

from .. import hall_times
from ..hall_times import Gap, Hours, Time
from ..models import HallGap, HallPlaces, HallService, HallTime


def bookable_halls() -> QuerySet[Hall]:
    """Halls where something can be booked, by name."""
    planned = HallPlaces.objects.values("hall")
    offered = HallService.objects.values("hall")
    return places().filter(pk__in=planned).filter(pk__in=offered).order_by("name", "pk")


def services_of(hall: Hall) -> QuerySet[HallService]:
    """What can be booked at a hall."""
    return HallService.objects.filter(hall=hall).order_by("pk")


def times_to_choose(hall: Hall, minutes: int, at: datetime, *, is_staff: bool = False) -> list[Time]:
    """What can still be booked: with a place left, no sooner and no later than ``first_and_last`` say."""
    first, last = first_and_last(at, is_staff=is_staff)
    found = times_between(hall, minutes, (business_date(at), business_date(last)), at)
    return [one for one in found if one.free and first <= one.starts_at < last]


def first_and_last(at: datetime, *, is_staff: bool) -> tuple[datetime, datetime]:
    """From which moment until which (not included) times can be booked now; one of us may still book what begins this minute."""
    lead = timedelta() if is_staff else timedelta(minutes=settings.HALL_BOOKING_LEAD_MINUTES)
    return at + lead, business_midnight(business_date(at) + timedelta(days=settings.HALL_BOOKING_DAYS + 1))


def alternatives(hall: Hall, minutes: int, instead: datetime, at: datetime, *, most: int = 3) -> list[Time]:
    """The free times nearest to one that does not hold any more, in order."""
    free = times_to_choose(hall, minutes, at)
    return sorted(sorted(free, key=lambda one: (abs(one.starts_at - instead), one.starts_at))[:most])


def taken_of(hall: Hall, halves: Collection[datetime]) -> Mapping[datetime, set[int]]:
    """Half hour -> the places that somebody has."""
    taken: dict[datetime, set[int]] = {}
    for starts_at, place in _rows(hall, halves) if halves else ():
        taken.setdefault(starts_at, set()).add(place)
    return taken


def times_between(hall: Hall, minutes: int, days: tuple[date, date], at: datetime) -> list[Time]:
    """Every beginning on these days (not on the last) at which ``minutes`` fit, full ones too."""
    places_then = capacity_between(hall, days, at)
    return hall_times.times(places_then, taken_of(hall, places_then), minutes=minutes)


def capacity_between(hall: Hall, days: tuple[date, date], at: datetime) -> Mapping[datetime, int]:
    """Half hour -> people at once, on these days (not on the last), as the hall's hours, holidays and gaps are known now."""
    hours, gaps, calendar = hours_of(hall), gaps_between(hall, days), _calendar_of(hall, at)
    found: dict[datetime, int] = {}
    if calendar is None:
        return found
    for day in _days(*days):
        found |= hall_times.capacity(day, hours, opening=_opening(calendar, day), gaps=gaps, zone=ZoneInfo(settings.TIME_ZONE))
    return found


def hours_of(hall: Hall) -> list[Hours]:
    """The weekly plan of a hall."""
    rows = HallPlaces.objects.filter(hall=hall).order_by("weekday", "opens")
    return [Hours(*row) for row in rows.values_list("weekday", "opens", "closes", "places")]


def gaps_between(hall: Hall, days: tuple[date, date]) -> list[Gap]:
    """What is closed by hand on these days."""
    rows = HallGap.objects.filter(hall=hall, starts_at__lt=business_midnight(days[1]), ends_at__gt=business_midnight(days[0]))
    return [Gap(*row) for row in rows.order_by("starts_at").values_list("starts_at", "ends_at")]


def gaps_from(hall: Hall, at: datetime) -> QuerySet[HallGap]:
    """Gaps of a hall that are not over."""
    return HallGap.objects.filter(hall=hall, ends_at__gt=at).order_by("starts_at", "pk")


def who_closed(gaps: Sequence[HallGap]) -> Mapping[int, str]:
    """Gap -> the name of the colleague who made it."""
    began = HallGap.history.filter(id__in=[one.pk for one in gaps], history_type="+", history_user__staff__isnull=False)
    return dict(began.values_list("id", "history_user__staff__name"))


def _rows(hall: Hall, halves: Collection[datetime]) -> QuerySet[HallTime, tuple[datetime, int]]:
    within = HallTime.objects.filter(hall=hall, starts_at__gte=min(halves), starts_at__lte=max(halves))
    return within.order_by("pk").values_list("starts_at", "place")


def _calendar_of(hall: Hall, at: datetime) -> Calendar | None:
    """The hours of a hall with holidays and what staff entered for single days; None where nobody wrote any."""
    shelf = read_shelf()
    try:
        return shelf.of_hall(hall.pk, at) or shelf.calendar(HALL, at)
    except UnknownCalendar:
        return None


def _opening(calendar: Calendar, day: date) -> tuple[Window, ...]:
    """A year whose holidays nobody entered yet is taken by the week: what turns out closed is moved then (see Note [Taken away])."""
    try:
        return calendar.windows_of(day)
    except CalendarUnknown:
        return calendar.guessing().windows_of(day)


def _days(first: date, until: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((until - first).days)]
