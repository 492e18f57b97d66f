"""The applicant chooses when somebody comes; what was made ends its stage, and a survey says what it means for the drawings."""

import io
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from PIL import Image

import fieldwork.operations
from accounts.actors import System
from accounts.models import ServiceArea
from accounts.roles import Role
from casework.permissions import VISITOR
from connections.models import Application
from connections.operations import papers, stewards, visits
from connections.queries import visits as reads
from connections.states import StageStatus
from fieldwork.models import Booking, Visit
from fieldwork.operations import appointments
from fieldwork.operations.appointments import NotToBeBooked, SlotTaken
from fieldwork.operations.arranging import ask_and_agree
from fieldwork.operations.booked_visits import offer_booked
from notices.models import Message
from sla.models import Clock
from tests.factories.accounts import ServiceAreaFactory, StaffFactory, TerritoryFactory
from tests.factories.fieldwork import SlotPlanFactory, crew_out

pytestmark = pytest.mark.usefixtures("book")
BY = System("tests")
HOUR = timedelta(hours=1)


def on_monday(hour):
    return datetime(2026, 11, 23, hour, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def planned(hall):
    """A quarter whose surveys can be booked twice on Mondays, one at a time."""
    quarter, area = TerritoryFactory(name="开元名都"), ServiceAreaFactory(name="north", hall=hall)
    area.territories.add(quarter)
    for opens, closes in ((time(9), time(11)), (time(14), time(16))):
        SlotPlanFactory(service_area=area, purpose="survey", weekday=0, opens=opens, closes=closes, capacity=1)
    return quarter


@pytest.fixture
def application(planned, applied, steward):
    """Of somebody whose quarter we know."""
    known = applied()
    Application.objects.filter(pk=known.pk).update(territory=planned)
    return fresh(known)


def fresh(application):
    return Application.objects.select_related("territory", "case__timeline").get(pk=application.pk)


def facts(application, verb):
    return [event.facts for event in application.case.timeline.events.filter(verb=verb).order_by("seq")]


def a_picture(at):
    """Other bytes at another time."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (at.hour, 0, 0)).save(out, "PNG")
    return out.getvalue()


def choose(application, now, hour=9):
    return visits.book(application=application, purpose="survey", starts_at=on_monday(hour), by=VISITOR, at=now)


def test_a_stage_that_a_visit_ends_can_be_booked_also_before_its_turn(application):
    assert reads.bookable(application) == ["survey"]


def test_the_applicant_books_a_real_slot_and_the_steward_hears(application, now, drained, steward):
    booking = choose(application, now)
    drained()
    assert (booking.purpose, booking.starts_at, booking.visit.skill) == ("survey", on_monday(9), "survey")
    assert facts(application, "connection.survey_agreed") == [{"drawing": "missing", "survey_at": booking.starts_at.isoformat()}]
    assert Message.objects.filter(kind="connection_time", staff=steward, channel="inbox").count() == 1
    assert reads.bookable(fresh(application)) == []


def test_the_last_place_is_taken_once(application, applied, planned, now):
    other = applied(name="王五", phone="+8613900139001")
    Application.objects.filter(pk=other.pk).update(territory=planned)
    choose(application, now)
    with pytest.raises(SlotTaken):
        choose(fresh(other), now)
    assert not Visit.objects.filter(case=other.pk).exists()


def test_nobody_is_asked_twice(application, now):
    choose(application, now)
    with pytest.raises(NotToBeBooked):
        choose(fresh(application), now, hour=14)


def test_a_moved_survey_is_told_as_another_one(application, now, drained):
    choose(application, now)
    drained()
    appointments.move(case=fresh(application).case, starts_at=on_monday(14), by=VISITOR, at=now)
    drained()
    assert len(facts(application, "connection.survey_moved")) == 1
    assert [one["survey_at"] for one in facts(application, "connection.survey_agreed")][1:] == [
        Booking.objects.standing().get().starts_at.isoformat()
    ]


def test_a_survey_given_up_holds_no_longer(application, now, drained):
    choose(application, now)
    drained()
    appointments.cancel(case=fresh(application).case, by=VISITOR, at=now)
    drained()
    assert (len(facts(application, "connection.survey_agreed")), len(facts(application, "connection.survey_moved"))) == (1, 1)


def test_the_time_agreed_is_a_promise_and_a_missed_one_is_broken(application, now):
    visits.book(application=application, purpose="survey", starts_at=on_monday(9), by=VISITOR, at=now)
    clock = Clock.objects.get(promise="H02")
    assert (clock.status, clock.due_at) == ("running", on_monday(11))
    assert clock.is_breached(on_monday(11) + timedelta(minutes=1))


def test_by_phone_the_steward_has_it_at_once(applied, steward):
    applied(channel="phone", by=BY)
    clock = Clock.objects.get(promise="T18")
    assert (clock.status, clock.owner, clock.stopped_at == clock.started_at) == ("stopped", steward, True)


def test_the_drawing_is_due_at_the_survey(application, now, drained):
    choose(application, now)
    drained()
    clock = Clock.objects.get(promise="T22")
    assert (clock.status, clock.due_at) == ("running", on_monday(9))
    appointments.cancel(case=fresh(application).case, by=VISITOR, at=now)
    drained()
    clock.refresh_from_db()
    assert clock.status == "withdrawn"


def hand_in_drawing(application, at):
    drawing = application.papers.select_related("row").get(key="drawing")
    drawing.application = application
    papers.hand_in(paper=drawing, file=ContentFile(a_picture(at), name="plan.png"), by=VISITOR, at=at)
    drawing.refresh_from_db()
    return drawing


def test_a_drawing_that_cannot_be_used_is_missing_at_the_survey_again(application, now, drained, steward):
    choose(application, now)
    drained()
    drawing = hand_in_drawing(application, now + HOUR)
    papers.reject(paper=drawing, seen=drawing.version, reason="Of another house.", by=steward.user, at=now + 2 * HOUR)
    kept, again = Clock.objects.filter(promise="T22").order_by("started_at")
    assert (kept.status, again.status, again.due_at) == ("stopped", "running", on_monday(9))
    hand_in_drawing(application, now + 3 * HOUR)
    again.refresh_from_db()
    assert again.status == "stopped"
    assert application.papers.get(key="drawing").due_at == on_monday(9)


def test_after_the_survey_a_drawing_that_cannot_be_used_starts_no_promise(application, now, drained, steward):
    choose(application, now)
    drained()
    drawing, late = hand_in_drawing(application, now + HOUR), on_monday(12)
    papers.reject(paper=drawing, seen=drawing.version, reason="Of another house.", by=steward.user, at=late)
    assert [clock.status for clock in Clock.objects.filter(promise="T22")] == ["stopped"]


def test_a_stewards_visit_goes_over_with_the_application_and_the_time_stays(application, planned, steward, hall, now, drained):
    SlotPlanFactory(service_area=ServiceArea.objects.get(), purpose="steward", weekday=0, opens=time(9), closes=time(11))
    ask_and_agree(case=application.case, purpose="steward", ground=planned, starts_at=on_monday(9), by=steward.user, at=now)
    other = StaffFactory(user__username="lan", number="302", hall=hall, roles=[Role.STEWARD])
    stewards.hand_over(application=fresh(application), to=other, note="Go on.", by=steward.user, at=now)
    drained()
    offer_booked(at=on_monday(7))
    visit = Visit.objects.select_related("crew").get()
    assert [member.staff for member in visit.crew.members.all()] == [other]
    assert Booking.objects.standing().get().starts_at == on_monday(9)
    assert not Message.objects.filter(kind="appointment_moved").exists()


def test_a_survey_that_was_made_ends_its_stage(application, now, drained):
    crew = crew_out(StaffFactory(user__username="kai", roles=[Role.CREW]), code="K1", name="勘查", at=(34.85, 118.05))
    who, there = crew.members.get().staff.user, on_monday(9) + timedelta(minutes=30)
    visit = choose(application, now).visit
    fieldwork.operations.offer(visit=visit, crew=crew, by=BY, at=there)
    for step in (fieldwork.operations.accept, fieldwork.operations.arrive):
        step(visit=visit, by=who, at=there)
    fieldwork.operations.finish(visit=visit, outcome="done", by=who, at=there)
    drained(there)
    assert application.stages.get(key="survey").status == StageStatus.DONE
