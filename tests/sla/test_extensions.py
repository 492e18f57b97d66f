"""More time is asked for with a reason, decided by who may, told to the customer, and never given where safety is at stake."""

from datetime import timedelta

import pytest

from accounts.actors import System
from accounts.permissions import Forbidden
from accounts.roles import Role
from casework.models import Event
from casework.operations import Opening, Step, WrongMove, drain, open_case, record
from notices.models import Message
from sla.models import Alarm, Clock, Extension
from sla.operations.extensions import (
    NoMoreTime,
    Wish,
    approve_extension,
    ask_for_time,
    refuse_extension,
    withdraw_extension,
)
from tests.factories.accounts import HallFactory, PhoneFactory, StaffFactory
from tests.factories.sla import PromiseVersionFactory

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FORM = {"is_allowed": True, "times": 1, "share": 100, "approvers": [[50, "supervisor"], [100, "branch_manager"]]}


@pytest.fixture
def rosa(hall):
    return StaffFactory(user__username="rosa", hall=hall, roles=[Role.SUPERVISOR])


@pytest.fixture
def boss(hall):
    return StaffFactory(user__username="boss", hall=hall, roles=[Role.BRANCH_MANAGER])


def begun(clerk, at, account=None, **promise):
    PromiseVersionFactory(**{"extension": FORM, "ladder": [["50%", "owner"], ["100%", "supervisor"]], **promise})
    open_case(opening=Opening(kind="general_request", subject="tap", channel="hall", account=account), by=clerk.user, at=at)
    return Clock.objects.get()


@pytest.fixture
def clock(fang, account, now):
    PhoneFactory(customer=account.customer, number="+8613800138000")
    return begun(fang, now, account)


def ask(clock, clerk, until, at):
    return ask_for_time(clock=clock, wish=Wish(due_at=until, reason="parts", explanation="The valve is on its way"), by=clerk.user, at=at)


@pytest.fixture
def wish(clock, fang, now):
    return ask(clock, fang, now + DAY + 6 * HOUR, now + HOUR)


class TestAsk:
    def test_the_length_says_who_decides(self, clock, fang, now):
        assert ask(clock, fang, now + DAY + 12 * HOUR, now + HOUR).approver_role == "supervisor"

    def test_more_needs_somebody_higher(self, clock, fang, now):
        assert ask(clock, fang, now + DAY + 13 * HOUR, now + HOUR).approver_role == "branch_manager"

    @pytest.mark.parametrize(("hours", "code"), [(49, "too_far"), (24, "not_longer"), (23, "not_longer")])
    def test_it_gives_time_within_the_cap(self, clock, fang, now, hours, code):
        with pytest.raises(NoMoreTime) as refused:
            ask(clock, fang, now + hours * HOUR, now + HOUR)
        assert refused.value.code == code

    def test_the_whole_may_be_capped_instead(self, fang, now):
        clock = begun(fang, now, limit="P3D", extension={**FORM, "share": 0, "total": "P10D"})
        assert ask(clock, fang, now + 10 * DAY, now + HOUR).approver_role == "branch_manager"
        with pytest.raises(NoMoreTime):
            ask(clock, fang, now + 10 * DAY + HOUR, now + HOUR)

    def test_once_broken_it_is_too_late(self, clock, fang, now):
        with pytest.raises(NoMoreTime) as refused:
            ask(clock, fang, now + 2 * DAY, now + DAY + HOUR)
        assert refused.value.code == "too_late"

    def test_safety_is_never_extended(self, fang, now):
        clock = begun(fang, now, is_safety=True, pauses_on=[], extension=FORM)
        with pytest.raises(NoMoreTime) as refused:
            ask(clock, fang, now + DAY + HOUR, now)
        assert refused.value.code == "safety"

    def test_only_where_the_promise_allows_it(self, fang, now):
        with pytest.raises(NoMoreTime):
            ask(begun(fang, now, extension={"is_allowed": False}), fang, now + DAY + HOUR, now)

    def test_one_wish_at_a_time(self, wish, clock, fang, now):
        with pytest.raises(NoMoreTime) as refused:
            ask(clock, fang, now + DAY + 7 * HOUR, now + HOUR)
        assert refused.value.code == "asked"

    def test_those_who_decide_hear_of_it(self, rosa, wish, now):
        while drain(now + 2 * HOUR):
            pass
        assert Message.objects.get(staff=rosa, channel="inbox").kind == "extension_asked"


class TestApprove:
    @pytest.fixture
    def approved(self, wish, rosa, now):
        return approve_extension(extension=wish, by=rosa.user, at=now + 2 * HOUR)

    def test_the_clock_is_due_at_the_new_moment(self, approved, clock, now):
        clock.refresh_from_db()
        assert (clock.due_at, clock.epoch, len(clock.extensions)) == (now + 30 * HOUR, 2, 1)
        assert Alarm.objects.armed().get(clock=clock, rung="100%").fires_at == now + 30 * HOUR

    def test_it_stands_on_the_timeline(self, approved, clock):
        verbs = list(Event.objects.filter(timeline=clock.timeline_id).order_by("seq").values_list("verb", flat=True))
        assert verbs == ["case.opened", "extension.ask", "extension.approve", "case.extended"]

    def test_the_customer_is_told_the_new_moment(self, approved, account, now):
        while drain(now + 3 * HOUR):
            pass
        message = Message.objects.get(kind="promise_extended")
        assert (message.customer, message.channel) == (account.customer, "sms")

    def test_whoever_asked_is_told(self, approved, fang, now):
        while drain(now + 3 * HOUR):
            pass
        assert Message.objects.filter(kind="extension_decided", staff=fang).exists()

    def test_it_is_decided_once(self, approved, boss, now):
        with pytest.raises((WrongMove, NoMoreTime)):
            approve_extension(extension=approved, by=boss.user, at=now + 3 * HOUR)

    def test_as_often_as_the_rules_allow(self, approved, clock, fang, now):
        with pytest.raises(NoMoreTime) as refused:
            ask(clock, fang, now + 40 * HOUR, now + 3 * HOUR)
        assert refused.value.code == "times"

    def test_nobody_decides_about_their_own_wish(self, clock, rosa, now):
        with pytest.raises(Forbidden):
            approve_extension(extension=ask(clock, rosa, now + 25 * HOUR, now), by=rosa.user, at=now)

    def test_the_head_of_another_hall_does_not_decide_here(self, fang, qiang, account, now):
        clock = begun(fang, now, account, extension={**FORM, "approvers": [[100, "hall_head"]]})
        wish = ask(clock, fang, now + 30 * HOUR, now)
        elsewhere = StaffFactory(hall=HallFactory(), roles=[Role.HALL_HEAD])
        with pytest.raises(Forbidden, match="another hall"):
            approve_extension(extension=wish, by=elsewhere.user, at=now)
        assert approve_extension(extension=wish, by=qiang.user, at=now).status == "approved"

    def test_a_long_one_is_not_for_a_supervisor(self, clock, fang, rosa, boss, now):
        wish = ask(clock, fang, now + 47 * HOUR, now)
        with pytest.raises(Forbidden):
            approve_extension(extension=wish, by=rosa.user, at=now)
        assert approve_extension(extension=wish, by=boss.user, at=now).status == "approved"

    def test_not_after_the_limit_has_passed(self, wish, rosa, now):
        with pytest.raises(NoMoreTime) as refused:
            approve_extension(extension=wish, by=rosa.user, at=now + DAY + HOUR)
        assert refused.value.code == "too_late"

    def test_not_after_the_clock_has_ended(self, wish, clock, rosa, fang, now):
        record(timeline_id=clock.timeline_id, steps=[Step("case.answered", {})], by=fang.user, at=now + HOUR)
        with pytest.raises(NoMoreTime) as refused:
            approve_extension(extension=wish, by=rosa.user, at=now + 2 * HOUR)
        assert refused.value.code == "ended"


class TestRefuse:
    def test_the_clock_runs_on(self, wish, clock, rosa, now):
        refuse_extension(extension=wish, decision="Send another crew", by=rosa.user, at=now + 2 * HOUR)
        clock.refresh_from_db()
        assert (clock.due_at, Extension.objects.get().status) == (now + DAY, "refused")

    def test_it_says_why(self, wish, rosa, now):
        with pytest.raises(NoMoreTime):
            refuse_extension(extension=wish, decision=" ", by=rosa.user, at=now)

    def test_it_may_be_withdrawn_and_asked_again(self, wish, clock, fang, now):
        withdraw_extension(extension=wish, by=fang.user, at=now + 2 * HOUR)
        assert ask(clock, fang, now + 25 * HOUR, now + 2 * HOUR).status == "asked"


def test_erasing_a_case_blanks_what_was_written_about_more_time(wish, now):
    record(timeline_id=wish.timeline_id, steps=[Step("case.erased", {"attachments": 0})], by=System("tests"), at=now + HOUR)
    while drain(now + 2 * HOUR):
        pass
    wish.refresh_from_db()
    assert (wish.explanation, wish.reason) == ("", "parts")
