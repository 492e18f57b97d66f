"""What the pages of booking show: the hall and the service that were chosen, and the times that are left, by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from accounts.clock import business_date
from accounts.models import Hall

from ..hall_times import Time
from ..models import HallAppointment, HallService
from .hall_times import bookable_halls, services_of, times_to_choose

type Days = Sequence[tuple[date, Sequence[Time]]]
#: Days that are shown without unfolding anything.
_SOONER = 3


@dataclass(frozen=True)
class Choice:
    """As far as somebody has come: no hall, a hall, or a hall and a service with its times."""

    halls: Sequence[Hall]
    hall: Hall | None = None
    services: Sequence[HallService] = ()
    service: HallService | None = None
    days: Days = ()

    @property
    def sooner(self) -> Days:
        """The first days, which most people choose among."""
        return self.days[:_SOONER]

    @property
    def later(self) -> Days:
        """The days behind a fold."""
        return self.days[_SOONER:]


def choice(hall_code: str, kind: str, at: datetime, *, is_staff: bool = False) -> Choice:
    """For the address of a page; what nobody knows counts as not chosen."""
    halls = list(bookable_halls())
    hall = next((one for one in halls if one.code == hall_code), None)
    if hall is None:
        return Choice(halls)
    services = list(services_of(hall))
    service = next((one for one in services if one.kind == kind), None)
    if service is None:
        return Choice(halls, hall, services)
    return Choice(halls, hall, services, service, by_day(times_to_choose(hall, service.minutes, at, is_staff=is_staff)))


def choice_instead(appointment: HallAppointment, at: datetime, *, is_staff: bool = False) -> Choice:
    """Other times in the same hall, for as long."""
    found = times_to_choose(appointment.hall, appointment.minutes, at, is_staff=is_staff)
    return Choice((), appointment.hall, days=by_day(found))


def by_day(found: Sequence[Time]) -> Days:
    """Times under the days of the operator's calendar."""
    return [(day, list(times)) for day, times in groupby(found, key=lambda one: business_date(one.starts_at))]
