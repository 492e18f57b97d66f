"""Readings of an account's meters: what is believed, what waits for somebody, and what is usual."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

import accounts.permissions
from accounts.clock import business_date
from accounts.models import Account, Meter, User

from ..bill_lines import Span
from ..models import Bill, Reading
from ..plausibility import Doubt, Known, used_between, usual_a_day
from ..states import BillStatus

_DAY = timedelta(days=1)
#: Sent by the household, which knows the days in which readings are sent; staff read a meter when they are there.
FROM_CUSTOMERS = (Reading.Source.CABINET, Reading.Source.SMS, Reading.Source.API)
_HEATING = (Account.PriceClass.RESIDENT_HEATING,)


def read_meter(account: Account) -> Meter | None:
    """The meter in use whose readings are sent in, if the account has such a one."""
    return Meter.objects.filter(account=account, removed_at__isnull=True, kind=Meter.Kind.MECHANICAL).first()


def standing_readings(account: Account) -> QuerySet[Reading]:
    """Those that are believed, of all meters the account ever had, oldest first."""
    rows = Reading.objects.filter(meter__account=account, meter__kind=Meter.Kind.MECHANICAL, standing=Reading.Standing.ACCEPTED)
    return rows.filter(superseded_by=None).select_related("meter").order_by("day", "meter__installed_at", "pk")


def all_readings(account: Account) -> QuerySet[Reading]:
    """Every reading that was sent, the newest first; what replaced it is ``superseded_by``."""
    rows = Reading.objects.filter(meter__account=account).select_related("meter", "superseded_by")
    return rows.order_by("-day", "-pk")


def doubtful_readings() -> QuerySet[Reading]:
    """Those that wait for somebody, the oldest first."""
    rows = Reading.objects.filter(standing=Reading.Standing.DOUBTFUL, superseded_by=None)
    return rows.select_related("meter__account__customer", "meter__account__premises").order_by("taken_at", "pk")


def reading_for(user: User, key: int, *, at: datetime) -> Reading | None:
    """One reading, for staff who may see its account."""
    visible = accounts.permissions.visible_accounts(user, at).order_by().values("pk")
    return Reading.objects.select_related("meter__account__customer").filter(pk=key, meter__account__in=visible).first()


def spans_of(readings: Sequence[Reading]) -> list[Span]:
    """What meters counted between readings that follow one another; wrong ones (falling) are left out."""
    spans = []
    for before, after in pairwise(readings):
        used = used_between(before.litres, after.litres)
        if before.meter_id == after.meter_id and used >= 0 and after.day > before.day:
            spans.append(Span(before.day + _DAY, after.day + _DAY, used))
    return spans


def known_of(meter: Meter, day: date, *, from_customer: bool) -> Known:
    """What there is to judge a reading of a day by, but for those that it would replace."""
    replaced = set(replaceable(meter, day).values_list("pk", flat=True))
    rows = [row for row in standing_readings(meter.account) if row.meter_id == meter.pk and row.pk not in replaced]
    before = next((row for row in reversed(rows) if row.day < day), None)
    after = next((row for row in rows if row.day > day), None)
    usual = None
    if before:
        heats = meter.account.price_class in _HEATING
        usual = usual_a_day(spans_of([row for row in rows if row.day < day]), before.day + _DAY, day + _DAY, heats=heats)
    return Known(
        before=(before.day, before.litres) if before else None,
        after=(after.day, after.litres) if after else None,
        usual_a_day=usual,
        billed_until=billed_until(meter),
        window=settings.READING_DAYS if from_customer else None,
    )


def billed_until(meter: Meter) -> date | None:
    """The last day of this meter that was billed by a reading which still stands."""
    bills = Bill.objects.filter(reading__meter=meter, reading__superseded_by=None).exclude(status=BillStatus.WITHDRAWN)
    return bills.order_by("-last_day").values_list("last_day", flat=True).first()


def replaceable(meter: Meter, day: date) -> QuerySet[Reading]:
    """What another reading of this day takes the place of: that of the same day, and the household's own of this month, not billed yet."""
    billed = Bill.objects.exclude(status=BillStatus.WITHDRAWN).filter(reading=OuterRef("pk"))
    own = Q(source__in=FROM_CUSTOMERS, day__year=day.year, day__month=day.month, day__lte=day) & ~Exists(billed)
    rows = Reading.objects.filter(meter=meter, superseded_by=None).exclude(standing=Reading.Standing.REJECTED)
    return rows.exclude(doubt=Doubt.STRANGER, standing=Reading.Standing.DOUBTFUL).filter(Q(day=day) | own)


def window_of(day: date) -> tuple[date, date]:
    """The days, first and last, in which readings are sent next (or just now)."""
    first, last = settings.READING_DAYS
    month = day.replace(day=1) if day.day <= last else (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return month.replace(day=first), month.replace(day=last)


def is_window_open(at: datetime) -> bool:
    """Whether customers send readings today."""
    first, last = window_of(business_date(at))
    return first <= business_date(at) <= last
