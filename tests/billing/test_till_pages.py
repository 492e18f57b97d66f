"""The pages of tills and days: typed numbers stay, mistakes are sentences, strangers are kept out."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from billing.models import HallDay, Shift
from billing.operations import shifts
from tests.factories import accounts as people
from tests.factories import billing as money
from tests.factories.tills import pay

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def counter(hall):
    return people.CounterFactory(hall=hall, number=7)


@pytest.fixture
def shift(hall, fang, now):
    """Opened the proper way, so that it has a journal."""
    return shifts.open_shift(counter=people.CounterFactory(hall=hall, number=1), clerk=fang, float_amount=50_000, at=now)


@pytest.fixture
def counted(shift, now):
    return shifts.count_shift(shift=shift, counted={10_000: 5}, reason="", at=now)


def text(answer):
    return answer.content.decode()


class TestOwnShift:
    def test_opens_with_the_float_typed_as_people_type(self, client, signed_in, fang, counter):
        answer = signed_in(client, fang).post("/staff/shift/open/", {"counter": counter.pk, "float_amount": "５００,50"}, follow=True)
        assert Shift.objects.get().float_amount == 50_050
        assert "Your shift is open." in text(answer)

    def test_opens_with_nothing_in_the_till(self, client, signed_in, fang, counter):
        signed_in(client, fang).post("/staff/shift/open/", {"counter": counter.pk, "float_amount": "0"})
        assert Shift.objects.get().float_amount == 0

    @pytest.mark.parametrize("typed", ["", "-5", "abc", "1,000", "0.001", "9" * 15])
    def test_keeps_what_was_typed_when_it_is_no_amount(self, client, signed_in, fang, counter, typed):
        answer = signed_in(client, fang).post("/staff/shift/open/", {"counter": counter.pk, "float_amount": typed})
        assert answer.status_code == 200
        assert f'value="{typed}"' in text(answer) or not typed
        assert not Shift.objects.exists()

    def test_offers_only_counters_of_the_own_hall(self, client, signed_in, fang):
        elsewhere = people.CounterFactory()
        signed_in(client, fang).post("/staff/shift/open/", {"counter": elsewhere.pk, "float_amount": "0"})
        assert not Shift.objects.exists()

    def test_says_when_the_counter_is_taken(self, client, signed_in, shift, hall):
        other = people.StaffFactory(hall=hall)
        answer = signed_in(client, other).post("/staff/shift/open/", {"counter": shift.counter_id, "float_amount": "12.34"})
        assert "already have a shift that is not closed" in text(answer)
        assert 'value="12.34"' in text(answer)

    def test_a_double_click_opens_one(self, client, signed_in, fang, counter):
        for _ in range(2):
            signed_in(client, fang).post("/staff/shift/open/", {"counter": counter.pk, "float_amount": "100"})
        assert Shift.objects.count() == 1


class TestCount:
    def test_asks_for_a_reason_and_keeps_the_pieces(self, client, signed_in, fang, shift):
        answer = signed_in(client, fang).post("/staff/shift/count/", {"pieces_10000": "4", "reason": ""})
        assert "short by ¥100.00" in text(answer)
        assert 'value="4"' in text(answer)
        assert Shift.objects.get().is_open

    def test_takes_full_width_digits(self, client, signed_in, fang, shift):
        signed_in(client, fang).post("/staff/shift/count/", {"pieces_10000": "５"})
        assert Shift.objects.get().counted == {"10000": 5}

    @pytest.mark.parametrize("typed", ["-1", "1.5", "many", "100001"])
    def test_refuses_what_is_no_number_of_pieces(self, client, signed_in, fang, shift, typed):
        answer = signed_in(client, fang).post("/staff/shift/count/", {"pieces_10000": typed})
        assert (answer.status_code, Shift.objects.get().status) == (200, "open")

    def test_without_a_shift_leads_back(self, client, signed_in, fang):
        assert signed_in(client, fang).post("/staff/shift/count/", {}).status_code == 302


class TestSigning:
    def test_lists_and_signs(self, client, signed_in, qiang, counted):
        signed_in(client, qiang)
        assert f"/staff/shifts/{counted.pk}/" in text(client.get("/staff/shifts/"))
        assert "sign and close" in text(client.get(f"/staff/shifts/{counted.pk}/"))
        assert "closed for good" in text(client.post(f"/staff/shifts/{counted.pk}/sign/", follow=True))
        assert Shift.objects.get().is_closed

    def test_the_clerk_sees_it_but_has_no_button(self, client, signed_in, fang, counted):
        page = text(signed_in(client, fang).get(f"/staff/shifts/{counted.pk}/"))
        assert "Somebody else has to sign" in page
        assert "sign and close" not in page

    def test_sends_back_only_with_a_reason(self, client, signed_in, qiang, counted):
        signed_in(client, qiang).post(f"/staff/shifts/{counted.pk}/reopen/", {"reason": ""})
        assert Shift.objects.get().is_counted
        client.post(f"/staff/shifts/{counted.pk}/reopen/", {"reason": "other", "words": "a note fell down"})
        assert Shift.objects.get().is_open
        assert "a note fell down" in text(client.get(f"/staff/shifts/{counted.pk}/"))

    def test_a_clerk_who_left_does_not_block_the_counter(self, client, signed_in, qiang, mei, shift):
        signed_in(client, qiang)
        assert "Count the till for them" in text(client.get(f"/staff/shifts/{shift.pk}/"))
        url = f"/staff/shifts/{shift.pk}/count/"
        assert "short by ¥100.00" in text(client.post(url, {"pieces_10000": "4"}))
        page = text(client.post(url, {"pieces_10000": "5"}, follow=True))
        assert "Counted for the clerk by" in page
        assert "sign and close" not in page
        signed_in(client, mei).post(f"/staff/shifts/{shift.pk}/sign/")
        assert Shift.objects.get().is_closed

    def test_long_lists_of_tills_are_paged(self, client, signed_in, qiang, hall, now, monkeypatch):
        monkeypatch.setattr("billing.views.tills.PAGE", 2)
        for number in range(20, 25):
            money.ShiftFactory(counter=people.CounterFactory(hall=hall, number=number), clerk=people.StaffFactory(hall=hall))
        page = text(signed_in(client, qiang).get("/staff/shifts/?open=2"))
        assert (page.count("<td><a href="), "Page 2 of 3" in page) == (2, True)
        assert "?open=3" in page

    def test_another_halls_till_does_not_exist(self, client, signed_in, counted):
        signed_in(client, people.StaffFactory(roles=[Role.HALL_HEAD]))
        urls = [f"/staff/shifts/{counted.pk}/", f"/staff/shifts/{counted.pk}.pdf"]
        assert [client.get(url).status_code for url in urls] == [404, 404]
        assert client.post(f"/staff/shifts/{counted.pk}/sign/").status_code == 404

    def test_another_clerks_till_does_not_exist(self, client, signed_in, counted, hall):
        assert signed_in(client, people.StaffFactory(hall=hall)).get(f"/staff/shifts/{counted.pk}/").status_code == 404

    def test_the_report_is_a_pdf(self, client, signed_in, qiang, counted):
        assert signed_in(client, qiang).get(f"/staff/shifts/{counted.pk}.pdf").content.startswith(b"%PDF")

    def test_the_next_shift_is_offered_at_the_same_counter(self, client, signed_in, fang, qiang, counted):
        signed_in(client, qiang).post(f"/staff/shifts/{counted.pk}/sign/")
        assert signed_in(client, fang).get("/staff/shift/").context["open_form"]["counter"].value() == counted.counter_id

    def test_the_list_asks_the_same_number_of_questions(self, client, signed_in, qiang, hall, counted, django_assert_max_num_queries):
        for _ in range(5):
            money.ShiftFactory(clerk__hall=hall)
        signed_in(client, qiang)
        with django_assert_max_num_queries(12):
            client.get("/staff/shifts/")


class TestHallDay:
    @pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
    def test_of_an_impossible_day_is_not_there(self, client, signed_in, qiang, hall, day):
        browser = signed_in(client, qiang)
        assert "day" in browser.get(reverse("billing:hall_day"), {"hall": hall.code, "day": day}).context["form"].errors
        assert browser.post(reverse("billing:hall_day_close"), {"hall": hall.code, "day": day}).status_code == 404
        assert browser.get(f"/staff/hall-day/{hall.code}/{day}.pdf").status_code == 404

    def test_closes_when_every_till_is_signed(self, client, signed_in, qiang, counted, now):
        shifts.countersign_shift(shift=counted, staff=qiang, at=now)
        answer = signed_in(client, qiang).post("/staff/hall-day/close/", {"hall": "LL01", "day": "2026-11-20"}, follow=True)
        assert "These totals are fixed." in text(answer)
        assert HallDay.objects.get().closed_by == qiang

    def test_cash_goes_to_the_bank_and_a_second_person_signs(self, client, signed_in, qiang, mei, counted, now):
        shifts.countersign_shift(shift=counted, staff=qiang, at=now)
        which = {"hall": "LL01", "day": "2026-11-20"}
        refused = signed_in(client, qiang).post("/staff/hall-day/deposit/", {**which, "amount": "9999", "slip": "B-7"})
        assert (refused.status_code, 'value="B-7"' in refused.text) == (422, True)
        client.post("/staff/hall-day/close/", which)
        assert "You closed this day yourself" in text(client.get("/staff/hall-day/", which))
        answer = signed_in(client, mei).post("/staff/hall-day/sign/", which, follow=True)
        assert "Compared and signed by" in text(answer)

    def test_a_day_that_is_not_closed_is_not_signed(self, client, signed_in, mei, hall):
        assert signed_in(client, mei).post("/staff/hall-day/sign/", {"hall": "LL01", "day": "2026-11-20"}).status_code == 404

    def test_says_what_is_still_open(self, client, signed_in, qiang, shift):
        answer = signed_in(client, qiang).post("/staff/hall-day/close/", {"hall": "LL01", "day": "2026-11-20"})
        assert answer.status_code == 422
        assert "1 shift of this day is not closed yet." in text(answer)
        assert not HallDay.objects.exists()

    def test_another_hall_does_not_exist(self, client, signed_in, qiang):
        people.HallFactory(code="LL77")
        signed_in(client, qiang)
        assert client.post("/staff/hall-day/close/", {"hall": "LL77", "day": "2026-11-20"}).status_code == 404
        assert client.get("/staff/hall-day/LL77/2026-11-20.pdf").status_code == 404

    @pytest.mark.parametrize("day", ["", "tomorrow", "2026-02-30", "99999-01-01"])
    def test_nonsense_days_show_today(self, client, signed_in, qiang, day):
        assert signed_in(client, qiang).get("/staff/hall-day/", {"hall": "LL01", "day": day}).status_code == 200

    def test_the_report_is_a_pdf(self, client, signed_in, qiang, account, shift, now):
        pay(account, shift, at=now)
        assert signed_in(client, qiang).get("/staff/hall-day/LL01/2026-11-20.pdf").content.startswith(b"%PDF")

    def test_a_day_that_does_not_exist_is_not_found(self, client, signed_in, qiang):
        assert signed_in(client, qiang).get("/staff/hall-day/LL01/2026-02-30.pdf").status_code == 404


PAGES = {
    "shift": Role.CLERK,
    "shift_list": Role.HALL_HEAD,
    "hall_day": Role.HALL_HEAD,
    "ledger": Role.FINANCE,
    "ledger_csv": Role.FINANCE,
    "reversal_list": Role.HALL_HEAD,
}


class TestDoors:
    @pytest.mark.parametrize("name", PAGES)
    def test_open_to_the_role(self, client, signed_in, hall, name):
        someone = people.StaffFactory(hall=hall, roles=[PAGES[name]])
        assert signed_in(client, someone).get(reverse(f"billing:{name}")).status_code == 200

    @pytest.mark.parametrize("name", PAGES)
    def test_are_shut_to_customers_and_other_staff(self, client, signed_in, olive, name):
        assert signed_in(client, olive).get(reverse(f"billing:{name}")).status_code == 403
        crew = people.StaffFactory(roles=[Role.CREW])
        assert signed_in(client, crew).get(reverse(f"billing:{name}")).status_code == 403

    @pytest.mark.parametrize("name", PAGES)
    def test_ask_visitors_to_sign_in(self, client, db, name):
        assert client.get(reverse(f"billing:{name}")).status_code == 302

    @pytest.mark.parametrize(
        "url",
        [
            "/staff/shift/open/",
            "/staff/shift/count/",
            "/staff/shifts/1/sign/",
            "/staff/shifts/1/reopen/",
            "/staff/hall-day/close/",
            "/staff/reversals/X/approve/",
            "/staff/reversals/X/refuse/",
        ],
    )
    def test_verbs_are_not_for_looking_and_not_for_strangers(self, client, signed_in, qiang, olive, url):
        assert signed_in(client, qiang).get(url).status_code == 405
        assert signed_in(client, olive).post(url).status_code == 403
