"""What a crew does at the door, step by step, and who may."""

from datetime import timedelta

import pytest

import fieldwork.operations
from accounts.roles import Role
from casework.operations import ReasonMissing, StaleRow, WrongMove
from fieldwork.models import Offer, Visit
from fieldwork.operations import NotOnSite, Place, UnknownOutcome
from fieldwork.permissions import Forbidden, NotYourVisit
from sla.models import Clock
from tests.factories.accounts import StaffFactory, TerritoryFactory
from tests.factories.fieldwork import CrewMemberFactory
from tests.fieldwork.conftest import REPORTS, facts, verbs

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def visit(asked, near, yan, now):
    visit = asked()
    fieldwork.operations.offer(visit=visit, crew=near, by=yan.user, at=now)
    return visit


@pytest.fixture
def do(visit, hong, now):
    """``do("arrive", 10)``: Hong's crew does it so many minutes after the offer."""

    def act(verb, minutes=0, **more):
        at = now + minutes * MINUTE
        return getattr(fieldwork.operations, verb)(visit=visit, by=hong.user, at=at, **more)

    return act


@pytest.fixture
def on_site(do, visit):
    do("accept", 1)
    do("set_off", 2)
    do("arrive", 12)
    return visit


class TestAsk:
    def test_the_way_leads_to_the_place_around_where_none_is_known(self, asked, quarter):
        tower = TerritoryFactory(name="7号楼", parent=quarter)
        visit = asked(place=Place(tower))
        assert (visit.latitude, visit.longitude) == (quarter.latitude, quarter.longitude)

    def test_what_the_report_says_counts_first(self, asked, quarter):
        visit = asked(place=Place(quarter, 34.9, 118.1))
        assert (visit.latitude, visit.longitude) == (34.9, 118.1)

    def test_it_stands_on_the_timeline_of_the_case(self, asked):
        visit = asked()
        assert facts(visit, "visit.asked") == {"visit": visit.pk, "purpose": "repair"}

    def test_the_code_at_the_door_is_four_digits(self, asked):
        assert asked().visit_code.isdigit()
        assert len(asked().visit_code) == 4

    def test_who_cannot_help_themselves_goes_first_among_equals(self, asked, account):
        account.customer.is_vulnerable = True
        account.customer.save(update_fields=["is_vulnerable"])
        assert asked(account=account).rank < asked().rank
        assert asked(urgency="urgent").rank < asked(account=account).rank


class TestAtTheDoor:
    def test_the_steps_leave_their_moments(self, on_site, do, now):
        do("made_safe", 15)
        do("restored", 40)
        do("finish", 45, outcome="done")
        visit = Visit.objects.get()
        moments = (visit.accepted_at, visit.set_off_at, visit.arrived_at, visit.made_safe_at, visit.restored_at, visit.ended_at)
        assert moments == tuple(now + minutes * MINUTE for minutes in (1, 2, 12, 15, 40, 45))

    def test_they_stand_on_the_timeline(self, on_site, do, near):
        do("finish", 45, outcome="no_fault")
        assert verbs(on_site)[2:] == ["visit.offer", "visit.accept", "visit.set_off", "visit.arrive", "visit.finish"]
        told = {"visit": on_site.pk, "purpose": "repair", "crew": near.pk, "outcome": "no_fault"}
        assert facts(on_site, "visit.finish") == told

    def test_nobody_at_home_is_an_end(self, on_site, do):
        do("find_nobody", 20)
        assert (on_site.status, on_site.outcome) == ("no_access", "no_access")

    def test_what_is_made_safe_needs_somebody_there(self, do):
        do("accept")
        with pytest.raises(NotOnSite):
            do("made_safe")

    def test_said_twice_counts_once(self, on_site, do, now):
        do("made_safe", 15)
        do("made_safe", 16)
        assert on_site.made_safe_at == now + 15 * MINUTE
        assert verbs(on_site).count("visit.made_safe") == 1

    def test_more_work_needed_means_that_it_is_safe(self, on_site, do, now):
        do("finish", 30, outcome="made_safe")
        assert verbs(on_site)[-2:] == ["visit.made_safe", "visit.finish"]
        assert on_site.made_safe_at == now + 30 * MINUTE

    @pytest.mark.parametrize("outcome", ["", "no_access", "wonderful"])
    def test_the_outcome_is_one_of_ours(self, on_site, do, outcome):
        with pytest.raises(UnknownOutcome):
            do("finish", outcome=outcome)

    def test_nobody_finishes_before_arriving(self, do):
        do("accept")
        with pytest.raises(WrongMove):
            do("finish", outcome="done")


class TestLater:
    def test_what_was_done_without_signal_counts_from_then(self, visit, do, now):
        do("accept", 1)
        do("arrive", 60, happened_at=now + 20 * MINUTE)
        assert visit.arrived_at == now + 20 * MINUTE
        assert facts(visit, "visit.arrive")["happened_at"] == (now + 20 * MINUTE).isoformat()

    def test_the_clock_ends_as_of_then(self, book, asked, near, hong, now):
        visit = asked(urgency="emergency", skill="emergency")
        fieldwork.operations.offer(visit=visit, crew=near, by=REPORTS, at=now)
        fieldwork.operations.accept(visit=visit, by=hong.user, at=now)
        fieldwork.operations.arrive(visit=visit, by=hong.user, at=now + 90 * MINUTE, happened_at=now + 50 * MINUTE)
        clock = Clock.objects.get(promise="T06")
        assert clock.stopped_at == now + 50 * MINUTE
        assert not clock.is_breached(now + 90 * MINUTE)

    @pytest.mark.parametrize(("told", "counts"), [(-30, 12), (5, 12), (500, 60)], ids=["before it all", "out of order", "in the future"])
    def test_a_wrong_clock_cannot_turn_the_order_round(self, on_site, do, now, told, counts):
        do("finish", 60, outcome="done", happened_at=now + told * MINUTE)
        assert on_site.ended_at == now + counts * MINUTE

    def test_who_was_in_the_crew_then_may_say_so(self, visit, do, hong, near, now):
        do("accept", 1)
        hong.crew_memberships.update(until=now + 30 * MINUTE)
        do("arrive", 60, happened_at=now + 20 * MINUTE)
        assert visit.status == "on_site"


class TestGiveBack:
    def test_nobody_has_it_then_and_the_history_stays(self, on_site, do, near):
        do("give_back", 20, reason="needs a crane")
        visit = Visit.objects.get()
        assert (visit.status, visit.crew, visit.accepted_at, visit.arrived_at) == ("asked", None, None, None)
        assert Offer.objects.values_list("crew", "answer", "why").get() == (near.pk, "given_back", "needs a crane")

    def test_it_says_why(self, on_site, do):
        with pytest.raises(ReasonMissing):
            do("give_back", reason=" ")

    def test_the_promise_runs_on(self, book, on_site, do, yan, far, now):
        before = list(Clock.objects.order_by("pk").values_list("promise", "due_at", "stopped_at"))
        do("give_back", 20, reason="flat tyre")
        fieldwork.operations.offer(visit=on_site, crew=far, by=yan.user, at=now + 21 * MINUTE)
        assert list(Clock.objects.order_by("pk").values_list("promise", "due_at", "stopped_at")) == before


class TestWhoMay:
    def test_a_crew_acts_on_its_own_visits_only(self, visit, far, kai, now):
        with pytest.raises(NotYourVisit):
            fieldwork.operations.accept(visit=visit, by=kai.user, at=now)

    def test_whoever_left_the_crew_does_not(self, do, hong, now):
        hong.crew_memberships.update(until=now)
        with pytest.raises(NotYourVisit):
            do("accept", 1)

    def test_a_clerk_in_a_crew_still_lacks_the_role(self, visit, near, now):
        clerk = StaffFactory(roles=[Role.CLERK])
        CrewMemberFactory(crew=near, staff=clerk)
        with pytest.raises(Forbidden):
            fieldwork.operations.accept(visit=visit, by=clerk.user, at=now)

    @pytest.mark.parametrize("verb", ["recall", "cancel"])
    def test_a_crew_does_not_dispatch(self, do, verb):
        with pytest.raises(Forbidden):
            do(verb)

    def test_who_looks_at_an_old_page_is_told_so(self, visit, do, hong, now):
        stale = Visit.objects.get()
        do("accept")
        with pytest.raises(StaleRow):
            fieldwork.operations.accept(visit=stale, by=hong.user, at=now)
