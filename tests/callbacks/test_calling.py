"""Rung in vain, handed to the hotline, ended honestly; and when somebody is rung again."""

from datetime import UTC, datetime, time, timedelta

import pytest

from accounts.models import Customer
from accounts.roles import Role
from callbacks import cadence
from callbacks.models import FollowUp
from callbacks.operations import calling, links
from callbacks.operations.calling import HandedAlready, TooEarly
from callbacks.permissions import WasThere
from casework.operations import WrongMove
from complaints.operations.complaint_answers import Decision, answer
from notices.models import Message
from sla.models import Clock
from tests.callbacks.conftest import HOUR, again, verbs
from tests.complaints.complaint_cast import complain, router
from tests.factories.accounts import PhoneFactory, StaffFactory

NIGHT = (time(21), time(8))
SHANGHAI = "Asia/Shanghai"


def at(hour, minute=0, day=20):
    """By the clock in Shanghai."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


class TestCadence:
    @pytest.mark.parametrize(
        ("tried", "attempts", "again_at"),
        [
            (at(10), 1, at(11)),
            (at(10), 2, at(13)),
            (at(10), 9, at(13)),
            (at(20, 30), 1, at(8, day=21)),
            (at(3), 1, at(8)),
        ],
    )
    def test_each_pause_is_waited_and_nobody_is_rung_at_night(self, tried, attempts, again_at):
        assert cadence.ring_again(tried, attempts=attempts, pauses=(60, 180), span=NIGHT, zone=SHANGHAI) == again_at

    def test_by_day_somebody_new_is_rung_at_once(self):
        assert cadence.awake(at(12), span=NIGHT, zone=SHANGHAI) == at(12)


pytestmark = pytest.mark.django_db


def attempt(follow_up, staff, when, result="no_answer"):
    return calling.note_attempt(follow_up=again(follow_up), result=result, by=staff.user, at=when)


class TestInVain:
    def test_it_comes_back_after_a_pause_and_a_link_goes_out_once(self, follow_up, fang, now):
        attempt(follow_up, fang, now + HOUR)
        attempt(follow_up, fang, now + 2 * HOUR)
        found = again(follow_up)
        assert (found.status, found.attempts, found.ring_from) == ("waiting", 2, now + 5 * HOUR)
        message = Message.objects.get(kind="callback_link")
        assert (message.address, links.token_of(found) in message.text) == ("+8613800138000", True)
        assert verbs(found.case).count("callback.attempted") == 2

    def test_somebody_else_on_the_line_gets_no_link(self, follow_up, fang, now):
        attempt(follow_up, fang, now + HOUR, "somebody_else")
        assert not Message.objects.filter(kind="callback_link").exists()

    def test_not_reached_is_said_after_as_many_attempts_as_promised(self, book, finished, fang, now):
        found = FollowUp.objects.get(case=finished().case)
        for hour in (1, 2):
            attempt(found, fang, now + hour * HOUR)
        with pytest.raises(TooEarly):
            calling.give_up(follow_up=again(found), by=fang.user, at=now + 3 * HOUR)
        attempt(found, fang, now + 3 * HOUR)
        calling.give_up(follow_up=again(found), by=fang.user, at=now + 3 * HOUR)
        assert again(found).status == "not_reached"
        assert Clock.objects.get(timeline=found.timeline_id, promise="T73").status == "withdrawn"

    def test_who_left_no_contact_is_not_reached_at_once_and_may_answer_with_the_code(self, now, drained, fang, client):
        complaint = complain(now)
        answer(complaint=complaint, decision=Decision(outcome="justified", text="对不起。", way="letter"), by=router().user, at=now)
        drained(now)
        found = FollowUp.objects.get(case=complaint.case)
        calling.give_up(follow_up=again(found), by=fang.user, at=now)
        assert (again(found).status, found.tries.count()) == ("not_reached", 0)
        shown = client.post("/track/", {"reference": complaint.case.reference, "code": complaint.case.tracking_code}, follow=True)
        assert links.address_of(found) in shown.text

    def test_who_does_not_want_to_be_asked_was_reached(self, follow_up, fang, drained, now):
        calling.refuse(follow_up=follow_up, note="In a hurry", by=fang.user, at=now + HOUR)
        drained(now + HOUR)
        found = again(follow_up)
        assert (found.status, "callback.done" in verbs(found.case), found.case.status) == ("refused", True, "finished")
        with pytest.raises(WrongMove):
            attempt(follow_up, fang, now + 2 * HOUR)

    def test_a_strangers_number_is_rung_no_more_and_its_link_is_dead(self, follow_up, fang, hall, now):
        boss = StaffFactory(hall=hall, roles=[Role.SUPERVISOR])
        attempt(follow_up, fang, now + HOUR)
        calling.find_wrong_number(follow_up=again(follow_up), by=fang.user, at=now + 2 * HOUR)
        found = again(follow_up)
        assert (found.status, links.is_open(follow_up=found, at=now + 2 * HOUR)) == ("wrong_number", False)
        assert Message.objects.filter(kind="callback_wrong_number", channel="inbox", staff=boss).exists()

    def test_who_was_there_does_not_even_learn_the_number(self, follow_up, crew, fang, account, now):
        PhoneFactory(customer=account.customer, number="+8613911112222")
        with pytest.raises(WasThere):
            calling.show_phones(follow_up=follow_up, by=crew.members.get().staff.user, at=now)
        shown = calling.show_phones(follow_up=follow_up, by=fang.user, at=now)
        assert (shown[0], "+8613911112222" in shown) == ("+8613800138000", True)
        assert Customer.objects.get(pk=account.customer_id).disclosures.count() == 1


class TestHotline:
    def test_it_has_ten_minutes_of_its_hours_to_try(self, book, finished, fang, now):
        found = FollowUp.objects.get(case=finished().case)
        calling.hand_over(follow_up=found, by=fang.user, at=now + HOUR)
        clock = Clock.objects.get(timeline=found.timeline_id, promise="T46")
        assert (clock.due_at, clock.status) == (now + HOUR + timedelta(minutes=10), "running")
        attempt(found, fang, now + HOUR + timedelta(minutes=5))
        clock.refresh_from_db()
        assert (clock.status, clock.stopped_by) == ("stopped", "callback.attempted")
        with pytest.raises(HandedAlready):
            calling.hand_over(follow_up=again(found), by=fang.user, at=now + 2 * HOUR)

    def test_what_nobody_tried_for_hours_goes_there_by_itself(self, follow_up, now):
        assert calling.hand_over_untried(at=now + 4 * HOUR) == 0
        assert [calling.hand_over_untried(at=now + 5 * HOUR) for _twice in range(2)] == [1, 0]
        assert again(follow_up).handed_at == now + 5 * HOUR

    def test_nothing_goes_there_at_night_or_when_it_is_switched_off(self, follow_up, now, settings):
        assert calling.hand_over_untried(at=now + 12 * HOUR) == 0
        settings.CALLBACK_HOTLINE_AFTER = 0
        assert calling.hand_over_untried(at=now + 24 * HOUR) == 0
