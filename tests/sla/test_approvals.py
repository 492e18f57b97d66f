"""The approvals inbox: what waits for me, decided with a sentence; and asking for more time on a page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from casework.queries.stories import story_for_staff
from sla.models import Extension
from sla.queries.approvals import count_waiting, inbox
from tests.conftest import NOW
from tests.factories.accounts import HallFactory, StaffFactory
from tests.factories.casework import CaseFactory, stored_file
from tests.factories.sla import ClockFactory, EscalationFactory, ExtensionFactory, PromiseVersionFactory
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RULES = {"is_allowed": True, "times": 1, "share": 100, "approvers": [[50, "hall_head"], [100, "branch_manager"]]}


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def version():
    return PromiseVersionFactory(extension=RULES, texts={"en": {"title": "An answer"}})


@pytest.fixture
def clock(version, hall, fang):
    """An answer within a day, asked for two hours ago; Fang has it in hand."""
    moments = {"started_at": NOW - 2 * HOUR, "due_at": NOW + 22 * HOUR}
    return ClockFactory(timeline=CaseFactory(hall=hall).timeline, version=version, hall=hall, owner=fang, **moments)


@pytest.fixture
def wish(clock, fang):
    return ExtensionFactory(clock=clock, asked_by=fang, asked_at=NOW - HOUR, was_due_at=clock.due_at, due_at=clock.due_at + 6 * HOUR)


def do(who, route, pk, **form):
    return sign_in(Client(), who).post(reverse(f"sla:{route}", args=[pk]), form, follow=True)


def seen_by(who):
    return sign_in(Client(), who).get(reverse("sla:approvals"))


class TestInbox:
    def test_it_waits_for_whoever_decides_about_it(self, wish, qiang, mei):
        assert [one.row for one in seen_by(qiang).context["inbox"].waiting] == [wish]
        assert seen_by(mei).context["inbox"].waiting == []

    def test_somebody_further_up_the_line_may_too(self, wish):
        boss = StaffFactory(hall=None, roles=[Role.BRANCH_MANAGER])
        assert [one.row for one in seen_by(boss).context["inbox"].waiting] == [wish]

    def test_another_hall_s_head_is_not_asked(self, wish):
        head = StaffFactory(hall=HallFactory(), roles=[Role.HALL_HEAD])
        assert seen_by(head).context["inbox"].waiting == []

    def test_one_s_own_wish_waits_for_others(self, wish, fang):
        found = inbox(fang, ["hall_head"])
        assert (found.waiting, [one.row for one in found.asked]) == ([], [wish])

    def test_an_alarm_waits_for_whoever_was_told(self, clock, fang, qiang):
        EscalationFactory(alarm__clock=clock).told.add(fang)
        assert [one.reference for one in seen_by(fang).context["inbox"].alerts] == [clock.timeline.case.reference]
        assert seen_by(qiang).context["inbox"].alerts == []

    def test_the_workbench_says_how_much_waits(self, wish, clock, qiang):
        EscalationFactory(alarm__clock=clock).told.add(qiang)
        assert count_waiting(qiang, ["hall_head"]) == 2
        assert "2 wait" in sign_in(Client(), qiang).get("/staff/").text

    def test_reversals_keep_their_page(self, qiang, fang):
        assert reverse("billing:reversal_list") in seen_by(qiang).text
        assert reverse("billing:reversal_list") not in seen_by(fang).text


class TestDecide:
    def test_approved_the_clock_moves(self, wish, qiang):
        page = do(qiang, "extension_approve", wish.pk, decision="Go on")
        wish.refresh_from_db()
        assert (wish.status, wish.decision, wish.decided_by) == ("approved", "Go on", qiang)
        assert "Approved." in page.text
        assert "Decided lately" in page.text

    def test_refusing_takes_a_sentence(self, wish, qiang):
        assert "why you refuse" in do(qiang, "extension_refuse", wish.pk).text
        do(qiang, "extension_refuse", wish.pk, decision="Borrow a valve")
        wish.refresh_from_db()
        assert wish.status == "refused"

    def test_only_once(self, wish, qiang):
        do(qiang, "extension_refuse", wish.pk, decision="No")
        assert do(qiang, "extension_approve", wish.pk).status_code == 200
        wish.refresh_from_db()
        assert wish.status == "refused"

    def test_too_long_for_the_head_is_for_the_manager(self, wish, qiang):
        Extension.objects.update(approver_role="branch_manager")
        assert do(qiang, "extension_approve", wish.pk).status_code == 403

    def test_one_s_own_can_be_taken_back(self, wish, fang, qiang):
        assert do(qiang, "extension_withdraw", wish.pk).status_code == 404
        do(fang, "extension_withdraw", wish.pk)
        wish.refresh_from_db()
        assert wish.status == "withdrawn"


class TestAsk:
    def ask(self, who, clock, **typed):
        form = {"due_at": "2026-11-21T12:00", "reason": "parts", "explanation": "The valve is on its way", **typed}
        return do(who, "more_time", clock.pk, **form)

    def test_the_case_leads_there(self, clock, fang):
        page = sign_in(Client(), fang).get(reverse("casework:case", args=[clock.timeline.case.reference]))
        assert reverse("sla:more_time", args=[clock.pk]) in page.text

    def test_the_page_says_what_the_rules_allow(self, clock, fang):
        page = sign_in(Client(), fang).get(reverse("sla:more_time", args=[clock.pk]))
        assert page.context["room"].latest == clock.due_at + DAY
        assert "decided by: head of a hall" in page.text

    def test_asked_with_evidence_it_waits(self, clock, fang, qiang):
        file = stored_file(clock.timeline.case)
        page = self.ask(fang, clock, evidence=file.pk)
        wish = Extension.objects.get()
        assert (wish.evidence, wish.approver_role, wish.asked_by) == (file, "hall_head", fang)
        assert page.redirect_chain[-1][0] == reverse("casework:case", args=[clock.timeline.case.reference])
        assert file.name in seen_by(qiang).text

    def test_another_case_s_file_proves_nothing(self, clock, fang):
        assert self.ask(fang, clock, evidence=stored_file(CaseFactory()).pk).status_code == 422

    def test_too_far_stands_at_the_field_and_keeps_what_was_typed(self, clock, fang):
        page = self.ask(fang, clock, due_at="2026-11-25T12:00")
        assert page.status_code == 422
        assert page.context["form"].errors["due_at"] == ["So much more time is not allowed for this promise."]
        assert "The valve is on its way" in page.text

    def test_a_safety_promise_offers_no_form(self, fang, hall):
        safety = PromiseVersionFactory(promise__key="T06", is_safety=True, pauses_on=[])
        clock = ClockFactory(version=safety, is_safety=True, hall=hall)
        page = sign_in(Client(), fang).get(reverse("sla:more_time", args=[clock.pk]))
        assert "never extended" in page.text
        assert "<textarea" not in page.text


def test_the_timeline_of_the_case_tells_it(clock, fang, qiang):
    TestAsk().ask(fang, clock)
    do(qiang, "extension_refuse", Extension.objects.get().pk, decision="Borrow a valve")
    EscalationFactory(alarm__clock=clock).told.add(fang)
    do(fang, "acknowledge", clock.alarms.get().escalation.pk)
    told = [line.text for line in story_for_staff(clock.timeline.case)]
    assert told == ["More time asked for, promise T15: waiting for parts", "More time refused: promise T15", "Taken up: promise T15"]
