"""How long a connected meter has used nothing, and how long it may until its valve closes: the company's rule, but for days without gas."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from accounts.clock import business_date
from accounts.models import Meter

from ..models import MeterDay
from ..supply_stops import days_of, stops_of
from ..valves import Rules

_DAY = timedelta(days=1)


def rules() -> Rules:
    """The company's settings, as they go to every meter."""
    return Rules(
        low_litres=settings.METER_LOW_LITRES,
        emergency_litres=settings.METER_EMERGENCY_LITRES,
        idle_days=settings.METER_IDLE_DAYS,
        battery_percent=settings.METER_BATTERY_PERCENT,
    )


def rules_of(meter: Meter, *, at: datetime) -> Rules:
    """The same for one meter. Days on which its supply was stopped do not count: it may be idle for so many more.

    While the supply is stopped it does not close for want of use at all; nobody knows how long that will last.
    """
    found, (last_use, _heard) = rules(), _days(meter, at)
    today = business_date(at)
    if not found.idle_days or last_use is None or today - last_use <= _DAY:
        return found
    first = last_use + _DAY
    stops = stops_of(meter.account.premises, since=timezone.make_aware(datetime.combine(first, time.min)))
    if any(stop.ended is None for stop in stops):
        return replace(found, idle_days=0)
    return replace(found, idle_days=found.idle_days + len(days_of(stops, first=first, last=today)))


def idle_days(meter: Meter, *, at: datetime) -> int:
    """How many whole days in a row, up to yesterday or the last one heard of, the meter used nothing; 0 where it never used anything."""
    last_use, last_heard = _days(meter, at)
    return (last_heard - last_use).days if last_use and last_heard else 0


def _days(meter: Meter, at: datetime) -> tuple[date | None, date | None]:
    """The last day before today on which it used gas, and the last one heard of."""
    days = MeterDay.objects.filter(meter=meter, day__lt=business_date(at))
    last_use = days.filter(used_litres__gt=0).aggregate(last=Max("day"))["last"]
    return last_use, days.aggregate(last=Max("day"))["last"]
