"""Who is on duty today and in the coming week: alarms of promises go to whoever is there."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import accounts.operations
from accounts.clock import business_date, business_midnight
from accounts.models import Absence, Duty, Hall, Staff
from accounts.operations.periods import Period
from accounts.roles import Role

from .crews import is_out_at_night
from .opening import is_open, opening_seconds
from .people_at_work import ROSTER
from .places import GOVERNMENT
from .reference import CITY

type Hours = tuple[datetime, datetime]

DAYS = 8
#: Somebody of these, and the crews that are out at night (crews.py), are there day and night; their day begins when the last one's ends.
_ROUND_THE_CLOCK = frozenset({Role.HOTLINE_AGENT, Role.DISPATCHER})
_CHANGE_OF_SHIFT = timedelta(hours=8)
_OFFICE = timedelta(hours=8, minutes=30), timedelta(hours=17, minutes=30)


def fill_roster(at: datetime) -> int:
    """Plan everybody of the demo for today and a week, where nothing is planned for them yet; how many lines it took."""
    today = business_date(at)
    days = [today + timedelta(days=n) for n in range(DAYS)]
    staff = {one.user.username: one for one in Staff.objects.filter(left_at=None).select_related("user", "hall")}
    busy = _busy(days[0], days[-1])
    planned = 0
    for username, _number, _name, _hall, role in ROSTER:
        person = staff.get(username)
        if person is None:
            continue
        for since, until in _hours(role in _ROUND_THE_CLOCK or is_out_at_night(username), person.hall, days):
            if any(since < end and until > start for start, end in busy[person.pk]):
                continue
            period = Period(since=since, until=until)
            accounts.operations.plan_duty(staff=person, hall=person.hall, period=period, by=CITY, at=at)
            planned += 1
    return planned


def _busy(first: date, last: date) -> defaultdict[int, list[Hours]]:
    """By person: when they are on duty or away already."""
    begins, ends = business_midnight(first - timedelta(days=1)), business_midnight(last + timedelta(days=2))
    busy: defaultdict[int, list[Hours]] = defaultdict(list)
    for model in (Duty, Absence):
        for person, start, end in model.objects.filter(starts_at__lt=ends, ends_at__gt=begins).values_list("staff", "starts_at", "ends_at"):
            busy[person].append((start, end))
    return busy


def _hours(is_always: bool, hall: Hall | None, days: list[date]) -> Iterator[Hours]:
    """From when to when somebody works on each of these days: day and night, or in the hours of their hall or office."""
    if is_always:
        for day in (days[0] - timedelta(days=1), *days):
            yield business_midnight(day) + _CHANGE_OF_SHIFT, business_midnight(day) + _CHANGE_OF_SHIFT + timedelta(days=1)
        return
    for day in (day for day in days if is_open(hall.code if hall else GOVERNMENT, day)):
        begins, ends = _opening(hall) if hall else _OFFICE
        yield business_midnight(day) + begins, business_midnight(day) + ends


def _opening(hall: Hall) -> tuple[timedelta, timedelta]:
    windows = opening_seconds(hall.code)
    return timedelta(seconds=windows[0][0]), timedelta(seconds=windows[-1][1])
