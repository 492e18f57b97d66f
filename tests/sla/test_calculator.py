"""The calculator page: a question, its moments, its reasons."""

import pytest
from django.urls import reverse

from tests.factories.sla import CalendarDayFactory, HallHoursFactory, PromiseVersionFactory
from tests.signing_in import sign_in

HALL_TIME = {"limit": "PT4H", "calendar": "hall"}
REPAIR = {"family": "repair", "starts_on": ["repair.reported"]}


@pytest.fixture
def hours(db):
    CalendarDayFactory()
    return HallHoursFactory()


@pytest.fixture
def ask(client, fang):
    sign_in(client, fang)

    def asked(status=200, **question):
        response = client.get(reverse("sla:calculator"), question)
        assert response.status_code == status
        return response

    return asked


@pytest.fixture
def answer(hours):
    """An answer within four hours of the hall, told to customers."""
    texts = {"en": {"title": "An answer"}, "ru": {"title": "Ответ"}, "zh-hans": {"title": "答复"}}
    return PromiseVersionFactory(**HALL_TIME, texts=texts, is_public=True, target="PT2H")


class TestAnswer:
    def test_nothing_is_answered_before_something_is_asked(self, ask, answer):
        assert "Nothing is asked yet" in ask().text

    def test_the_due_moment_and_its_distance_are_shown(self, ask, answer):
        page = ask(promise="T15", at="2026-11-20T16:30")
        assert page.context["answer"].deadline.due_at.isoformat() == "2026-11-23T03:30:00+00:00"
        assert "23 Nov 2026 11:30" in page.text
        assert "2\xa0days, 19\xa0hours after the start" in page.text
        assert "23 Nov 2026 09:30" in page.text

    def test_the_ladder_has_its_moments(self, ask, answer):
        tellings = ask(promise="T15", at="2026-11-20T16:30").context["answer"].tellings
        assert [(one.rung, one.who, f"{one.at:%d %H:%M}") for one in tellings] == [
            ("50%", "whoever has it in hand", "23 01:30"),
            ("100%", "supervisor", "23 03:30"),
        ]

    def test_staff_and_customers_read_their_own_reasons(self, ask, answer):
        page = ask(promise="T15", at="2026-11-20T16:30")
        assert "Promise T15 “An answer”, version 1." in page.text
        assert "We promise it by Mon 23 Nov 2026, 11:30." in page.text

    def test_a_promise_among_ourselves_is_not_put_into_a_customers_words(self, ask, hours):
        PromiseVersionFactory(**HALL_TIME)
        page = ask(promise="T15", at="2026-11-20T16:30")
        assert "Customers are not told of this promise" in page.text
        assert "We promise it by" not in page.text

    def test_without_a_moment_it_is_asked_for_now(self, ask, answer, time_machine, now):
        time_machine.move_to(now)
        assert ask(promise="T15").context["begins"] == now

    def test_a_guessed_calendar_is_warned_of(self, ask, hours):
        HallHoursFactory(key="never", weekly={})
        PromiseVersionFactory(limit="PT4H", calendar="never")
        page = ask(promise="T15", at="2026-11-20T10:00")
        assert page.context["answer"].deadline.is_provisional
        assert "A calendar on the way is not fully known" in page.text

    def test_what_is_measured_from_an_agreed_moment_asks_for_it(self, ask, hours):
        PromiseVersionFactory(limit="agreed", anchor="for")
        assert "none is named yet" in ask(promise="T15", at="2026-11-20T10:00").text
        page = ask(promise="T15", at="2026-11-20T10:00", anchor_at="2026-11-24T09:00")
        assert "24 Nov 2026 09:00" in page.text

    @pytest.mark.parametrize(("language", "words"), [("ru", "Ответ"), ("zh-hans", "答复")])
    def test_it_speaks_the_readers_language(self, ask, client, answer, language, words):
        client.cookies["django_language"] = language
        assert words in ask(promise="T15", at="2026-11-20T16:30").text


class TestWhom:
    @pytest.fixture
    def repairs(self, hours):
        PromiseVersionFactory(promise__key="T52", limit="PT4H", selects={"area": ["urban"]}, **REPAIR)
        PromiseVersionFactory(promise__key="T53", limit="PT12H", selects={"area": ["rural"]}, **REPAIR)

    def test_a_family_answers_by_who_it_is_for(self, ask, repairs):
        page = ask(promise="repair", at="2026-11-20T10:00", area="rural")
        assert page.context["answer"].policy.key == "T53"

    def test_it_says_when_another_promise_holds(self, ask, repairs):
        assert "For these attributes T53 holds instead of T52." in ask(promise="T52", at="2026-11-20T10:00", area="rural").text

    def test_what_is_left_out_is_taken_as_the_promise_has_it(self, ask, repairs):
        PromiseVersionFactory(promise__key="T60", limit="PT1H", selects={"area": ["urban"], "segment": ["vip"]}, **REPAIR)
        assert ask(promise="T52", at="2026-11-20T10:00", segment="vip").context["answer"].policy.key == "T60"

    def test_nothing_for_these_attributes_is_said_and_what_was_asked_stays(self, ask, repairs):
        page = ask(422, promise="repair", at="2026-11-20T10:00", area="mountain", segment="vip")
        assert page.context["form"].errors.keys() >= {"area"}
        page = ask(422, promise="repair", at="2026-11-20T10:00", segment="vip")
        assert "Nothing of this kind is promised for these attributes" in page.text
        assert 'value="vip" selected' in page.text


class TestRefusals:
    @pytest.mark.parametrize(
        ("question", "field"),
        [
            ({"promise": "T99", "at": "2026-11-20T10:00"}, "promise"),
            ({"promise": "T15", "at": "soon"}, "at"),
            ({"promise": "T15", "at": "9999-12-31T23:00"}, "at"),
            ({"promise": "T15", "at": "2026-11-20T10:00", "late": "-1"}, "late"),
        ],
    )
    def test_what_cannot_be_answered_is_said_at_its_field(self, ask, answer, question, field):
        assert list(ask(422, **question).context["form"].errors) == [field]


class TestCost:
    QUESTION = {"promise": "T15", "at": "2026-11-20T10:00", "late": "25"}

    def test_it_says_what_breaking_would_cost_though_it_is_off(self, ask, hours):
        PromiseVersionFactory(**HALL_TIME, compensation={"is_on": False, "amount": 2000, "step": "PT24H"})
        page = ask(**self.QUESTION)
        assert "40.00" in page.text
        assert "Compensation is switched off" in page.text

    def test_a_rule_without_an_amount_costs_nothing(self, ask, answer):
        assert "names no amount" in ask(**self.QUESTION).text

    def test_without_a_number_of_hours_nothing_is_said(self, ask, answer):
        assert "Compensation" not in ask(promise="T15", at="2026-11-20T10:00").text
