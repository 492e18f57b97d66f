"""Applications for services: complete, routed by function and territory, a time, done."""

from datetime import time, timedelta

import pytest

from accounts.permissions import Forbidden
from casework.operations import NothingSaid
from complaints.operations import reception_closing, reception_routes, service_applications, service_course
from complaints.operations.service_applications import AskedTwice, give_details
from complaints.operations.triage import NotThen
from complaints.queries.reception_team import specialist_for
from fieldwork.operations import arranging
from notices.models import Message
from tests.complaints.reception import *  # noqa: F403
from tests.complaints.reception import WEB, verbs
from tests.factories import accounts as people
from tests.factories.fieldwork import SlotPlanFactory

pytestmark = pytest.mark.usefixtures("book")


@pytest.fixture
def application(wanted):
    return wanted()


@pytest.fixture
def routed(application, dina, roman, now):
    return service_course.route(application=application, to=dina, by=roman.user, at=now)


def test_it_lies_with_a_router_and_the_client_knows_the_number(application, roman, drained):
    drained()
    assert (application.case.owner, application.case.status) == (roman, "received")
    assert Message.objects.filter(kind="reception_received", address="+8613900139000").exists()


def test_what_is_missing_is_told_at_once_and_once(wanted, roman, now, drained):
    application = wanted(details={})
    service_applications.ask_for_missing(application=application, items=["place", "meter"], note="", by=roman.user, at=now)
    drained()
    assert application.case.status == "waiting"
    assert "address, number of the meter" in Message.objects.get(kind="reception_question").text
    give_details(application=application, details={"place": "Wenfeng 12"}, means="cabinet", by=WEB, at=now)
    assert (application.missing, application.case.status) == (["meter"], "received")
    with pytest.raises(AskedTwice):
        service_applications.ask_for_missing(application=application, items=["owner"], note="", by=roman.user, at=now)


def test_an_incomplete_one_goes_to_nobody(wanted, dina, roman, now):
    application = wanted(details={"place": "Wenfeng 12"})
    with pytest.raises(service_course.Incomplete, match="number of the meter"):
        service_course.route(application=application, to=dina, by=roman.user, at=now)
    give_details(application=application, details={"meter": "G4"}, means="call", by=roman.user, at=now)
    assert service_course.route(application=application, to=dina, by=roman.user, at=now).specialist == dina


def test_empty_details_say_nothing(application):
    with pytest.raises(NothingSaid):
        give_details(
            application=application, details={"meter": " ", "nonsense": "x"}, means="cabinet", by=WEB, at=application.case.opened_at
        )


def test_the_specialist_has_it_agrees_the_time_and_says_when_it_is_done(routed, dina, now, drained):
    service_course.agree(application=routed, agreed_for=now + timedelta(days=1), words="After four.", by=dina.user, at=now)
    service_course.finish(application=routed, words="A new meter.", by=dina.user, at=now + timedelta(days=1, hours=8))
    drained(now + timedelta(days=2))
    assert (routed.case.owner, routed.case.status) == (dina, "done")
    assert [verb for verb in verbs(routed.case) if verb in {"application.routed", "application.time_agreed", "case.resolved"}] == [
        *("application.routed", "application.time_agreed", "case.resolved")
    ]
    assert "After four." in Message.objects.get(kind="service_agreed").text


def test_only_the_specialist_a_deputy_or_a_router_agrees_a_time(routed, fang, roman, now):
    with pytest.raises(Forbidden):
        service_course.agree(application=routed, agreed_for=now + timedelta(days=1), words="", by=fang.user, at=now)
    with pytest.raises(NotThen):
        service_course.agree(application=routed, agreed_for=now, words="", by=roman.user, at=now)


def test_a_clerk_routes_nothing(application, fang, dina, now):
    with pytest.raises(Forbidden):
        service_course.route(application=application, to=dina, by=fang.user, at=now)


def test_a_booked_visit_is_the_agreed_time(wanted, account, hall, dina, roman, now, drained):
    account.premises.territory.service_areas.create(name="north", hall=hall)
    for day in range(7):
        SlotPlanFactory(
            service_area=account.premises.territory.service_areas.get(), purpose="service", weekday=day, opens=time(9), closes=time(11)
        )
    application = wanted(account=account)
    service_course.route(application=application, to=dina, by=roman.user, at=now)
    starts_at = now.replace(hour=1) + timedelta(days=3)
    arranging.arrange(case=application.case, purpose="service", starts_at=starts_at, by=dina.user, at=now)
    drained()
    application.refresh_from_db()
    application.case.refresh_from_db()
    assert (application.agreed_for, application.case.status) == (starts_at, "agreed")
    assert not Message.objects.filter(kind="service_agreed").exists()


def test_rules_say_who_answers_and_a_deputy_stands_in(dina, fang, ada, now):
    reception_routes.keep_route(topic="money", territory=None, to=fang, by=ada.user, at=now)
    assert (specialist_for("money", None, at=now), specialist_for("safety", None, at=now)) == (fang, dina)
    fang.absences.create(deputy=dina, starts_at=now, ends_at=now + timedelta(days=1))
    assert specialist_for("money", None, at=now) == dina


def test_a_rule_for_the_same_topic_and_place_is_replaced(dina, fang, ada, now):
    first = reception_routes.keep_route(topic="money", territory=None, to=fang, by=ada.user, at=now)
    again = reception_routes.keep_route(topic="money", territory=None, to="engineer", by=ada.user, at=now)
    assert (again.pk, again.staff, again.role) == (first.pk, None, "engineer")
    assert specialist_for("money", None, at=now) is None
    reception_routes.drop_route(route=again, by=ada.user, at=now)
    assert specialist_for("money", None, at=now) == dina


def test_rules_are_kept_by_who_may(fang, now):
    with pytest.raises(Forbidden):
        reception_routes.keep_route(topic="", territory=None, to=fang, by=fang.user, at=now)


def test_who_has_fewer_questions_open_is_asked(routed, dina, now):
    other = people.StaffFactory(number="404", hall=None, roles=["direction_specialist"])
    assert specialist_for("meters", None, at=now) == other


def test_what_is_done_and_silent_is_closed_after_a_week(routed, dina, roman, now, settings):
    settings.CLOSE_ANSWERED_DAYS = 7
    service_course.agree(application=routed, agreed_for=now + timedelta(days=1), words="", by=dina.user, at=now)
    service_course.finish(application=routed, words="Done.", by=dina.user, at=now + timedelta(days=1))
    assert reception_closing.close_settled(at=now + timedelta(days=7)) == 0
    assert reception_closing.close_settled(at=now + timedelta(days=9)) == 1
    assert reception_closing.close_settled(at=now + timedelta(days=9)) == 0
