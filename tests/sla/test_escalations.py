"""What a fired alarm leads to: people told, a step on the timeline, the next ring, and nothing twice."""

from datetime import timedelta

import pytest

from accounts.actors import System
from accounts.roles import Role
from casework.models import Effect, Event
from casework.operations import Opening, Step, drain, open_case, record
from casework.queries import story_for_staff
from notices.models import Message
from notices.operations import deliver
from sla.models import Alarm, Clock, Escalation, Fault
from sla.operations import NothingToAcknowledge, acknowledge, sweep_alarms
from tests.factories.accounts import AbsenceFactory, DutyFactory, RoleGrantFactory, StaffFactory
from tests.factories.sla import PromiseVersionFactory

pytestmark = pytest.mark.django_db
BY = System("sentry@test")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def rosa(hall):
    """The supervisor of the hall."""
    return StaffFactory(user__username="rosa", number="050", hall=hall, roles=[Role.SUPERVISOR])


@pytest.fixture
def case(rosa, fang, now):
    PromiseVersionFactory(ladder=[["50%", "owner"], ["100%", "supervisor"]])
    return open_case(opening=Opening(kind="general_request", subject="card", channel="hall"), by=fang.user, at=now)


def time_passes(until):
    sweep_alarms(at=until, by=BY)
    while drain(until + timedelta(seconds=5)):
        pass


def happens(case, verb, at, **facts):
    record(timeline_id=case.timeline_id, steps=[Step(verb, facts)], by=BY, at=at)


def told():
    return {rung: list(people.values_list("user__username", flat=True)) for rung, people in _told()}


def _told():
    return [(one.alarm.rung, one.told) for one in Escalation.objects.filter(overtaken_by=None).order_by("pk")]


class TestTell:
    def test_each_rung_goes_to_its_role(self, case, now):
        time_passes(now + 12 * HOUR)
        time_passes(now + DAY)
        assert told() == {"50%": ["fang"], "100%": ["rosa"]}

    def test_it_stands_on_the_timeline(self, case, now):
        time_passes(now + 12 * HOUR)
        event = Event.objects.get(verb="case.escalated")
        assert (event.facts["promise"], event.facts["rung"], event.facts["to_role"]) == ("T15", "50%", "owner")

    def test_a_word_is_owed_with_the_case_and_the_promise(self, case, now):
        time_passes(now + 12 * HOUR)
        message = Message.objects.get(channel="inbox")
        assert case.reference in message.subject
        assert "T15" in message.text

    def test_the_letter_and_the_timeline_say_in_words_how_far_it_is(self, case, now):
        time_passes(now + 12 * HOUR)
        assert "half of the time is used up" in Message.objects.get(channel="inbox").text
        told = [line.text for line in story_for_staff(case)]
        assert any("half of the time is used up" in text for text in told)
        assert not any("50%" in text for text in [*told, Message.objects.get(channel="inbox").text])

    def test_the_effect_is_ticked_off(self, case, now):
        time_passes(now + DAY)
        assert not Effect.objects.owed().exists()

    def test_a_safety_alarm_passes_quiet_hours(self, case, now):
        PromiseVersionFactory(promise__key="T06", starts_on=["leak.reported"], limit="PT1H", is_safety=True, pauses_on=[])
        happens(case, "leak.reported", now)
        time_passes(now + HOUR)
        assert set(Message.objects.filter(key__contains="alarm").values_list("is_safety", flat=True)) == {True}

    def test_after_a_standstill_one_notice_not_one_per_rung(self, case, now):
        time_passes(now + 2 * DAY)
        assert told() == {"100%": ["rosa"]}
        overtaken = Escalation.objects.get(alarm__rung="50%")
        assert overtaken.overtaken_by.rung == "100%"
        assert Event.objects.filter(verb="case.escalated").count() == 1

    def test_what_ended_meanwhile_demands_nothing(self, case, now):
        sweep_alarms(at=now + 12 * HOUR, by=BY)
        happens(case, "case.answered", now + 12 * HOUR + timedelta(seconds=1))
        time_passes(now + 12 * HOUR + timedelta(seconds=2))
        assert not Escalation.objects.exists()

    def test_what_was_voided_meanwhile_demands_nothing(self, case, now):
        sweep_alarms(at=now + 12 * HOUR, by=BY)
        happens(case, "case.waiting_for_customer", now + HOUR)
        time_passes(now + 13 * HOUR)
        assert not Escalation.objects.exists()


class TestRoster:
    def test_the_absent_are_skipped_for_their_deputies(self, case, rosa, now):
        deputy = StaffFactory(user__username="dora", hall=rosa.hall)
        AbsenceFactory(staff=rosa, deputy=deputy, starts_at=now, ends_at=now + 9 * DAY)
        time_passes(now + DAY)
        assert told() == {"100%": ["dora"]}

    def test_whoever_is_on_duty_comes_first(self, case, rosa, now):
        other = StaffFactory(user__username="otto", hall=rosa.hall, roles=[Role.SUPERVISOR])
        DutyFactory(staff=other, starts_at=now + 20 * HOUR)
        time_passes(now + DAY)
        assert told() == {"100%": ["otto"]}

    def test_an_alarm_reaches_somebody(self, case, rosa, ada, now):
        rosa.grants.update(until=now)
        time_passes(now + DAY)
        assert told() == {"100%": ["ada"]}

    def test_nobody_to_tell_is_a_fault(self, case, rosa, now, caplog):
        rosa.grants.update(until=now)
        time_passes(now + DAY)
        assert Fault.objects.get().error == "NobodyToTell"
        assert "nobody to tell" in caplog.text
        assert Escalation.objects.filter(overtaken_by=None).exists()


class TestNag:
    def test_what_is_broken_rings_until_somebody_takes_it_up(self, case, now, settings):
        time_passes(now + DAY)
        for minutes in (30, 60, 120):
            time_passes(now + DAY + timedelta(minutes=minutes + 1))
        assert list(Escalation.objects.filter(alarm__rung__contains=".").values_list("alarm__rung", flat=True)) == ["100%.2", "100%.3"]

    def test_a_warning_does_not_nag(self, case, now):
        time_passes(now + 12 * HOUR)
        assert not Alarm.objects.filter(rung__contains=".").exists()

    def test_once_taken_up_it_is_silent(self, case, rosa, now):
        time_passes(now + DAY)
        acknowledge(escalation=Escalation.objects.get(alarm__rung="100%"), by=rosa.user, at=now + DAY + HOUR / 4)
        time_passes(now + 2 * DAY)
        assert not Escalation.objects.filter(alarm__rung__contains=".").exists()
        assert not Escalation.objects.waiting().exists()

    def test_it_is_taken_up_once(self, case, rosa, now):
        time_passes(now + DAY)
        escalation = Escalation.objects.get(alarm__rung="100%")
        acknowledge(escalation=escalation, by=rosa.user, at=now + DAY)
        with pytest.raises(NothingToAcknowledge):
            acknowledge(escalation=escalation, by=rosa.user, at=now + DAY)
        assert Event.objects.filter(verb="case.acknowledged").count() == 1

    def test_an_end_silences_it(self, case, now):
        time_passes(now + DAY)
        happens(case, "case.answered", now + DAY + timedelta(minutes=1))
        time_passes(now + 2 * DAY)
        assert not Escalation.objects.filter(alarm__rung__contains=".").exists()
        assert Clock.objects.get().is_breached(now)

    def test_a_nag_that_fired_before_it_was_taken_up_says_nothing(self, case, rosa, now):
        time_passes(now + DAY)
        sweep_alarms(at=now + DAY + HOUR, by=BY)
        acknowledge(escalation=Escalation.objects.get(alarm__rung="100%"), by=rosa.user, at=now + DAY + HOUR)
        time_passes(now + DAY + HOUR)
        assert not Escalation.objects.filter(alarm__rung__contains=".").exists()


def test_an_escalation_begins_what_is_promised_about_escalations(case, now):
    PromiseVersionFactory(
        promise__key="T79", starts_on=["case.escalated?rung=50%"], selects={"channel": ["hall"]}, stops_on=["case.acknowledged"]
    )
    time_passes(now + 12 * HOUR)
    assert Clock.objects.get(promise="T79").channel == "hall"


def test_many_alarms_take_a_fixed_number_of_statements(fang, rosa, now, django_assert_max_num_queries):
    RoleGrantFactory(staff=fang, role=Role.HOTLINE_AGENT)
    PromiseVersionFactory()
    # It minds escalations, but none of these.
    PromiseVersionFactory(promise__key="T79", starts_on=["case.escalated"], selects={"channel": ["web"]}, stops_on=["case.acknowledged"])
    for _ in range(30):
        open_case(opening=Opening(kind="general_request", subject="card", channel="hall"), by=fang.user, at=now)
    while drain(now):
        pass
    sweep_alarms(at=now + 12 * HOUR, by=BY)
    with django_assert_max_num_queries(40):
        assert drain(now + 12 * HOUR + timedelta(seconds=5)) == 30


def test_a_storm_is_one_digest_per_person_and_a_line_each_in_the_inbox(fang, rosa, now, settings, monkeypatch):
    sent = []
    settings.SMS_GATEWAY_URL = settings.SMS_GATEWAY_KEY = "set"
    rosa.user.phone = "+8613900139000"
    rosa.user.save(update_fields=["phone"])
    PromiseVersionFactory(ladder=[["100%", "supervisor"]])
    for _ in range(20):
        open_case(opening=Opening(kind="general_request", subject="card", channel="hall"), by=fang.user, at=now)
    time_passes(now + DAY)
    assert Message.objects.filter(staff=rosa, channel="inbox").count() == 20
    waiting = Message.objects.filter(staff=rosa, channel="sms")
    assert set(waiting.values_list("group", "next_attempt_at")) == {("alarms", waiting.first().next_attempt_at)}
    monkeypatch.setattr("notices.channels.send", lambda message: sent.append(message) or "id")
    while deliver(waiting.first().next_attempt_at):
        pass
    assert len(sent) == 1
