"""When customers of the demo can choose a time: by day in every service area, fewer on Saturday, nobody on New Year's Day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from accounts.clock import business_date
from accounts.models import ServiceArea
from fieldwork.models import VisitPurpose
from fieldwork.operations import slots
from fieldwork.operations.slots import Plan

from .reference import CITY

_MORNING = (time(8, 30), time(10)), (time(10), time(12))
_AFTERNOON = (time(13, 30), time(15, 30)), (time(15, 30), time(17, 30))
_WEEK, _SATURDAY = range(5), (5,)
#: For what, and how many visits at once: as many as the demo's crews and people can make.
_AT_ONCE: Mapping[str, int] = {
    VisitPurpose.REPAIR: 2,
    VisitPurpose.RESTORATION: 1,
    VisitPurpose.INSPECTION: 2,
    VisitPurpose.STEWARD: 1,
    VisitPurpose.SURVEY: 1,
    VisitPurpose.INSTALLATION: 1,
    VisitPurpose.SERVICE: 1,
}


def plan_times(at: datetime) -> None:
    """The weekly times of every service area, and one closed day."""
    for area in ServiceArea.objects.order_by("name"):
        for purpose, capacity in _AT_ONCE.items():
            _plan(area, purpose, _WEEK, (*_MORNING, *_AFTERNOON), capacity, at=at)
            _plan(area, purpose, _SATURDAY, _MORNING, 1, at=at)
    new_year = date(business_date(at).year + 1, 1, 1)
    slots.black_out(service_area=None, days=(new_year, new_year), reason="元旦", by=CITY, at=at)


def _plan(
    area: ServiceArea, purpose: str, weekdays: Sequence[int], windows: Sequence[tuple[time, time]], capacity: int, *, at: datetime
) -> None:
    for opens, closes in windows:
        slots.plan_slots(service_area=area, purpose=purpose, plan=Plan(weekdays, opens, closes, capacity), by=CITY, at=at)
