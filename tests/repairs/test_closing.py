"""Who did the work does not confirm it; what is strange is asked about first; every end says what it is."""

from datetime import timedelta

import pypdfium2
import pytest

import fieldwork.operations
from accounts.models import Customer
from accounts.permissions import Forbidden
from callbacks.operations.bearing import bear_now
from callbacks.operations.hearing import Said, hear
from callbacks.permissions import WasThere
from callbacks.queries.lists import latest_of
from casework.operations import NothingSaid, ReasonMissing, reopen_case
from casework.permissions import VISITOR, ReopenedOften
from fieldwork.models import CrewMember, Evidence, Visit
from fieldwork.operations.evidence import Findings
from fieldwork.operations.radio import Radioed, write_down
from fieldwork.operations.signatures import sign
from repairs import doubt_words, doubts
from repairs.doubts import Closing, Limits
from repairs.operations import closing, disputes
from repairs.queries.closings import to_confirm
from repairs.queries.reported import lead_of
from tests.factories.accounts import PhoneFactory
from tests.repairs.conftest import verbs

pytestmark = pytest.mark.django_db
LIMITS = Limits(metres=500, ppm=500, minutes=3)
GOOD = {
    "fault": "meter",
    "outcome": "repaired",
    "is_emergency": False,
    "is_made_safe": False,
    "is_signed": True,
    "has_proof": True,
    "metres_away": 20,
    "gas_ppm": 0,
    "seconds_on_site": 1_200,
    "earlier": 0,
}


class TestDoubts:
    def test_nothing_is_strange_about_a_good_closing(self):
        assert doubts.doubts(Closing(**GOOD), LIMITS) == ()

    @pytest.mark.parametrize(
        ("strange", "code"),
        [
            ({"gas_ppm": 500}, "gas_left"),
            ({"is_emergency": True}, "not_made_safe"),
            ({"fault": "leak", "outcome": "no_fault"}, "leak_not_found"),
            ({"metres_away": 501}, "far_away"),
            ({"has_proof": False}, "no_proof"),
            ({"seconds_on_site": 179}, "too_quick"),
            ({"earlier": 1}, "again"),
            ({"is_signed": False}, "not_signed"),
        ],
    )
    def test_each_strange_thing_has_its_code_and_words(self, strange, code):
        found = doubts.doubts(Closing(**{**GOOD, **strange}), LIMITS)
        assert found == (code,)
        assert doubt_words.doubts_in_words(found)

    def test_only_a_missing_signature_leaves_it_to_the_customer(self):
        assert not doubts.needs_call(("not_signed",))
        assert doubts.needs_call(("too_quick", "not_signed"))


@pytest.fixture
def finished(reported, going, account, now, drained):
    """``finished(is_signed=True, minutes=30)``: a meter mended by the crew of one, with its place proved on arrival."""

    def make(*, is_signed=False, minutes=30, outcome="done", **known):
        repair = reported(**{"fault": "meter", "answers": {"smell": "no"}, "account": account, "phone": "+8613800138000", **known})
        visit = going(repair, "accept", "arrive")
        who = visit.crew.members.get().staff
        Evidence.objects.create(visit=visit, step="arrive", happened_at=now, received_at=now, latitude=34.8, longitude=118.0, by="t")
        later = now + timedelta(minutes=minutes)
        if is_signed:
            found = Findings(note="Olive")
            sign(visit=visit, found=found, code=visit.sign_code, by=who, at=later)
        fieldwork.operations.finish(visit=visit, outcome=outcome, by=who.user, at=later)
        drained(later + timedelta(seconds=1))
        repair.refresh_from_db()
        repair.case.refresh_from_db()
        return repair

    return make


@pytest.fixture
def radioed(reported, going, dispatcher, account, drained, now):
    """A meter mended, as the crew told by radio and the dispatcher wrote down."""
    repair = reported(fault="meter", answers={"smell": "no"}, account=account, phone="+8613800138000")
    visit = going(repair, "accept")
    teller = visit.crew.members.get().staff
    for minute, step in ((2, "arrive"), (40, "finish")):
        said = Radioed(step=step, teller=teller, outcome="done" if step == "finish" else "")
        write_down(visit=visit, said=said, by=dispatcher.user, at=now + timedelta(minutes=minute))
    drained(now + timedelta(hours=1))
    repair.refresh_from_db()
    repair.case.refresh_from_db()
    return repair


@pytest.fixture
def called(drained):
    """``called(repair, fang, at)``: called back by her, and all is well, says the customer."""

    def call(repair, staff, at):
        drained(at)
        hear(follow_up=latest_of(repair.case), said=Said(settled=True, score=5, words="Works"), by=staff.user, at=at)
        drained(at + timedelta(seconds=1))
        repair.refresh_from_db()
        repair.case.refresh_from_db()

    return call


class TestConfirming:
    def test_the_customers_code_at_the_door_confirms_and_closes(self, finished):
        repair = finished(is_signed=True)
        assert (repair.case.status, repair.confirmed_how, repair.confirmed_by) == ("closed", "code", "system:repairs.closing")
        assert verbs(repair.case)[-4:] == ["repair.confirm", "repair.confirmed", "repair.close", "case.closed"]

    def test_without_a_signature_it_waits_for_somebody_to_say_so(self, finished):
        repair = finished()
        assert (repair.case.status, repair.doubts, repair.is_doubtful) == ("finished", ["not_signed"], False)

    def test_a_signature_does_not_outweigh_a_doubt(self, finished):
        repair = finished(is_signed=True, minutes=1)
        assert (repair.case.status, repair.doubts, repair.is_doubtful) == ("finished", ["too_quick"], True)

    def test_a_call_confirms_and_is_the_call_back_that_was_promised(self, finished, called, fang, now):
        repair = finished(minutes=1)
        called(repair, fang, now + timedelta(hours=2))
        assert (repair.case.status, repair.confirmed_how, repair.confirmed_by) == ("closed", "callback", fang.user.actor_label)
        assert "callback.done" in verbs(repair.case)

    def test_who_was_there_does_not_confirm(self, finished, called, now):
        repair = finished()
        with pytest.raises(WasThere):
            called(repair, CrewMember.objects.get().staff, now + timedelta(hours=2))
        assert repair.case.status == "finished"

    def test_what_was_told_by_radio_is_rung_about_by_somebody_else(self, radioed, called, dispatcher, fang, now):
        repair = radioed
        assert (repair.case.status, repair.doubts, repair.is_doubtful) == ("finished", ["no_proof", "not_signed"], True)
        with pytest.raises(WasThere):
            called(repair, dispatcher, now + timedelta(hours=2))
        called(repair, fang, now + timedelta(hours=2))
        assert repair.case.status == "closed"

    def test_the_customer_says_so_in_the_cabinet(self, finished, olive, client, signed_in):
        repair = finished()
        signed_in(client, olive).post(f"/cabinet/repairs/{repair.case.reference}/works/")
        repair.refresh_from_db()
        assert (repair.case.status, repair.confirmed_how) == ("closed", "cabinet")

    def test_with_a_doubt_we_ring_first(self, finished, olive, now):
        repair = finished(minutes=1)
        with pytest.raises(closing.RingFirst):
            closing.confirm_by_customer(repair=repair, by=olive, at=now + timedelta(hours=1))

    def test_what_is_not_finished_is_not_asked_about(self, reported):
        assert bear_now(case=reported().case) is None


class TestDispute:
    def test_it_goes_on_with_another_visit(self, finished, drained, now):
        repair = finished()
        disputes.dispute(repair=repair, words="Still no gas", by=VISITOR, at=now + timedelta(hours=3))
        drained(now + timedelta(hours=3, seconds=1))
        repair.refresh_from_db()
        assert (repair.case.status, repair.outcome, repair.doubts) == ("ordered", "", [])
        assert Visit.objects.open().filter(case=repair.case).count() == 1

    def test_it_says_what_is_wrong(self, finished, now):
        with pytest.raises(NothingSaid):
            disputes.dispute(repair=finished(), words=" ", by=VISITOR, at=now + timedelta(hours=3))


@pytest.fixture
def closed(finished):
    return finished(is_signed=True)


@pytest.fixture
def said_often(closed, settings):
    settings.REOPEN_TIMES = 0
    return closed


class TestDisputeOfWhatIsClosed:
    def test_a_crew_comes_again(self, closed, drained, now):
        disputes.dispute(repair=closed, words="Still no gas", by=VISITOR, at=now + timedelta(days=2))
        drained(now + timedelta(days=2, seconds=1))
        closed.refresh_from_db()
        assert (closed.case.status, closed.confirmed_how, closed.disputed_at) == ("ordered", "", None)
        assert Visit.objects.open().filter(case=closed.case).count() == 1

    def test_not_for_ever(self, closed, now):
        with pytest.raises(Forbidden):
            disputes.dispute(repair=closed, words="Still no gas", by=VISITOR, at=now + timedelta(days=31))

    def test_who_said_so_often_is_rung_first_and_told_of_once(self, said_often, now):
        disputes.dispute(repair=said_often, words="Still no gas", by=VISITOR, at=now + timedelta(days=2))
        assert (said_often.case.status, verbs(said_often.case)[-1]) == ("closed", "repair.disputed")
        assert list(to_confirm()) == [said_often]
        with pytest.raises(disputes.KnownAlready):
            disputes.dispute(repair=said_often, words="Still!", by=VISITOR, at=now + timedelta(days=2))

    def test_each_time_is_counted_through_whichever_door(self, closed, settings, now):
        settings.REOPEN_TIMES = 1
        disputes.dispute(repair=closed, words="Still no gas", by=VISITOR, at=now + timedelta(days=1))
        type(closed.case).objects.update(status="closed", closed_at=now + timedelta(days=1))
        closed.case.refresh_from_db()
        with pytest.raises(ReopenedOften):
            reopen_case(case=closed.case, why="Still", by=VISITOR, at=now + timedelta(days=2))

    def test_a_call_settles_it_and_it_stays_closed(self, said_often, called, fang, now):
        disputes.dispute(repair=said_often, words="Still no gas", by=VISITOR, at=now + timedelta(days=2))
        called(said_often, fang, now + timedelta(days=2))
        assert (said_often.case.status, said_often.confirmed_how, said_often.disputed_at) == ("closed", "callback", None)

    def test_our_own_staff_open_it_as_often_as_it_takes(self, said_often, fang, now):
        disputes.dispute(repair=said_often, words="Rang: no flame", by=fang.user, at=now + timedelta(days=2))
        assert said_often.case.status == "ordered"


class TestConclude:
    def test_no_fault_found_is_an_honest_end(self, finished, fang, now):
        repair = finished(outcome="no_fault")
        closing.conclude(repair=repair, reason="The stove's own tap was shut", by=fang.user, at=now + timedelta(hours=1))
        assert (repair.case.status, repair.outcome, repair.confirmed_how) == ("closed", "no_fault", "")

    def test_what_was_mended_is_not_concluded(self, finished, fang, now):
        with pytest.raises(closing.NoHonestEnd):
            closing.conclude(repair=finished(), reason="Enough", by=fang.user, at=now + timedelta(hours=1))

    def test_it_says_why(self, finished, fang, now):
        with pytest.raises(ReasonMissing):
            closing.conclude(repair=finished(outcome="no_fault"), reason=" ", by=fang.user, at=now + timedelta(hours=1))


class TestPages:
    def test_the_doubtful_stand_first_in_the_list(self, finished, account):
        plain, strange = finished(), finished(minutes=1)
        assert list(to_confirm()) == [strange, plain]

    def test_among_equals_the_priority_register_stands_first(self, finished, account, neighbour):
        plain, first, strange = finished(), finished(account=neighbour), finished(minutes=1)
        Customer.objects.filter(pk=neighbour.customer_id).update(is_vulnerable=True)
        assert list(to_confirm()) == [strange, first, plain]

    def test_the_list_says_what_is_strange(self, finished, fang, client, signed_in):
        finished(minutes=1)
        assert "few minutes" in signed_in(client, fang).get("/staff/repairs/to-confirm/").content.decode()

    def test_the_cases_page_leads_to_the_call(self, finished, fang, client, signed_in):
        repair = finished()
        address, page = f"/staff/cases/{repair.case.reference}/", signed_in(client, fang)
        assert "Call the customer back" in page.get(address).content.decode()
        assert page.get(f"{address}call-back/", follow=True).status_code == 200

    def test_the_tracking_page_asks_and_takes_the_answer(self, finished, client):
        repair = finished()
        client.post("/track/", {"reference": repair.case.reference, "code": repair.case.tracking_code})
        assert "Does it work again?" in client.get("/track/case/").content.decode()
        client.post("/report/works/")
        repair.case.refresh_from_db()
        assert repair.case.status == "closed"

    def test_the_tracking_page_opens_a_closed_one_again(self, closed, client, monkeypatch, now):
        for module in ("views.closing_tracked", "templatetags.repair_closing"):
            monkeypatch.setattr(f"repairs.{module}.business_now", lambda: now + timedelta(days=2))
        client.post("/track/", {"reference": closed.case.reference, "code": closed.case.tracking_code})
        assert "Is something wrong again?" in client.get("/track/case/").content.decode()
        answer = client.post("/report/still-wrong/", {"words": "No flame"}, follow=True).content.decode()
        closed.case.refresh_from_db()
        assert (closed.case.status, "a crew is asked for" in answer) == ("ordered", True)

    def test_the_cabinet_takes_that_something_is_still_wrong(self, finished, olive, client, signed_in):
        repair, page = finished(minutes=1), signed_in(client, olive)
        assert "still wrong" in page.get(f"/cabinet/requests/{repair.case.reference}/").content.decode()
        page.post(f"/cabinet/repairs/{repair.case.reference}/still-wrong/", {"words": "The lamp flickers"})
        repair.case.refresh_from_db()
        assert repair.case.status != "finished"

    def test_whom_to_ring_is_masked(self, finished, fang, client, signed_in, account):
        PhoneFactory(customer=account.customer, number="+8613911112222")
        repair, page = finished(phone=""), signed_in(client, fang)
        for path in (f"/staff/cases/{repair.case.reference}/", "/staff/repairs/to-confirm/"):
            text = page.get(path).content.decode()
            assert ("**** 2222" in text, "1391111" in text) == (True, False)

    def test_a_finished_repair_goes_along_with_no_other(self, finished, reported, account, now):
        reported(account=account, fault="meter", at=now - timedelta(minutes=5))
        assert lead_of(finished(), at=now + timedelta(hours=1)) is None

    def test_nobody_answers_for_a_case_they_have_not_looked_up(self, finished, client):
        repair = finished()
        client.post("/report/works/")
        repair.case.refresh_from_db()
        assert repair.case.status == "finished"


@pytest.mark.parametrize(("language", "title"), [("en", "Workorder"), ("zh-hans", "工单"), ("ru", "Наряд")])
def test_the_work_order_is_a_paper_in_the_customers_language(finished, fang, client, signed_in, language, title):
    repair = finished(is_signed=True, language=language)
    answer = signed_in(client, fang).get(f"/staff/repairs/{repair.case.reference}/work-order.pdf")
    assert answer["Content-Type"] == "application/pdf"
    paper = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_bounded()
    assert title in paper.replace(" ", "")  # Chinese titles are printed with air between their signs
    assert "赵强" in paper
