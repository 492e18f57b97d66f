"""The demo's complaints: one in every place, none late."""

from datetime import timedelta

import pytest

from accounts.roles import Role
from casework.operations import drain
from complaints.models import Complaint
from desk.city.grievances import bring_grievances
from sla.models import Clock
from tests.factories.accounts import StaffFactory

PEOPLE = {"fang": ("017", Role.CLERK), "xia": ("040", Role.HOTLINE_AGENT), "yu": ("074", Role.COMPLAINT_ROUTER)}


@pytest.fixture
def people(db, hall):
    for username, (number, role) in PEOPLE.items():
        StaffFactory(user__username=username, number=number, hall=hall if username == "fang" else None, roles=[role])


@pytest.mark.parametrize("hours", [0, 13, 48])
def test_every_place_is_there_and_nothing_is_late_whenever_the_demo_begins(book, people, now, hours):
    at = now + timedelta(hours=hours)
    bring_grievances(at)
    for _ in range(6):
        drain(at=at)
    found = Complaint.objects.select_related("case").order_by("case__opened_at")
    places = ["closed", "closed", "answered", "settled", "settled", "investigating", "waiting", "investigating", "received"]
    assert [one.case.status for one in found] == places
    assert {one.major_why for one in found} == {"", "official", "repeated", "injury"}
    assert [clock for clock in Clock.objects.exclude(due_at=None) if (clock.stopped_at or at) > clock.due_at] == []
