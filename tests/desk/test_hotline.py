"""A call to the hotline, from the first ring until it is written down: its promises, holds, first-asked person and record."""

from datetime import timedelta

import pytest

from accounts.actors import System
from accounts.phones import read_phone
from casework.models import Contact
from casework.operations import WrongMove
from desk.models import Call, WorkplaceCheck
from desk.operations import call_orders, call_records, calls, hotline_lines, workplaces
from desk.operations.call_holding import NotYourCall
from desk.operations.call_records import Record
from desk.operations.exchange import UnknownAgent, UnknownCall
from desk.queries.call_orders import orders_wanted
from sla.queries.standings import standings
from tests.conftest import NOW
from tests.factories.accounts import StaffFactory
from tests.factories.calls import line, rings, told
from tests.factories.casework import CaseFactory

SECOND = timedelta(seconds=1)
PBX = System("exchange")
ASKED = Record(call_type="consultation", content="Opening hours?", is_solved=True)


def promises(thing, at):
    return {one.clock.promise_id: one.state for one in standings(thing.timeline_id, at=at)}


@pytest.fixture
def talking(xia):
    """Xia answered after six seconds."""
    rings(PBX)
    return told(PBX, "answered", agent="040", at=NOW + 6 * SECOND)


@pytest.mark.usefixtures("book")
class TestPromises:
    def test_answered_within_three_rings_and_written_down_at_its_end_keeps_all_three(self, talking, xia):
        told(PBX, "ended", at=NOW + 100 * SECOND)
        call_records.save(call=talking, record=ASKED, by=xia.user, at=NOW + 130 * SECOND)
        assert promises(talking, NOW + timedelta(hours=1)) == {"T24": "kept", "T25": "kept", "T27": "kept"}

    def test_a_long_ring_a_long_talk_and_a_forgotten_record_are_late(self, xia):
        call = rings(PBX)
        told(PBX, "answered", agent="040", at=NOW + 40 * SECOND)
        told(PBX, "ended", at=NOW + 400 * SECOND)
        late = promises(call, NOW + timedelta(hours=1))
        assert (late["T24"], late["T27"]) == ("missed", "late")

    def test_who_gives_up_was_promised_nothing_more(self):
        call = rings(PBX)
        told(PBX, "ended", at=NOW + 5 * SECOND)
        call.refresh_from_db()
        assert (call.status, promises(call, NOW + timedelta(hours=1))) == ("abandoned", {"T24": "withdrawn"})

    def test_a_hotline_that_falls_silent_is_out_of_reach_until_it_is_heard_again(self, db):
        number = hotline_lines.hear(line=line(PBX), is_reachable=True, by=PBX, at=NOW)
        assert hotline_lines.watch_lines(at=NOW + timedelta(minutes=2)) == 0
        assert hotline_lines.watch_lines(at=NOW + timedelta(minutes=4)) == 1
        assert promises(number, NOW + timedelta(minutes=30)) == {"T23": "late"}
        assert hotline_lines.hear(line=number, is_reachable=True, by=PBX, at=NOW + timedelta(minutes=5)).is_reachable


class TestTheExchange:
    def test_what_it_tells_twice_changes_nothing(self, talking):
        again = told(PBX, "ringing", at=NOW + 7 * SECOND)
        told(PBX, "answered", agent="040", at=NOW + 8 * SECOND)
        again.refresh_from_db()
        assert (again, Call.objects.count(), again.ring_seconds) == (talking, 1, 6)

    def test_a_ring_that_was_lost_begins_with_the_answer(self, xia):
        call = told(PBX, "answered", agent="040")
        assert (call.status, call.agent, call.ring_seconds) == ("talking", xia, 0)

    def test_an_answer_after_the_caller_hung_up_is_left_out(self, xia):
        rings(PBX)
        told(PBX, "ended", at=NOW + SECOND)
        assert told(PBX, "answered", agent="040", at=NOW + 2 * SECOND).status == "abandoned"

    def test_the_middle_of_an_unknown_call_and_an_unknown_agent_are_refused(self, db):
        with pytest.raises(UnknownCall):
            told(PBX, "held")
        rings(PBX)
        with pytest.raises(UnknownAgent):
            told(PBX, "answered", agent="999")

    def test_what_it_never_ended_ends_by_itself_when_it_is_lost(self, talking):
        rings(PBX, call="pbx-2")
        assert calls.end_silent(at=NOW + timedelta(minutes=11)) == 1
        assert calls.end_silent(at=NOW + timedelta(hours=4)) == 1
        assert sorted(Call.objects.values_list("status", flat=True)) == ["abandoned", "ended"]


class TestHolds:
    def test_nobody_is_put_on_hold_without_being_asked(self, talking, xia):
        with pytest.raises(calls.NotAsked):
            calls.hold(call=talking, is_agreed=False, by=xia.user, at=NOW + 10 * SECOND)

    def test_seconds_on_hold_add_up_and_are_no_talk(self, talking, xia):
        for start in (10, 40):
            calls.hold(call=talking, is_agreed=True, by=xia.user, at=NOW + start * SECOND)
            calls.resume(call=talking, by=xia.user, at=NOW + (start + 15) * SECOND)
        ended = told(PBX, "ended", at=NOW + 66 * SECOND)
        assert (ended.hold_seconds, ended.talk_seconds, ended.holds_unasked) == (30, 30, 0)

    def test_a_hold_that_only_the_exchange_knows_of_counts_as_unasked(self, talking):
        assert told(PBX, "held", at=NOW + 9 * SECOND).holds_unasked == 1


class TestFirstAsked:
    def test_of_two_present_the_senior_answers_for_it(self, talking, xia, sun):
        other = StaffFactory(number="041", roles=["hotline_agent"])
        assert calls.join(call=talking, staff=other, by=other.user, at=NOW + 7 * SECOND).first_asked == xia
        joined = calls.join(call=talking, staff=sun, by=sun.user, at=NOW + 8 * SECOND)
        assert (joined.agent, joined.first_asked) == (xia, sun)

    def test_nobody_joins_a_call_that_is_over(self, talking, sun):
        told(PBX, "ended", at=NOW + 20 * SECOND)
        with pytest.raises(WrongMove):
            calls.join(call=talking, staff=sun, by=sun.user, at=NOW + 30 * SECOND)


class TestTheRecord:
    def test_is_written_by_who_talked_and_only_once(self, talking, xia, sun):
        with pytest.raises(NotYourCall):
            call_records.save(call=talking, record=ASKED, by=sun.user, at=NOW + 50 * SECOND)
        saved = call_records.save(call=talking, record=ASKED, by=xia.user, at=NOW + 50 * SECOND)
        assert (saved.status, saved.talk_seconds) == ("saved", 44)
        with pytest.raises(WrongMove):
            call_records.save(call=talking, record=ASKED, by=xia.user, at=NOW + 60 * SECOND)

    def test_cases_opened_for_the_caller_meanwhile_get_the_call_as_a_contact(self, talking, xia, account):
        call_records.identify(call=talking, account=account, by=xia.user, at=NOW + 20 * SECOND)
        whose = {"channel": "phone", "first_asked": xia, "opened_at": NOW + 30 * SECOND}
        case, _other = CaseFactory(account=account, **whose), CaseFactory(**whose)
        call_records.save(call=talking, record=ASKED, by=xia.user, at=NOW + 50 * SECOND)
        contact = Contact.objects.get()
        assert (contact.case, contact.ring_seconds, contact.talk_seconds) == (case, 6, 44)
        assert list(talking.cases.all()) == [case]

    def test_an_order_wanted_later_waits_until_a_case_comes_of_it(self, talking, xia):
        wanted = Record(call_type="repair", content="No gas", is_order_wanted=True)
        saved = call_records.save(call=talking, record=wanted, by=xia.user, at=NOW + 50 * SECOND)
        assert saved.is_order_wanted
        call_orders.link(call=saved, case=CaseFactory(), by=xia.user, at=NOW + 90 * SECOND)
        saved.refresh_from_db()
        assert not saved.is_order_wanted

    def test_an_order_made_after_saving_leaves_the_list_and_no_strangers_case_is_taken_for_it(self, talking, xia, account):
        call_records.identify(call=talking, account=account, by=xia.user, at=NOW + 20 * SECOND)
        wanted = Record(call_type="consultation", content="Opening hours?", is_order_wanted=True)
        call_records.save(call=talking, record=wanted, by=xia.user, at=NOW + 50 * SECOND)
        later = {"channel": "phone", "first_asked": xia, "opened_at": NOW + 90 * SECOND}
        CaseFactory(**later)
        assert call_orders.link_orders(at=NOW + 100 * SECOND) == 0
        order = CaseFactory(account=account, **later)
        assert call_orders.link_orders(at=NOW + 100 * SECOND) == 1
        talking.refresh_from_db()
        assert (list(talking.cases.all()), talking.is_order_wanted) == ([order], False)

    def test_what_looks_like_a_strangers_order_is_shown_and_one_press_takes_it(self, talking, xia, fang):
        wanted = Record(call_type="consultation", content="Opening hours?", is_order_wanted=True)
        saved = call_records.save(call=talking, record=wanted, by=xia.user, at=NOW + 50 * SECOND)
        made = {"channel": "phone", "opened_at": NOW + 90 * SECOND, "kind": "general_request"}
        hers, same = CaseFactory(first_asked=xia, **made), CaseFactory(contact_phone=read_phone(saved.caller), **made)
        other = CaseFactory(first_asked=fang, **made)
        (order,) = orders_wanted(xia, at=NOW + 100 * SECOND)
        assert [(one.case, one.has_number) for one in order.likely] == [(same, True), (hers, False)]
        with pytest.raises(call_orders.NotTheOrder):
            call_orders.take_order(call=saved, reference=other.reference, by=xia.user, at=NOW + 100 * SECOND)
        call_orders.take_order(call=saved, reference=hers.reference, by=xia.user, at=NOW + 100 * SECOND)
        saved.refresh_from_db()
        assert (saved.order_outcome, orders_wanted(xia, at=NOW + 100 * SECOND)) == ("made", [])

    def test_an_order_that_nobody_makes_ends_as_never_made(self, talking, xia, settings):
        wanted = Record(call_type="repair", content="No gas", is_order_wanted=True)
        call_records.save(call=talking, record=wanted, by=xia.user, at=NOW + 50 * SECOND)
        late = NOW + timedelta(days=settings.ORDERS_WAIT_DAYS)
        assert (call_orders.lapse_orders(at=late), call_orders.lapse_orders(at=late + timedelta(minutes=1))) == (0, 1)
        talking.refresh_from_db()
        assert (talking.order_outcome, talking.is_order_wanted) == ("lapsed", False)

    def test_who_rang_and_what_was_said_is_forgotten_in_time(self, talking, xia, settings):
        call_records.save(call=talking, record=ASKED, by=xia.user, at=NOW + 50 * SECOND)
        kept = timedelta(days=settings.CALLS_KEPT_DAYS)
        assert call_records.forget_calls(at=NOW + kept) == 0
        assert call_records.forget_calls(at=NOW + kept + timedelta(days=1)) == 1
        talking.refresh_from_db()
        assert (talking.caller, talking.content, talking.call_type) == ("", "", "consultation")


def test_what_is_wrong_with_a_workplace_is_said_and_the_last_look_of_a_day_holds(xia):
    with pytest.raises(workplaces.RemarkMissing):
        workplaces.check_workplace(staff=xia, in_order=["pen"], remark="", at=NOW)
    workplaces.check_workplace(staff=xia, in_order=["pen"], remark="No headset", at=NOW)
    workplaces.check_workplace(
        staff=xia, in_order=["devices", "system", "headset", "notebook", "pen"], remark="", at=NOW + timedelta(hours=1)
    )
    assert WorkplaceCheck.objects.get().missing == []


def test_a_call_by_hand_begins_with_the_answer_and_is_one_at_a_time(xia):
    call = calls.take_by_hand(agent=xia, caller="", by=xia.user, at=NOW)
    with pytest.raises(calls.AlreadyTalking):
        calls.take_by_hand(agent=xia, caller="", by=xia.user, at=NOW + SECOND)
    assert (call.status, call.line) == ("talking", None)
