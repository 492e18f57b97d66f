"""The dispatchers' board and the page of a visit."""

import pytest

import fieldwork.operations
from accounts.actors import System
from accounts.roles import Role
from fieldwork.models import Offer, Visit
from tests.factories import accounts as people
from tests.factories import fieldwork as field

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispatcher(hall, client, signed_in):
    gang = people.StaffFactory(user__username="gang", name="韩刚", hall=hall, roles=[Role.DISPATCHER])
    return signed_in(client, gang)


@pytest.fixture
def crew():
    member = field.CrewMemberFactory(crew__code="K1", crew__name="抢修一班")
    field.CrewShiftFactory(crew=member.crew)
    field.CrewPositionFactory(crew=member.crew)
    return member.crew


@pytest.fixture
def visit(now):
    return field.VisitFactory(case__subject="Weak flame", asked_at=now)


def page_of(visit):
    return f"/staff/dispatch/visits/{visit.pk}/"


class TestBoard:
    def test_it_shows_visits_crews_and_a_map(self, dispatcher, visit, crew):
        page = dispatcher.get("/staff/dispatch/").content.decode()
        assert all(part in page for part in ("Weak flame", "抢修一班", "<svg", 'class="jobs jobs-wait"'))

    def test_nothing_open_says_so(self, dispatcher):
        assert "Nobody has to be sent" in dispatcher.get("/staff/dispatch/").content.decode()

    @pytest.mark.parametrize(("asked", "is_there"), [("status=asked", True), ("status=offered", False), ("urgency=emergency", False)])
    def test_a_filter_leaves_out_what_does_not_fit(self, dispatcher, visit, asked, is_there):
        assert ("Weak flame" in dispatcher.get(f"/staff/dispatch/?{asked}").content.decode()) == is_there

    @pytest.mark.parametrize("strange", ["status=lost", "page=x", "page=999999", "box=1,2", "box=a,b,c,d", "late=on&skill=magic"])
    def test_a_strange_address_is_no_failure(self, dispatcher, visit, strange):
        assert dispatcher.get(f"/staff/dispatch/?{strange}").status_code == 200

    def test_the_live_part_stands_alone(self, dispatcher, visit):
        part = dispatcher.get("/staff/dispatch/live/").content.decode()
        assert 'id="live"' in part
        assert "<html" not in part

    def test_as_many_statements_for_many_as_for_few(self, dispatcher, crew, now, django_assert_max_num_queries):
        for _ in range(12):
            field.VisitFactory(asked_at=now)
        with django_assert_max_num_queries(30):
            dispatcher.get("/staff/dispatch/")


class TestVisit:
    def test_it_says_who_could_go_and_why(self, dispatcher, visit, crew):
        page = dispatcher.get(page_of(visit)).content.decode()
        assert "抢修一班" in page
        assert "has nothing else to do" in page

    def test_a_crew_is_asked(self, dispatcher, visit, crew):
        dispatcher.post(f"{page_of(visit)}send/", {"crew": "K1", "version": 0})
        assert (Offer.objects.get().crew, Visit.objects.get().status) == (crew, "offered")

    def test_an_old_page_sends_nobody(self, dispatcher, visit, crew):
        answer = dispatcher.post(f"{page_of(visit)}send/", {"crew": "K1", "version": 7}, follow=True)
        assert not Offer.objects.exists()
        assert "Somebody else has just changed this" in answer.content.decode()

    def test_a_page_left_open_for_a_day_sends_nobody_and_shows_what_has_become_of_it(self, dispatcher, visit, crew, now):
        old = dispatcher.get(page_of(visit)).content.decode()
        assert 'name="version" value="0"' in old
        when = {"by": crew.members.get().staff.user, "at": now}
        fieldwork.operations.offer(visit=visit, crew=crew, by=System("tests"), at=now)
        for step in ("accept", "arrive"):
            getattr(fieldwork.operations, step)(visit=visit, **when)
        fieldwork.operations.finish(visit=visit, outcome="done", **when)
        acts = {"send": {"crew": "K1"}, "recall": {"reason": "Old"}, "cancel": {}, "call-in": {"crew": "K1"}}
        for act, sent in acts.items():
            page = dispatcher.post(f"{page_of(visit)}{act}/", {"version": 0, **sent}, follow=True).content.decode()
            assert all(part in page for part in ("Somebody else has just changed this", "This visit has ended."))
        assert (Visit.objects.get().status, Offer.objects.count()) == ("done", 1)

    def test_another_crew_gets_it_instead_and_the_history_stays(self, dispatcher, visit, crew):
        other = field.CrewMemberFactory(crew__code="K2").crew
        field.CrewShiftFactory(crew=other)
        dispatcher.post(f"{page_of(visit)}send/", {"crew": "K1", "version": 0})
        dispatcher.post(f"{page_of(visit)}send/", {"crew": "K2", "version": Visit.objects.get().version})
        assert list(Offer.objects.order_by("pk").values_list("crew__code", "answer")) == [("K1", "recalled"), ("K2", "")]

    def test_it_is_taken_back_with_the_reason(self, dispatcher, visit, crew):
        dispatcher.post(f"{page_of(visit)}send/", {"crew": "K1", "version": 0})
        dispatcher.post(f"{page_of(visit)}recall/", {"version": Visit.objects.get().version, "reason": "Fire elsewhere"})
        assert (Visit.objects.get().status, Offer.objects.get().why) == ("asked", "Fire elsewhere")

    def test_a_crew_at_home_is_called_in_and_asked(self, dispatcher, visit, now):
        home = field.CrewMemberFactory(crew__code="K3").crew
        field.CrewShiftFactory(crew=home, is_on_call=True)
        assert "Call in and ask" in dispatcher.get(page_of(visit)).content.decode()
        dispatcher.post(f"{page_of(visit)}call-in/", {"crew": "K3", "version": 0})
        assert (Offer.objects.get().crew, home.shifts.filter(is_on_call=False).count()) == (home, 1)

    def test_a_crew_that_cannot_be_asked_is_not_called_in_either(self, dispatcher, visit, crew):
        dispatcher.post(f"{page_of(visit)}send/", {"crew": "K1", "version": 0})
        crew.shifts.all().delete()
        page = dispatcher.post(f"{page_of(visit)}call-in/", {"crew": "K1", "version": 1}, follow=True).text
        assert "has the visit already" in page
        assert not crew.shifts.exists()

    def test_nobody_in_time_is_said_with_what_can_be_done(self, dispatcher, now):
        leak = field.VisitFactory(urgency="emergency", skill="emergency", asked_at=now)
        page = dispatcher.get(page_of(leak)).content.decode()
        assert "Nobody can be there in time" in page
        assert "police and fire brigade" in page

    def test_it_is_called_off(self, dispatcher, visit):
        dispatcher.post(f"{page_of(visit)}cancel/", {"version": 0})
        assert Visit.objects.get().status == "cancelled"

    def test_what_does_not_exist_is_not_found(self, dispatcher):
        assert dispatcher.get("/staff/dispatch/visits/99/").status_code == 404
