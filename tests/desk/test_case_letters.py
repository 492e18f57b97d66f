"""Whoever asked learns reference and code, and where the answer lies; whoever is asked to take a case learns it at once."""

from datetime import timedelta

import pytest

import casework.operations
from accounts.roles import Role
from casework.models import Effect
from casework.operations import Opening, Paper, Target, Telling
from casework.references import grouped
from notices.models import Message
from tests.factories.accounts import AbsenceFactory, PhoneFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(fang, now):
    """``asked(contact_phone="+86...")``: a request that Fang took down, and all that follows from it."""

    def make(**known):
        opening = Opening(kind="general_request", subject="", channel="hall", **known)
        row = casework.operations.open_request(opening=opening, topic="bill", text="Too high", by=fang.user, at=now)
        casework.operations.drain(now)
        return row

    return make


def letters(kind):
    return list(Message.objects.filter(kind=kind).order_by("pk"))


@pytest.mark.parametrize("language", ["en", "zh-hans", "ru"])
def test_a_passer_by_with_a_phone_gets_reference_and_code(asked, language):
    case = asked(contact_phone="+8613912345678", language=language).case
    message = letters("case_received")[0]
    assert (message.channel, message.address, message.language) == ("sms", "+8613912345678", language)
    assert grouped(case.reference) in message.text
    assert grouped(case.tracking_code) in message.text


def test_a_customer_is_written_to_the_way_they_chose(asked, account):
    PhoneFactory(customer=account.customer, number="+8613700137000")
    asked(account=account)
    assert letters("case_received")[0].address == "+8613700137000"


def test_who_left_no_phone_gets_no_letter(asked):
    asked()
    assert letters("case_received") == []


def test_the_code_stands_in_no_key(asked):
    case = asked(contact_phone="+8613912345678").case
    assert case.tracking_code not in letters("case_received")[0].key


@pytest.mark.parametrize(("means", "count"), [("cabinet", 1), ("call", 0), ("counter", 0)])
def test_only_an_answer_that_lies_in_the_cabinet_is_announced(asked, fang, account, now, means, count):
    request = asked(account=account, contact_phone="+8613912345678")
    casework.operations.answer_request(request=request, text="Right.", means=means, by=fang.user, at=now + timedelta(minutes=1))
    casework.operations.drain(now + timedelta(minutes=1))
    assert len(letters("case_answered")) == count
    assert Effect.objects.given_up().count() == 0


def test_a_question_in_the_cabinet_is_announced_without_its_words(asked, fang, account, now):
    request = asked(account=account, contact_phone="+8613912345678")
    casework.operations.ask_customer(case=request.case, question="Which month?", means="cabinet", by=fang.user, at=now)
    casework.operations.drain(now)
    assert "Which month?" not in letters("case_question")[0].text


class TestColleagues:
    @pytest.fixture
    def wei(self):
        return StaffFactory(user__username="wei", name="张伟", number="531", hall=None, roles=[Role.HOTLINE_AGENT])

    def offer(self, case, to, by, at):
        casework.operations.transfer(case=case, to=Target(**to), by=by.user, at=at)
        casework.operations.drain(at)

    def test_who_is_asked_learns_it_with_the_way_there(self, asked, fang, wei, now):
        case = asked().case
        self.offer(case, {"staff": wei}, fang, now)
        message = letters("case_offered")[0]
        assert (message.staff, message.link) == (wei, f"/staff/cases/{case.reference}/")

    def test_the_deputy_learns_it_instead_of_who_is_away(self, asked, fang, wei, qiang, now):
        AbsenceFactory(staff=wei, deputy=qiang, starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=1))
        self.offer(asked().case, {"staff": wei}, fang, now)
        assert {message.staff for message in letters("case_offered")} == {qiang}

    def test_everybody_of_a_department_learns_it(self, asked, fang, wei, now):
        self.offer(asked().case, {"role": Role.HOTLINE_AGENT}, fang, now)
        assert {message.staff for message in letters("case_offered")} == {wei}

    def test_an_offer_that_was_answered_before_is_not_announced(self, asked, fang, wei, now):
        case = asked().case
        casework.operations.transfer(case=case, to=Target(staff=wei), by=fang.user, at=now)
        casework.operations.accept(case=case, by=wei.user, at=now)
        casework.operations.drain(now)
        assert letters("case_offered") == []

    def test_who_asked_learns_that_it_was_declined_and_why(self, asked, fang, wei, now):
        case = asked().case
        self.offer(case, {"staff": wei}, fang, now)
        casework.operations.decline(case=case, reason="not my street", by=wei.user, at=now)
        casework.operations.drain(now)
        message = letters("case_declined")[0]
        assert message.staff == fang
        assert "not my street" in message.text

    def test_the_head_of_the_hall_learns_what_somebody_cannot_judge(self, asked, fang, qiang, now):
        case = asked().case
        casework.operations.ask_leader(case=case, question="May I promise it for today?", by=fang.user, at=now)
        casework.operations.drain(now)
        message = letters("case_leader")[0]
        assert message.staff == qiang
        assert "May I promise it for today?" in message.text
        assert case.owner == fang


@pytest.mark.parametrize("language", ["en", "zh-hans", "ru"])
def test_the_whole_list_of_missing_papers_is_written_to_who_asked(asked, fang, now, language):
    case = asked(contact_phone="+8613912345678", language=language).case
    telling = Telling(papers=[Paper("Lease", "page 2 is missing"), Paper("Identity card")], means="counter")
    casework.operations.return_papers(case=case, telling=telling, by=fang.user, at=now)
    casework.operations.drain(now)
    message = letters("case_papers")[0]
    assert "1) Lease: page 2 is missing; 2) Identity card" in message.text
    assert (message.address, Effect.objects.given_up().count()) == ("+8613912345678", 0)
