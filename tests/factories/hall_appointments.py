"""When halls receive by appointment, and who comes."""

from datetime import UTC, datetime, time, timedelta

import factory
from factory.django import DjangoModelFactory

import casework.operations
from accounts.actors import System
from casework.operations import Step
from desk.models import HallAppointment, HallGap, HallPlaces, HallService
from tests.factories.accounts import HallFactory

#: Monday after the day on which tests live, 10:00 in Shanghai.
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
#: Still to come whatever the machine's clock shows: for pages and programs, which read it.
FAR = datetime(2045, 11, 20, 2, 0, tzinfo=UTC)


class HallServiceFactory(DjangoModelFactory):
    """Buying gas takes half an hour."""

    class Meta:
        model = HallService

    hall = factory.SubFactory(HallFactory)
    kind = "top_up"
    minutes = 30


class HallPlacesFactory(DjangoModelFactory):
    """Monday morning, one person at once."""

    class Meta:
        model = HallPlaces

    hall = factory.SubFactory(HallFactory)
    weekday = 0
    opens = time(9)
    closes = time(12)
    places = 1


class HallGapFactory(DjangoModelFactory):
    """Half of Monday's morning."""

    class Meta:
        model = HallGap

    hall = factory.SubFactory(HallFactory)
    starts_at = MONDAY
    ends_at = MONDAY + timedelta(hours=2)
    reason = "Training"


class HallAppointmentFactory(DjangoModelFactory):
    """Somebody comes on Monday at ten. It takes no place: operations do that."""

    class Meta:
        model = HallAppointment

    reference = factory.Sequence(lambda number: f"H{number:08d}")
    code = "BCDF2345"
    hall = factory.SubFactory(HallFactory)
    service = "top_up"
    minutes = 30
    starts_at = MONDAY
    ends_at = factory.LazyAttribute(lambda made: made.starts_at + timedelta(minutes=made.minutes))
    status = "booked"
    channel = "web"
    name = "孙丽"
    phone = "+8613905390121"
    made_at = MONDAY - timedelta(days=4)

    @factory.lazy_attribute
    def timeline(self):
        steps = [Step("hall_appointment.booked", {"kind": "hall_appointment", "hall": self.hall.pk})]
        return casework.operations.open_timeline(kind="hall_appointment", steps=steps, by=System("tests"), at=self.made_at)


def to_come(hall, account):
    """Somebody comes to a hall about an account, whatever the machine's clock shows."""
    return HallAppointmentFactory(hall=hall, account=account, starts_at=FAR)
