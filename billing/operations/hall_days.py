"""Close the books of a hall for a day: every till signed, the totals fixed."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import accounts.permissions
from accounts.clock import business_date
from accounts.models import Hall, Staff
from accounts.roles import Verb

from ..models import HallDay
from ..queries.shifts import shifts_of_day
from ..queries.takings import day_totals
from ..states import ShiftStatus
from .shifts import OtherHall, ShiftRefused


class FutureDay(ShiftRefused):
    """The day has not come yet."""

    code = "future_day"

    def __init__(self) -> None:
        super().__init__(_("This day has not come yet."))


class TillsStillOpen(ShiftRefused):
    """Some shifts of the day are not closed."""

    code = "tills_still_open"

    def __init__(self, count: int) -> None:
        self.count = count
        sentence = ngettext("%(count)s shift of this day is not closed yet.", "%(count)s shifts of this day are not closed yet.", count)
        super().__init__(sentence % {"count": count})


@transaction.atomic
def close_hall_day(*, hall: Hall, day: date, staff: Staff, at: datetime) -> HallDay:
    """Fix the day's totals. After it no shift opens in this hall on that day; a repeated call gives the same day.

    Raises Forbidden, OtherHall, FutureDay, TillsStillOpen.
    """
    accounts.permissions.check_verb(staff.user, Verb.CLOSE_HALL_DAY, at=at)
    if staff.hall_id not in {None, hall.pk}:
        raise OtherHall
    if day > business_date(at):
        raise FutureDay
    # Opening a shift takes the same lock: no till appears between the look and the close.
    Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
    closed = HallDay.objects.filter(hall=hall, day=day).first()
    if closed:
        return closed
    still_open = shifts_of_day(hall, day).exclude(status=ShiftStatus.CLOSED).count()
    if still_open:
        raise TillsStillOpen(still_open)
    return HallDay.objects.create(hall=hall, day=day, totals=day_totals(hall, day), closed_at=at, closed_by=staff)
