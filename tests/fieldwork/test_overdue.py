"""The time agreed has passed and nobody is there: the customer hears of it in that minute, once."""

from datetime import timedelta

import pytest

import fieldwork.operations
from casework.queries.stories import story_for_customer
from fieldwork.models import Booking, Visit
from fieldwork.operations import appointments, overdue
from fieldwork.operations.overdue import note_overdue
from notices.models import Message
from sla.models import Clock
from tests.fieldwork.conftest import at_hour, verbs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("area")]
MINUTE = timedelta(minutes=1)
PASSED = at_hour(16) + MINUTE


@pytest.fixture
def agreed(asked, fang, now):
    """From two to four today."""
    visit = asked(contact_phone="+8613900000099")
    appointments.agree(case=visit.case, starts_at=at_hour(14), by=fang.user, at=now)
    visit.refresh_from_db()
    return visit


def letters():
    return list(Message.objects.exclude(kind="appointment_agreed").filter(kind__startswith="appointment").values_list("kind", flat=True))


def test_it_is_told_once_and_the_time_still_stands(agreed, carry_out):
    assert [note_overdue(at=at) for at in (at_hour(16), PASSED, PASSED + MINUTE)] == [0, 1, 0]
    carry_out(PASSED)
    assert letters() == ["appointment_late"]
    assert "between 14:00 and 16:00" in Message.objects.get(kind="appointment_late").text
    assert (verbs(agreed).count("appointment.late"), Booking.objects.get().released_at) == (1, None)
    assert "we are not there yet" in story_for_customer(agreed.case)[-1].text


def test_a_crew_that_is_at_the_door_is_not_late(agreed):
    Visit.objects.update(arrived_at=at_hour(15))
    assert note_overdue(at=PASSED) == 0


def test_whoever_came_before_the_letter_was_written_spares_it(agreed, carry_out):
    note_overdue(at=PASSED)
    Visit.objects.update(arrived_at=PASSED)
    carry_out(PASSED)
    assert letters() == []


def test_who_heard_that_we_are_late_is_not_told_again_that_we_did_not_come(agreed, fang, carry_out):
    note_overdue(at=PASSED)
    appointments.cancel(case=agreed.case, by=fang.user, at=PASSED + MINUTE)
    carry_out(PASSED + MINUTE)
    assert Booking.objects.get().release_reason == "missed"
    assert letters() == []


def test_a_crew_on_its_way_is_named(agreed, near, yan, hong, carry_out):
    fieldwork.operations.offer(visit=agreed, crew=near, by=yan.user, at=at_hour(15))
    for step in ("accept", "set_off"):
        getattr(fieldwork.operations, step)(visit=agreed, by=hong.user, at=at_hour(15))
    note_overdue(at=PASSED)
    carry_out(PASSED)
    assert "on its way" in Message.objects.get(kind="appointment_late").text


@pytest.mark.usefixtures("book")
def test_a_phone_without_signal_may_still_say_that_it_was_there_in_time(agreed, near, yan, hong, now):
    fieldwork.operations.offer(visit=agreed, crew=near, by=yan.user, at=at_hour(15))
    fieldwork.operations.accept(visit=agreed, by=hong.user, at=at_hour(15))
    note_overdue(at=PASSED)
    agreed.refresh_from_db()
    fieldwork.operations.arrive(visit=agreed, by=hong.user, at=at_hour(17), happened_at=at_hour(15) + MINUTE)
    assert Booking.objects.get().release_reason == "kept"
    assert not Clock.objects.get(promise="H02").is_breached(at_hour(17))


def test_one_that_cannot_be_told_holds_up_no_other(agreed, asked, area, fang, now, monkeypatch):
    area.slot_plans.update(capacity=2)
    other = asked(contact_phone="+8613900000098")
    appointments.agree(case=other.case, starts_at=at_hour(14), by=fang.user, at=now)
    facts_of = overdue.bookings.facts_of
    monkeypatch.setattr(overdue.bookings, "facts_of", lambda booking, visit: 1 / 0 if visit.pk == agreed.pk else facts_of(booking, visit))
    assert [note_overdue(at=PASSED, limit=1) for _run in range(2)] == [1, 0]
