"""Taking complaints down: by anybody, however written; and keeping them from whom they are about."""

from datetime import timedelta

import pytest

import casework.operations
from accounts.roles import Role
from casework.models import Case
from casework.operations import Target
from casework.permissions import AboutThemselves, visible_cases
from casework.queries import search_cases, worklist
from complaints.models import Accused, Complaint
from complaints.operations.complaining import LONGEST, NothingWritten, NoWayToAnswer, TooLong
from sla.permissions import check_may_decide
from tests.casework.conftest import verbs
from tests.complaints.complaint_cast import complain, router
from tests.factories.accounts import StaffFactory
from tests.factories.complaints import ComplaintFactory
from tests.factories.sla import ExtensionFactory

pytestmark = pytest.mark.django_db


def test_a_stranger_may_complain_and_keeps_reference_and_code(now):
    case = complain(now).case
    assert case.reference.startswith("K")
    assert len(case.tracking_code) == 8
    assert (case.owner, case.contact_phone, case.classification) == (None, "", "")


def test_titles_in_lists_hold_nothing_that_was_written(now):
    case = complain(now, text="王芳骂我").case
    assert (case.title, "王芳" in case.search) == ("Complaint: how somebody behaved", False)


@pytest.mark.parametrize("text", ["", " \n ", "😡😡", "\u200b"])
def test_a_complaint_without_words_is_asked_for_some(now, text):
    with pytest.raises(NothingWritten):
        complain(now, text=text)
    assert not Case.objects.exists()


def test_what_nobody_can_read_in_time_is_refused_with_both_numbers(now):
    with pytest.raises(TooLong, match=r"50000 characters.*10000"):
        complain(now, text="字" * 50_000)
    assert complain(now, text="字" * LONGEST).text == "字" * LONGEST


def test_scripts_and_signs_are_kept_as_they_are(now):
    text = "Мастер 王 said: «не моё» 🤷‍♀️ ＡＢＣ"
    assert complain(now, text=text).text == text


@pytest.mark.parametrize(("way", "field"), [("letter", "address"), ("email", "email"), ("sms", "phone"), ("call", "phone")])
def test_an_answer_needs_somewhere_to_go(now, way, field):
    with pytest.raises(NoWayToAnswer) as refusal:
        complain(now, wanted_way=way)
    assert refusal.value.field == field


def test_a_customer_of_an_account_is_reached_by_its_phone(now, account, olive):
    assert complain(now, by=olive, account=account, asker=olive, wanted_way="sms", channel="cabinet").wanted_way == "sms"


def test_a_major_one_is_major_from_its_first_event(now):
    case = complain(now, text="我母亲一氧化碳中毒，住院了").case
    assert case.timeline.events.get(verb="case.opened").facts["classification"] == "major"
    assert (case.urgency, case.complaint.major_why) == ("urgent", "injury")


def test_the_third_of_a_customer_about_the_same_is_repeated(now, account):
    found = [complain(now + timedelta(days=day), account=account).major_why for day in range(3)]
    other = complain(now + timedelta(days=3), account=account, about="money")
    assert (found, other.major_why) == (["", "", "repeated"], "")


def test_withdrawn_ones_and_those_of_last_year_do_not_count(now, account):
    old = [complain(now - timedelta(days=400), account=account), complain(now, account=account), complain(now, account=account)]
    casework.operations.cancel_case(case=old[1].case, reason="withdrawn", by=complain_desk(), at=now)
    assert complain(now, account=account).major_why == ""


def complain_desk():
    return StaffFactory(roles=[Role.COMPLAINT_ROUTER]).user


def test_a_threat_is_told_to_the_timeline(now):
    assert verbs(complain(now, text="我要打死那个收费的").case)[-1] == "complaint.threatened"


class TestAbout:
    """Nobody handles what is said about himself."""

    def test_whoever_takes_it_down_about_himself_does_not_keep_it(self, now, fang):
        case = complain(now, by=fang.user, staff=fang, channel="hall").case
        assert (case.owner, case.first_asked) == (None, None)
        assert verbs(case)[-1] == "complaint.taken_from_accused"

    def test_the_accused_neither_sees_finds_nor_lists_it(self, now, fang, qiang):
        case = complain(now, staff=fang, channel="hall").case
        assert [visible_cases(one.user, now).filter(pk=case.pk).exists() for one in (fang, qiang)] == [False, True]
        assert search_cases(case.reference, visible_cases(fang.user, now)) == []
        assert [list(worklist("all", one, at=now)) for one in (fang, qiang)] == [[], [case]]

    def test_nobody_of_an_accused_hall_sees_it_but_those_above_do(self, now, fang, qiang, hall):
        above = StaffFactory(hall=hall, roles=[Role.SUPERVISOR])
        case = complain(now, hall=hall).case
        assert [visible_cases(one.user, now).filter(pk=case.pk).exists() for one in (fang, qiang, above)] == [False, False, True]

    def test_an_accused_department_does_not_see_it(self, now, fang):
        engineer = StaffFactory(roles=[Role.ENGINEER])
        case = complain(now, role=Role.ENGINEER).case
        assert [visible_cases(one.user, now).filter(pk=case.pk).exists() for one in (engineer, fang)] == [False, True]

    def test_the_accused_is_given_it_by_nobody(self, now, fang, qiang):
        case = complain(now, staff=fang).case
        with pytest.raises(AboutThemselves):
            casework.operations.assign(case=case, owner=fang, by=qiang.user, at=now)
        with pytest.raises(AboutThemselves):
            casework.operations.transfer(case=case, to=Target(staff=fang), by=qiang.user, at=now)
        with pytest.raises(AboutThemselves):
            casework.operations.accept(case=case, by=fang.user, at=now)

    def test_whoever_handled_a_complaint_is_accused_by_one_about_it(self, now, fang, qiang):
        first = complain(now, by=fang.user, channel="phone")
        second = complain(now, about_case=first.case)
        assert [(row.staff, row.why) for row in second.accused.all()] == [(fang, Accused.Why.HANDLED)]

    def test_a_complaint_about_a_repair_accuses_nobody_by_itself(self, now, fang):
        asked = ComplaintFactory(case__kind="general_request", case__owner=fang).case
        assert not complain(now, about_case=asked).accused.exists()

    def test_the_accused_approves_no_time_for_it(self, now, qiang, book):
        case = complain(now, staff=qiang, channel="phone", by=router().user).case
        clock = case.timeline.clocks.filter(version__promise__key="T15").get()
        wish = ExtensionFactory(clock=clock, timeline=case.timeline, approver_role="hall_head")
        with pytest.raises(AboutThemselves):
            check_may_decide(qiang.user, wish, at=now)


def test_a_request_at_the_desk_becomes_a_complaint_of_its_own(now, fang):
    call = complain(now, by=fang.user, channel="phone").case
    part = complain(now, by=fang.user, call=call, channel="phone")
    assert (part.case.split_from, Complaint.objects.count()) == (call, 2)


def test_the_router_finds_what_nobody_has(now):
    case = complain(now).case
    assert list(worklist("unassigned", router(), at=now)) == [case]
