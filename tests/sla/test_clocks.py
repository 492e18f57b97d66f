"""Clocks listen to the events of their timeline."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import System
from accounts.permissions import Forbidden
from casework.models import Event, Timeline
from casework.operations import Opening, Step, open_case, record
from sla.models import Alarm, CalendarVersion, Clock, Fault, Span
from sla.operations import NothingToMend, mend, settle
from sla.queries import policies
from tests.factories.accounts import StaffFactory
from tests.factories.sla import CalendarVersionFactory, PromiseVersionFactory
from tests.statements import statements

pytestmark = pytest.mark.django_db
BY = System("tests")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def promise(db):
    return PromiseVersionFactory()


@pytest.fixture
def case(promise, fang, now):
    return open_case(opening=Opening(kind="general_request", subject="card", channel="hall"), by=fang.user, at=now)


def happens(case, verb, at, **facts):
    record(timeline_id=case.timeline_id, steps=[Step(verb, facts)], by=BY, at=at)


def moments(clock, **which):
    return dict(Alarm.objects.filter(clock=clock, epoch=clock.epoch, **which).values_list("rung", "fires_at"))


@pytest.fixture
def clock(case):
    return Clock.objects.get()


class TestStart:
    def test_an_event_starts_the_clock_of_its_promise(self, clock, case, fang, now):
        assert (clock.status, clock.started_at, clock.due_at, clock.started_by) == ("running", now, now + DAY, 1)
        assert (clock.owner, clock.hall, clock.kind, clock.segment) == (fang, fang.hall, "general_request", "ordinary")

    def test_its_ladder_is_armed(self, clock, now):
        assert moments(clock) == {"50%": now + 12 * HOUR, "100%": now + DAY}

    def test_the_reasons_are_kept(self, clock):
        assert [step["code"] for step in clock.trace][:3] == ["policy", "calendar", "started"]

    def test_the_timeline_knows_what_is_due_next(self, clock, case, now):
        assert Timeline.objects.get(pk=case.timeline_id).next_due_at == now + DAY

    def test_whoever_has_it_begins_a_span(self, clock, fang):
        assert Span.objects.get(clock=clock, ended_at=None).owner == fang

    def test_what_is_promised_at_once_rings_at_once(self, case, now):
        PromiseVersionFactory(promise__key="T14", starts_on=["complaint.received"], limit="PT0S", ladder=[["100%", "supervisor"]])
        happens(case, "complaint.received", now)
        assert moments(Clock.objects.get(promise="T14")) == {"100%": now}

    def test_each_event_starts_a_clock_of_its_own(self, case, now):
        PromiseVersionFactory(promise__key="T70", starts_on=["case.transferred"], limit="PT5M")
        for hour in (1, 2, 3):
            happens(case, "case.transferred", now + hour * HOUR)
        assert Clock.objects.filter(promise="T70").count() == 3


class TestEnd:
    def test_a_promise_kept_stops_the_clock(self, clock, case, now):
        happens(case, "case.answered", now + HOUR)
        clock.refresh_from_db()
        assert (clock.status, clock.stopped_at, clock.stopped_by, clock.consumed) == ("stopped", now + HOUR, "case.answered", 3600)
        assert not clock.is_breached(now + 9 * DAY)

    def test_alarms_ahead_are_disarmed(self, clock, case, now):
        happens(case, "case.answered", now + HOUR)
        assert set(moments(clock).values()) == {None}

    def test_an_alarm_already_due_still_fires(self, clock, case, now):
        happens(case, "case.answered", now + 13 * HOUR)
        assert moments(clock) == {"50%": now + 12 * HOUR, "100%": None}

    def test_an_end_recorded_late_voids_what_fired_after_it(self, clock, case, now):
        Alarm.objects.filter(rung="50%").update(fired_at=now + 12 * HOUR)
        happens(case, "case.answered", now + HOUR)
        alarm = Alarm.objects.get(rung="50%")
        assert (alarm.void_reason, alarm.fires_at) == ("ended_before", now + 12 * HOUR)

    def test_an_end_at_the_due_moment_keeps_the_promise(self, clock, case, now):
        happens(case, "case.answered", now + DAY)
        clock.refresh_from_db()
        assert not clock.is_breached(now + 2 * DAY)
        assert moments(clock)["100%"] is None

    def test_nothing_is_due_next_any_more(self, clock, case, now):
        happens(case, "case.answered", now + HOUR)
        assert Timeline.objects.get(pk=case.timeline_id).next_due_at is None

    def test_its_span_ends_with_the_working_time_used(self, clock, case, now):
        happens(case, "case.answered", now + HOUR)
        assert Span.objects.get().consumed == 3600

    def test_a_case_withdrawn_takes_its_clocks_along(self, clock, case, now):
        happens(case, "case.cancelled", now + HOUR)
        clock.refresh_from_db()
        assert clock.status == "withdrawn"
        assert not clock.is_breached(now + 9 * DAY)


class TestWait:
    @pytest.fixture
    def paused(self, clock, case, now):
        happens(case, "case.waiting_for_customer", now + HOUR)
        clock.refresh_from_db()
        return clock

    def test_a_paused_clock_is_due_at_no_moment(self, paused):
        assert (paused.status, paused.due_at, paused.consumed) == ("paused", None, 3600)
        assert set(moments(paused).values()) == {None}

    def test_it_goes_on_with_what_is_left(self, paused, case, now):
        happens(case, "case.customer_answered", now + 11 * HOUR)
        paused.refresh_from_db()
        assert paused.due_at == now + DAY + 10 * HOUR
        assert moments(paused) == {"50%": now + 22 * HOUR, "100%": now + 34 * HOUR}

    def test_what_had_rung_does_not_ring_again(self, clock, case, now):
        Alarm.objects.filter(rung="50%").update(fired_at=now + 12 * HOUR)
        happens(case, "case.waiting_for_customer", now + 13 * HOUR)
        happens(case, "case.customer_answered", now + 14 * HOUR)
        assert moments(clock, fired_at=None) == {"100%": now + DAY + HOUR}

    def test_what_rang_before_a_pause_recorded_late_rings_again(self, clock, case, now):
        Alarm.objects.filter(rung="50%").update(fired_at=now + 12 * HOUR)
        happens(case, "case.waiting_for_customer", now + HOUR)
        happens(case, "case.customer_answered", now + 2 * HOUR)
        clock.refresh_from_db()
        assert moments(clock) == {"50%": now + 13 * HOUR, "100%": now + 25 * HOUR}
        assert Alarm.objects.exclude(voided_at=None).get().void_reason == "paused_before"

    def test_the_customer_s_thanks_restart_nothing(self, clock, case, now):
        happens(case, "case.answered", now + HOUR)
        happens(case, "case.customer_answered", now + 2 * HOUR)
        clock.refresh_from_db()
        assert clock.status == "stopped"

    def test_a_safety_clock_waits_for_nobody(self, case, now):
        PromiseVersionFactory(promise__key="T06", starts_on=["leak.reported"], limit="PT1H", is_safety=True, pauses_on=[])
        happens(case, "leak.reported", now)
        happens(case, "case.waiting_for_customer", now + timedelta(minutes=10))
        assert Clock.objects.get(promise="T06").due_at == now + HOUR
        assert set(Alarm.objects.filter(clock__promise="T06").values_list("is_safety", flat=True)) == {True}


class TestHands:
    def test_each_owner_answers_for_their_own_time(self, clock, case, now):
        other = StaffFactory()
        happens(case, "case.accepted", now + HOUR, owner=other.pk, hall=other.hall_id)
        happens(case, "case.answered", now + 3 * HOUR)
        assert list(Span.objects.order_by("pk").values_list("owner", "consumed")) == [(clock.owner_id, 3600), (other.pk, 7200)]

    def test_the_clock_is_in_the_new_hands(self, clock, case, now):
        other = StaffFactory()
        happens(case, "case.accepted", now + HOUR, owner=other.pk, hall=other.hall_id)
        clock.refresh_from_db()
        assert (clock.owner, clock.hall, clock.due_at) == (other, other.hall, now + DAY)


class TestCost:
    def test_an_event_nobody_listens_to_costs_nothing(self, case, now):
        policies.policies_at(now)
        case.timeline.refresh_from_db()
        with CaptureQueriesContext(
            connection,
        ) as seen:
            record(timeline_id=case.timeline_id, steps=[Step("case.noted")], by=BY, at=now, known=case.timeline)
        assert statements(seen) == 2

    def test_starting_a_clock_takes_four_statements(self, promise, fang, now):
        opening = Opening(kind="general_request", subject="card", channel="hall")
        policies.assume_empty()
        with CaptureQueriesContext(connection) as before:
            open_case(opening=opening, by=fang.user, at=now)
        policies.forget()
        policies.policies_at(now)
        with CaptureQueriesContext(connection) as seen:
            open_case(opening=opening, by=fang.user, at=now)
        assert statements(seen) - statements(before) <= 4


class TestFault:
    def test_a_broken_calendar_never_fails_the_event(self, promise, fang, now, caplog):
        PromiseVersionFactory(promise__key="T69", calendar="nowhere")
        CalendarVersion.objects.filter(key="nowhere").delete()
        policies.forget()
        case = open_case(opening=Opening(kind="general_request", subject="leak", channel="hall"), by=fang.user, at=now)
        assert Event.objects.filter(timeline=case.timeline_id, verb="case.opened").exists()
        assert [clock.promise_id for clock in Clock.objects.all()] == ["T15"]
        assert Fault.objects.get().promise == "T69"
        assert "a promise is at fault" in caplog.text

    def test_a_failure_of_ours_never_fails_the_event(self, promise, fang, now, monkeypatch):
        monkeypatch.setattr("sla.operations.listening.keep", lambda **_: 1 / 0)
        case = open_case(opening=Opening(kind="general_request", subject="leak", channel="hall"), by=fang.user, at=now)
        assert Event.objects.filter(timeline=case.timeline_id).exists()
        assert (Clock.objects.count(), Fault.objects.get().kind) == (0, "listen")

    def test_a_promise_that_cannot_be_worked_out_leaves_the_others_alone(self, promise, fang, now):
        PromiseVersionFactory(promise__key="T69", limit="PT99999999H")
        open_case(opening=Opening(kind="general_request", subject="leak", channel="hall"), by=fang.user, at=now)
        assert [clock.promise_id for clock in Clock.objects.all()] == ["T15"]
        assert Fault.objects.get().promise == "T69"

    def test_an_unreadable_promise_leaves_the_others_alone(self, promise, fang, now, caplog):
        broken = PromiseVersionFactory(promise__key="T69")
        type(broken).objects.filter(pk=broken.pk).update(starts_on=["no pattern"])
        policies.forget()
        open_case(opening=Opening(kind="general_request", subject="leak", channel="hall"), by=fang.user, at=now)
        assert [clock.promise_id for clock in Clock.objects.all()] == ["T15"]
        assert policies.policies_at(now).edition.unreadable == ("T69 1",)
        assert "a promise cannot be read" in caplog.text


class TestMend:
    @pytest.fixture
    def fault(self, promise, fang, now):
        PromiseVersionFactory(promise__key="T69", calendar="nowhere")
        CalendarVersion.objects.filter(key="nowhere").delete()
        policies.forget()
        open_case(opening=Opening(kind="general_request", subject="leak", channel="hall"), by=fang.user, at=now)
        return Fault.objects.get()

    def test_once_the_calendar_is_there_the_clock_starts_as_of_then(self, fault, ada, now):
        CalendarVersionFactory(key="nowhere")
        policies.forget()
        assert mend(fault=fault, by=ada.user, at=now + HOUR) is True
        assert Clock.objects.get(promise="T69").started_at == now
        assert (Clock.objects.count(), Fault.objects.open().count()) == (2, 0)

    def test_while_it_is_not_a_new_fault_stands_for_the_old_one(self, fault, ada, now):
        assert mend(fault=fault, by=ada.user, at=now + HOUR) is False
        assert Fault.objects.open().exclude(pk=fault.pk).count() == 1

    def test_a_settled_one_is_not_mended(self, fault, ada, now):
        settle(fault=fault, by=ada.user, at=now)
        fault.refresh_from_db()
        with pytest.raises(NothingToMend):
            mend(fault=fault, by=ada.user, at=now)
        with pytest.raises(NothingToMend):
            settle(fault=fault, by=ada.user, at=now)

    def test_not_by_anybody(self, fault, fang, now):
        with pytest.raises(Forbidden):
            mend(fault=fault, by=fang.user, at=now)
