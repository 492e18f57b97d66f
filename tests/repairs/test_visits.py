"""A repair goes along with its visit, whatever is heard twice, late or out of order."""

from datetime import timedelta

import pytest

import casework.operations
import fieldwork.operations
from accounts.actors import System
from casework.models import Event
from fieldwork.models import Visit
from notices.models import Message
from repairs import reactions
from repairs.operations import restoring
from repairs.sources import Source
from tests.repairs.conftest import BY, verbs

pytestmark = pytest.mark.django_db


def test_accepted_arrived_finished(reported, going, account):
    repair = reported(account=account)
    going(repair, "accept")
    assert repair.case.status == "dispatched"
    going(repair, "set_off", "arrive")
    assert repair.case.status == "on_site"
    going(repair, finish="done")
    assert (repair.case.status, repair.outcome) == ("finished", "repaired")
    assert "repair.dispatched" in verbs(repair.case)


@pytest.mark.parametrize(("outcome", "kept"), [("no_fault", "no_fault"), ("not_ours", "not_ours")])
def test_honest_ends_are_kept(reported, going, outcome, kept):
    repair = reported()
    going(repair, "accept", "arrive", finish=outcome)
    assert (repair.case.status, repair.outcome) == ("finished", kept)


def test_made_safe_asks_for_somebody_who_mends_it(reported, going):
    repair = reported()
    going(repair, "accept", "arrive", finish="made_safe")
    visit = Visit.objects.open().get(case=repair.case)
    assert (repair.case.status, repair.outcome) == ("ordered", "made_safe")
    assert (visit.urgency, visit.skill) == ("urgent", "indoor")


def test_nobody_opens_and_the_repair_waits(reported, going):
    repair = reported(fault="meter", phone="+8613800138000")
    going(repair, "accept", "arrive", "find_nobody")
    assert (repair.case.status, repair.outcome, Visit.objects.open().count()) == ("waiting", "no_access", 0)
    assert Message.objects.filter(kind="repair_no_access").count() == 1


def test_nobody_opens_at_an_emergency_and_somebody_goes_again(reported, going):
    repair = reported()
    going(repair, "accept", "arrive", "find_nobody")
    assert Visit.objects.open().get(case=repair.case).urgency == "emergency"


def test_a_crew_that_gives_it_back_leaves_an_order(reported, going, crew, drained, now):
    repair = reported()
    visit = going(repair, "accept")
    fieldwork.operations.give_back(visit=visit, reason="flat tyre", by=crew.members.get().staff.user, at=now)
    drained()
    repair.case.refresh_from_db()
    assert repair.case.status == "ordered"


def test_what_is_heard_twice_or_out_of_order_does_no_harm(reported, going, now):
    repair = reported()
    going(repair, "accept", "arrive", finish="done")
    before = verbs(repair.case)
    events = Event.objects.filter(timeline=repair.case.timeline_id, verb__startswith="visit.").order_by("-seq")
    for event in [*events, *events]:
        if event.verb != "visit.asked":
            reactions.keep_up(event, now)
    assert verbs(repair.case) == before


def test_a_withdrawn_repair_calls_its_visit_off(reported, drained, now):
    repair = reported()
    casework.operations.cancel_case(case=repair.case, reason="It was the neighbour's soup", by=System("tests"), at=now)
    drained()
    assert Visit.objects.get(case=repair.case).status == "cancelled"


def test_a_reopened_repair_is_visited_again(reported, going, drained, now):
    repair = reported()
    going(repair, "accept", "arrive", finish="done")
    casework.operations.reopen_case(case=repair.case, why="It smells again", by=System("tests"), at=now + timedelta(hours=1))
    drained(now + timedelta(hours=1))
    assert Visit.objects.open().filter(case=repair.case).count() == 1


class TestLetters:
    def test_the_reporter_hears_three_times_in_their_language(self, reported, going):
        repair = reported(phone="+8613800138000", language="ru")
        visit = going(repair, "accept", "arrive", finish="done")
        found = {message.kind: message for message in Message.objects.filter(address="+8613800138000")}
        assert set(found) == {"repair_received", "repair_coming", "repair_finished"}
        assert {message.language for message in found.values()} == {"ru"}
        assert visit.visit_code in found["repair_coming"].text

    @pytest.mark.usefixtures("book")
    def test_the_first_letter_names_the_moment_that_was_promised(self, reported, drained):
        reported(phone="+8613800138000", language="en")
        drained()
        assert "by 11:00 at the latest" in Message.objects.get(kind="repair_received").text

    @pytest.mark.usefixtures("book")
    def test_what_is_set_aside_is_promised_no_moment(self, reported, drained, now):
        for _ in range(4):
            last = reported(phone="+8613800138000", source=Source(phone="+8613800138000"), language="en")
        drained()
        text = Message.objects.get(key__startswith=f"repair_received:{last.case.pk}:").text
        assert "A colleague looks at it" in text
        assert "at the latest" not in text

    def test_nobody_is_written_to_who_left_no_address(self, reported, drained):
        reported()
        drained()
        assert not Message.objects.filter(staff=None).exists()


class TestRestoration:
    @pytest.fixture
    def restoration(self, account, fang, now):
        opening = casework.operations.Opening(kind="", subject="", channel="hall", account=account)
        return restoring.ask_restoration(opening=opening, cause="debt", by=fang.user, at=now)

    def test_it_is_a_case_with_a_visit(self, restoration):
        visit = Visit.objects.get()
        assert (restoration.case.kind, restoration.case.status) == ("restoration", "accepted")
        assert (visit.purpose, visit.case) == ("restoration", restoration.case)

    def test_it_is_done_when_the_crew_says_so(self, restoration, crew, drained, now):
        visit, who = Visit.objects.get(), crew.members.get().staff.user
        fieldwork.operations.offer(visit=visit, crew=crew, by=BY, at=now)
        for step in ("accept", "arrive"):
            getattr(fieldwork.operations, step)(visit=visit, by=who, at=now)
        fieldwork.operations.finish(visit=visit, outcome="done", by=who, at=now)
        drained()
        restoration.refresh_from_db()
        assert (restoration.case.status, restoration.done_at) == ("done", now)

    @pytest.mark.parametrize(("wrong", "refusal"), [({"account": None}, restoring.NoAccount), ({}, restoring.UnknownCause)])
    def test_account_and_cause_are_needed(self, account, fang, now, wrong, refusal):
        opening = casework.operations.Opening(**{"kind": "", "subject": "", "channel": "hall", "account": account, **wrong})
        with pytest.raises(refusal):
            restoring.ask_restoration(opening=opening, cause="whim", by=fang.user, at=now)


class TestAPlaceInWords:
    """No door that we know: then what the reporter said is where the crew drives."""

    @pytest.fixture
    def taken(self, reported, going):
        repair = reported(place="Behind the old mill, third gate")
        return going(repair, "accept")

    def test_the_crew_reads_it_in_its_list(self, taken, crew, signed_in, client):
        page = signed_in(client, crew.members.get().staff).get("/crew/").content.decode()
        assert "Behind the old mill, third gate" in page

    def test_the_crew_reads_it_on_top_of_the_visit(self, taken, crew, signed_in, client):
        page = signed_in(client, crew.members.get().staff).get(f"/crew/visits/{taken.pk}/").content.decode()
        assert "<h1>Behind the old mill, third gate</h1>" in page

    @pytest.mark.parametrize("page", ["", "visits/{key}/"])
    def test_dispatchers_read_it_on_the_board_and_on_its_page(self, taken, dispatcher, signed_in, client, page):
        answer = signed_in(client, dispatcher).get(f"/staff/dispatch/{page.format(key=taken.pk)}")
        assert "Behind the old mill, third gate" in answer.content.decode()
