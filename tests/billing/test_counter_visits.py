"""T01 and T02: what a clerk does at a counter starts and stops the promise, and nobody's way out makes it look kept."""

from datetime import timedelta

import pytest

from accounts.actors import System
from accounts.models import Hall
from billing.models import CounterVisit
from billing.operations import counter_visits
from billing.operations.shifts import count_shift
from billing.states import TopUpStatus
from casework.models import Event
from casework.operations import drain
from notices.models import Message
from sla.models import Clock, Escalation
from sla.operations import sweep_alarms
from sla.queries.standings import standings
from tests.factories.accounts import CounterFactory, GasCardFactory
from tests.factories.billing import ShiftFactory
from tests.factories.tills import pay

pytestmark = pytest.mark.usefixtures("book")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
#: "On the spot", as the settings have it.
SPOT = 15 * MINUTE


@pytest.fixture
def visit(account, shift, fang, now):
    """Olive's card was read."""
    return counter_visits.begin(account=account, shift=shift, by=fang.user, at=now)


@pytest.fixture
def bought(account, shift, fang):
    """``bought(at, status)``: Olive paid at the counter; so stands the order."""

    def buy(at, status=TopUpStatus.WRITTEN):
        top_up = pay(account, shift, at=at, litres=20_000, status=status).top_up
        counter_visits.follow_sale(top_up=top_up, shift=shift, by=fang.user, at=at)
        return top_up

    return buy


def written(top_up, shift, at):
    type(top_up).objects.filter(pk=top_up.pk).update(status=TopUpStatus.WRITTEN)
    top_up.refresh_from_db()
    counter_visits.follow_write(top_up=top_up, shift=shift, by=shift.clerk.user, at=at)


def stands(visit, at):
    """How the visit ended, and how its promise stands."""
    visit.refresh_from_db()
    return visit.status, [one.state for one in standings(visit.timeline_id, at=at)]


@pytest.mark.parametrize(("kind", "promise", "verb"), [("company", "T01", "visit.papers_handed_in"), ("government", "T02", "visit.called")])
def test_a_visit_starts_the_promise_of_its_kind_of_hall(account, shift, fang, now, kind, promise, verb):
    Hall.objects.update(kind=kind)
    shift.counter.hall.refresh_from_db()
    visit = counter_visits.begin(account=account, shift=shift, by=fang.user, at=now)
    clock = Clock.objects.get(timeline=visit.timeline)
    assert (clock.promise_id, clock.event, clock.due_at, clock.owner, clock.hall) == (promise, verb, now + SPOT, fang, shift.counter.hall)


def test_the_same_customer_again_is_the_same_visit(visit, account, shift, fang, now):
    assert counter_visits.begin(account=account, shift=shift, by=fang.user, at=now + MINUTE) == visit


def test_a_written_card_is_handed_back_and_the_promise_kept(visit, bought, now):
    top_up = bought(now + 3 * MINUTE)
    assert stands(visit, now + DAY) == ("handed_back", ["kept"])
    assert (visit.top_up, visit.ended_at) == (top_up, now + 3 * MINUTE)


def test_papers_in_a_government_hall_are_noted_and_end_nothing(account, shift, fang, now):
    Hall.objects.update(kind=Hall.Kind.GOVERNMENT)
    shift.counter.hall.refresh_from_db()
    counter_visits.note_papers(account=account, shift=shift, queue_number="A017", by=fang.user, at=now)
    assert list(Event.objects.filter(verb__startswith="visit.").order_by("seq").values_list("verb", flat=True)) == [
        "visit.called",
        "visit.papers_handed_in",
    ]
    assert Clock.objects.get().promise_id == "T02"


@pytest.mark.parametrize(("status", "promises"), [(TopUpStatus.WRITTEN, []), (TopUpStatus.FAILED, ["T01"])])
def test_a_sale_nobody_began_a_visit_for_is_timed_only_where_the_card_is_still_to_be_written(bought, now, status, promises):
    bought(now, status)
    assert list(Clock.objects.values_list("promise", flat=True)) == promises


class TestWaysOut:
    @pytest.mark.parametrize("status", [TopUpStatus.FAILED, TopUpStatus.UNKNOWN])
    def test_what_is_paid_and_not_written_waits_until_it_is(self, visit, bought, account, shift, fang, now, status):
        top_up = bought(now + MINUTE, status)
        counter_visits.leave(account=account, shift=shift, because="gone", by=fang.user, at=now + 2 * MINUTE)
        assert stands(visit, now + 2 * MINUTE) == ("open", ["running"])
        written(top_up, shift, now + 9 * MINUTE)
        assert stands(visit, now + DAY) == ("handed_back", ["kept"])

    def test_written_too_late_is_broken(self, visit, bought, shift, now):
        written(bought(now + MINUTE, TopUpStatus.FAILED), shift, now + SPOT + MINUTE)
        assert stands(visit, now + DAY) == ("handed_back", ["missed"])

    def test_the_next_counter_of_the_hall_may_write_it(self, visit, bought, shift, now):
        other = ShiftFactory(counter=CounterFactory(hall=shift.counter.hall, number=2), float_amount=0)
        written(bought(now + MINUTE, TopUpStatus.FAILED), other, now + 5 * MINUTE)
        assert stands(visit, now + DAY) == ("handed_back", ["kept"])

    @pytest.mark.parametrize(("after", "ended"), [(SPOT - MINUTE, ("left", ["withdrawn"])), (SPOT + MINUTE, ("unserved", ["missed"]))])
    def test_leaving_without_a_purchase_withdraws_a_promise_that_is_not_broken_yet(self, visit, account, shift, fang, now, after, ended):
        counter_visits.leave(account=account, shift=shift, because="gone", by=fang.user, at=now + after)
        assert stands(visit, now + DAY) == ended

    def test_the_next_customer_ends_the_visit_of_the_last_but_not_of_who_paid(self, visit, bought, neighbour, shift, fang, now):
        bought(now + MINUTE, TopUpStatus.FAILED)
        second = counter_visits.begin(account=neighbour, shift=shift, by=fang.user, at=now + 2 * MINUTE)
        third = counter_visits.begin(account=GasCardFactory().account, shift=shift, by=fang.user, at=now + 3 * MINUTE)
        assert [stands(one, now + 3 * MINUTE)[0] for one in (visit, second, third)] == ["open", "left", "open"]

    def test_whose_till_is_counted_serves_nobody_any_more(self, visit, shift, now):
        count_shift(shift=shift, counted={10_000: 5}, reason="", at=now + MINUTE)
        assert stands(visit, now + DAY) == ("left", ["withdrawn"])


class TestForgotten:
    def test_a_page_left_open_rings_with_the_head_of_the_hall(self, visit, qiang, now):
        sweep_alarms(at=now + SPOT + MINUTE, by=System("sentry@test"))
        while drain(now + SPOT + 2 * MINUTE):
            pass
        assert list(Escalation.objects.get().told.all()) == [qiang]
        message = Message.objects.get(channel="inbox")
        assert visit.reference in message.subject
        assert message.link == f"/staff/counter-visits/{visit.reference}/"

    def test_it_ends_the_day_after_as_broken(self, visit, now):
        assert counter_visits.end_forgotten(at=now + 2 * SPOT) == 0  # the clerk is still there
        assert counter_visits.end_forgotten(at=now + DAY) == 1
        assert stands(visit, now + DAY) == ("unserved", ["missed"])

    def test_while_its_promise_can_be_kept_it_is_left_alone(self, account, shift, fang, now):
        closing = now.replace(hour=9, minute=25)  # the hall closes at 17:30 in Shanghai, and opens at 8:30
        visit = counter_visits.begin(account=account, shift=shift, by=fang.user, at=closing)
        assert counter_visits.end_forgotten(at=closing + DAY / 2) == 0
        assert counter_visits.end_forgotten(at=closing + DAY) == 1
        assert stands(visit, closing + DAY) == ("unserved", ["missed"])

    def test_a_card_never_written_ends_broken_too(self, visit, bought, shift, now):
        bought(now + MINUTE, TopUpStatus.UNKNOWN)
        count_shift(shift=shift, counted={10_000: 5}, reason="more", at=now + MINUTE)
        assert CounterVisit.objects.get().is_open
        assert counter_visits.end_forgotten(at=now + SPOT + MINUTE) == 1
        assert stands(visit, now + DAY) == ("unserved", ["missed"])
