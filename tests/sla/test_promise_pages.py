"""The pages of the book: what staff read and write, what customers read."""

import html
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from sla.models import CalendarDay, CalendarVersion, CalendarYear, PromiseVersion
from sla.operations.book import NewVersion, write_version
from sla.queries import policies
from tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("book")


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def desk(client, ada, signed_in):
    return signed_in(client, ada)


@pytest.fixture
def draft(ada):
    promise = PromiseVersion.objects.get(promise="T52").promise
    new = NewVersion(changes={"limit": "PT3H"}, effective_from=None, reason="two more crews")
    return write_version(promise=promise, new=new, by=ada.user, at=NOW)


def form_of(response):
    """What the page would send if nothing were typed."""
    form = response.context["form"]
    values = {
        field.html_name: field.field.prepare_value(field.initial) if hasattr(field.field, "prepare_value") else field.initial
        for field in form
    }
    return {name: "on" if value is True else value for name, value in values.items() if value not in (None, False)}


class TestList:
    def test_every_promise_is_listed_with_its_time(self, desk):
        page = desk.get(reverse("sla:promise_list")).text
        assert page.count('scope="row"') == 103
        assert "within 1 hour" in page
        assert "when work starts on the next working day" in page

    def test_it_can_be_narrowed_to_a_nature_and_a_document(self, desk):
        page = desk.get(reverse("sla:promise_list"), {"nature": "rule", "source": "S4"}).text
        assert page.count('scope="row"') == 3

    def test_an_empty_choice_says_so(self, desk):
        assert "No promise is like this" in desk.get(reverse("sla:promise_list"), {"nature": "gate", "source": "S0"}).text

    def test_a_draft_and_a_coming_version_are_told(self, desk, draft, ada):
        new = NewVersion(changes={"limit": "PT2H"}, effective_from=NOW + timedelta(days=3), reason="still more crews")
        write_version(promise=draft.promise, new=new, by=ada.user, at=NOW)
        page = desk.get(reverse("sla:promise_list")).text
        assert "draft" in page
        assert "changes on 23 Nov 2026" in page

    def test_it_costs_few_queries(self, desk, django_assert_max_num_queries):
        desk.get(reverse("sla:promise_list"))
        with django_assert_max_num_queries(9):
            desk.get(reverse("sla:promise_list"))


class TestDetail:
    def test_source_quote_reading_ladder_and_owner_are_there(self, desk):
        page = desk.get(reverse("sla:promise_detail", args=["T06"])).text
        for words in (
            "抢修人员将在1小时内到达现场处置险情",
            "Lanling",
            "thirty minutes is the target",
            "at 25 % of the time",
            "emergency crew",
        ):
            assert words in page

    @pytest.mark.parametrize(("language", "words"), [("zh-hans", "紧急情况抢修到场"), ("ru", "Аварийный выезд")])
    def test_it_speaks_the_reader_s_language(self, desk, language, words):
        assert words in desk.get(reverse("sla:promise_detail", args=["T06"]), headers={"accept-language": language}).text

    def test_an_unknown_promise_is_not_there(self, desk):
        assert desk.get(reverse("sla:promise_detail", args=["T99"])).status_code == 404

    def test_who_may_not_edit_is_told_why(self, client, fang, signed_in):
        page = signed_in(client, fang).get(reverse("sla:promise_detail", args=["T06"])).text
        assert "Your role does not allow this" in page
        assert "Write a new version" not in page

    def test_the_history_says_what_changed_and_who_did_it(self, desk, draft):
        page = desk.get(reverse("sla:promise_detail", args=["T52"])).text
        assert "two more crews" in page
        assert "limit" in page
        assert "Ada" in page


class Sending:
    """Sends the form as it stands, but for what is typed."""

    def send(self, desk, key="T52", *, follow=False, **typed):
        address = reverse("sla:version_new", args=[key])
        return desk.post(address, {**form_of(desk.get(address)), "reason": "two more crews", **typed}, follow=follow)

    def version(self, key="T52"):
        return PromiseVersion.objects.get(promise=key, number=2)


class TestWriting(Sending):
    def test_a_version_begins_at_its_moment(self, desk):
        response = self.send(desk, limit="PT3H", effective_from="2026-12-01T00:00")
        assert response.status_code == 302
        version = PromiseVersion.objects.get(promise="T52", number=2)
        assert timezone.localtime(version.effective_from).isoformat() == "2026-12-01T00:00:00+08:00"
        assert (version.limit, version.readings, version.texts["ru"]["title"]) == (
            "PT3H",
            {"conflict": ["C10", "C12"]},
            "Обычная неисправность в городе",
        )

    def test_nothing_but_what_was_typed_changes(self, desk):
        self.send(desk, limit="PT3H")
        older, newer = PromiseVersion.objects.filter(promise="T52").order_by("number")
        different = [field.name for field in PromiseVersion._meta.fields if getattr(older, field.name) != getattr(newer, field.name)]
        assert set(different) - {"written_at"} == {"id", "number", "effective_from", "limit", "written_by", "reason"}

    def test_a_wrong_limit_keeps_what_was_typed(self, desk):
        response = self.send(desk, limit="soon")
        assert response.status_code == 422
        assert 'value="soon"' in response.text
        assert "two more crews" in response.text

    def test_a_ladder_and_a_compensation_are_taken_over(self, desk):
        self.send(desk, ladder="90%=supervisor", pays="on", amount="20.50", step="PT24H", cap="100")
        version = PromiseVersion.objects.get(promise="T52", number=2)
        assert version.ladder == [["90%", "supervisor"]]
        assert version.compensation == {"is_on": True, "amount": 2050, "cap": 10000, "step": "PT24H"}

    def test_saying_the_same_again_is_refused(self, desk):
        assert self.send(desk).status_code == 422

    def test_a_draft_gets_its_date(self, desk, draft):
        desk.post(reverse("sla:draft_date", args=[draft.pk]), {"effective_from": "2026-12-01T00:00"})
        draft.refresh_from_db()
        assert draft.effective_from is not None

    def test_a_draft_with_a_date_of_the_past_is_answered_with_a_sentence(self, desk, draft):
        response = desk.post(reverse("sla:draft_date", args=[draft.pk]), {"effective_from": "2026-01-01T00:00"})
        assert response.status_code == 422
        assert "now or later" in response.text

    def test_a_draft_is_thrown_away(self, desk, draft):
        desk.post(reverse("sla:draft_discard", args=[draft.pk]))
        assert PromiseVersion.objects.filter(promise="T52").count() == 1


class TestEvents(Sending):
    def test_they_are_written_one_a_line(self, desk):
        self.send(desk, starts_on="repair.ordered\r\ncase.contacted?by=human|hall&reached=1")
        assert self.version().starts_on == ["repair.ordered", "case.contacted?by=human|hall&reached=1"]

    @pytest.mark.parametrize(
        ("typed", "word"),
        [
            ("repair.ordered Repair", "Repair"),
            ("case.contacted?by", "by"),
            ("case.contacted?by=human&reached", "reached"),
            ("case.contacted?", "case.contacted?"),
        ],
    )
    def test_one_that_cannot_be_read_is_named_and_kept(self, desk, typed, word):
        response = self.send(desk, starts_on=typed)
        assert response.status_code == 422
        assert f"“{word}” cannot be read" in response.text
        assert response.context["form"]["starts_on"].value() == typed
        assert "<details open>" in response.text

    def test_one_that_nobody_records_is_taken_with_a_warning(self, desk):
        page = self.send(desk, stops_on="case.anwsered", follow=True)
        assert self.version().stops_on == ["case.anwsered"]
        assert "No part of the system records this event yet: case.anwsered." in page.text
        assert "recorded by nobody yet" in page.text

    def test_of_what_was_there_before_nothing_is_said(self, desk):
        PromiseVersion.objects.filter(promise="T52").update(withdrawn_on=["comet.seen"])
        assert "No part of the system" not in self.send(desk, limit="PT3H", follow=True).text

    def test_waiting_without_an_end_and_no_beginning_are_said(self, desk):
        page = self.send(desk, starts_on="", pauses_on="case.waiting_for_customer", resumes_on="", follow=True).text
        assert "Nothing starts this clock." in page
        assert "nothing lets it go on" in page

    def test_a_safety_clock_never_waits(self, desk):
        response = self.send(desk, "T06", pauses_on="case.waiting_for_customer")
        assert response.status_code == 422
        assert "never paused" in str(response.context["form"].errors["pauses_on"])


class TestWhom(Sending):
    def test_groups_are_chosen_and_left(self, desk):
        self.send(desk, for_segment=["vip", "key_account"], for_area=[])
        found = self.version().selects
        assert (set(found["segment"]), "area" in found) == ({"vip", "key_account"}, False)

    def test_the_same_choice_in_another_order_is_no_change(self, desk):
        PromiseVersion.objects.filter(promise="T52").update(selects={"segment": ["vip", "key_account"]})
        self.send(desk, limit="PT3H")
        assert self.version().selects == {"segment": ["vip", "key_account"]}

    def test_a_value_that_does_not_exist_is_refused(self, desk):
        assert self.send(desk, for_segment=["royal"]).status_code == 422

    def test_what_some_promise_names_can_be_chosen(self, desk):
        PromiseVersion.objects.filter(promise="T53").update(selects={"classification": ["comet"]})
        policies.forget()
        assert self.send(desk, for_classification=["comet"]).status_code == 302


class TestMoreTime(Sending):
    def test_how_often_how_much_and_who_decides(self, desk):
        self.send(desk, may_extend="on", times="2", share="50", approvers="25%=hall_head, 50=branch_manager")
        assert self.version().extension == {
            "is_allowed": True,
            "times": 2,
            "share": 50,
            "approvers": [[25, "hall_head"], [50, "branch_manager"]],
        }

    @pytest.mark.parametrize(
        ("field", "typed", "said"),
        [
            ("approvers", "50%:supervisor", "“50%:supervisor” is no approver"),
            ("approvers", "50%=clerk", "may not decide about more time"),
            ("times", "0", "greater than or equal to 1"),
            ("total", "soon", "a total like P10D"),
        ],
    )
    def test_nonsense_is_refused_and_kept(self, desk, field, typed, said):
        response = self.send(desk, may_extend="on", **{field: typed})
        assert response.status_code == 422
        assert said in html.unescape(response.text)
        assert response.context["form"][field].value() == typed

    def test_a_bound_that_is_emptied_is_gone(self, desk):
        self.send(desk, may_extend="on", times="1", share="", total="P10D", approvers="")
        assert self.version().extension == {"is_allowed": True, "times": 1, "total": "P10D"}


class TestSoFar(Sending):
    def test_what_is_folded_says_what_holds(self, desk):
        page = html.unescape(desk.get(reverse("sla:version_new", args=["T52"])).text)
        assert "so far: repairs, ordinary, urban" in page
        assert "→" in page


class TestMoney(Sending):
    def test_what_the_form_does_not_show_is_kept(self, desk):
        rule = {"is_on": True, "amount": 500, "step": "PT24H", "step_amount": 100, "hold": "P5D"}
        PromiseVersion.objects.filter(promise="T52").update(compensation=rule)
        self.send(desk, limit="PT3H")
        assert self.version().compensation == rule


class TestCalendars:
    def test_every_calendar_shows_its_week_and_what_is_missing(self, desk):
        page = desk.get(reverse("sla:calendar_list")).text
        assert "Monday–Saturday" in page
        assert "The calendar of China for 2027 is not known yet" in page

    def test_the_warning_stands_on_the_workbench_of_those_concerned(self, desk, client, fang, signed_in):
        assert "is not known yet" in desk.get("/staff/").text
        assert "is not known yet" not in signed_in(client, fang).get("/staff/").text

    def test_a_year_is_confirmed(self, desk):
        desk.post(reverse("sla:year_confirm", args=["CN", 2027]))
        assert CalendarYear.objects.filter(country="CN", year=2027).exists()
        assert "is not known yet" not in desk.get(reverse("sla:calendar_list")).text

    def test_a_calendar_shows_its_special_days(self, desk):
        page = desk.get(reverse("sla:calendar_detail", args=["hall"])).text
        assert "国庆节" in page
        assert "调休上班" in page

    def test_an_unknown_calendar_is_not_there(self, desk):
        assert desk.get(reverse("sla:calendar_detail", args=["moon"])).status_code == 404

    def test_a_day_is_entered_with_its_reason(self, desk):
        typed = {"day": "2026-11-23", "work": "windows", "windows": "09:00-12:00", "reason": "inventory"}
        assert desk.post(reverse("sla:day_enter", args=["hall"]), typed).status_code == 302
        assert CalendarDay.objects.get(calendar="hall").windows == [["09:00", "12:00"]]

    @pytest.mark.parametrize("typed", [{"windows": ""}, {"windows": "12:00-09:00"}, {"windows": "nine"}, {"reason": ""}, {"day": ""}])
    def test_nonsense_is_answered_with_the_form(self, desk, typed):
        whole = {"day": "2026-11-23", "work": "windows", "windows": "09:00-12:00", "reason": "inventory", **typed}
        assert desk.post(reverse("sla:day_enter", args=["hall"]), whole).status_code == 422
        assert not CalendarDay.objects.filter(calendar="hall").exists()

    def test_a_day_of_a_country_cannot_be_taken_back_here(self, desk):
        day = CalendarDay.objects.filter(country="CN").first()
        assert desk.post(reverse("sla:day_take_back", args=[day.pk])).status_code == 404

    def test_new_hours_are_written(self, desk):
        typed = {"effective_from": "2026-12-01T00:00", "day_0": "09:00-12:00,13:00-16:00"}
        assert desk.post(reverse("sla:hours_new", args=["hall"]), typed).status_code == 302
        assert CalendarVersion.objects.get(key="hall", number=2).weekly == {"0": [["09:00", "12:00"], ["13:00", "16:00"]]}


class TestPublic:
    @pytest.mark.parametrize("language", ["en", "zh-hans", "ru"])
    def test_customers_read_their_promises_in_their_language(self, client, language):
        with translation.override(language):
            page = client.get(reverse("sla:our_promises"), headers={"accept-language": language})
        titles = {"en": "Emergency: a crew on site", "zh-hans": "紧急情况抢修到场", "ru": "Аварийный выезд"}
        assert titles[language] in page.text

    def test_promises_among_ourselves_are_not_there(self, client):
        page = client.get(reverse("sla:our_promises")).text
        assert "A transferred case is taken up" not in page
        assert "Monthly call to a key account" not in page

    def test_it_costs_no_query_of_the_book(self, client, django_assert_max_num_queries):
        client.get(reverse("sla:our_promises"))
        with django_assert_max_num_queries(0):
            client.get(reverse("sla:our_promises"))

    def test_without_promises_it_says_so(self, client):
        PromiseVersion.objects.all().delete()
        from sla.queries import policies

        policies.forget()
        assert "Nothing has been promised yet" in client.get(reverse("sla:our_promises")).text
