"""The pages of appointments at halls: for everybody, in the cabinet, at the hall, and the plan."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from desk.models import HallAppointment, HallGap, HallPlaces
from desk.operations import hall_booking
from desk.operations.hall_booking import Wish
from desk.permissions import STRANGER
from tests.factories.hall_appointments import HallAppointmentFactory, HallPlacesFactory, HallServiceFactory
from tests.factories.sla import HallHoursFactory

ZONE = ZoneInfo("Asia/Shanghai")
TEN = datetime(2026, 11, 23, 10, tzinfo=ZONE).astimezone(UTC)
WHO = {"name": "孙丽", "phone": "139 0539 0121", "note": "a card"}


@pytest.fixture(autouse=True)
def now_it_is(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def place(hall):
    HallHoursFactory()
    HallServiceFactory(hall=hall)
    HallPlacesFactory(hall=hall)
    return hall


@pytest.fixture
def booked(place, now):
    wish = Wish(hall=place, service="top_up", starts_at=TEN, channel="web", name="孙丽", phone="+8613905390121")
    return hall_booking.book(wish=wish, by=STRANGER, at=now)


def url(name, *args):
    return reverse(f"desk:{name}", args=args)


def book_at(client, page="appointments", **more):
    return client.post(f"{url(page)}?hall=LL01&service=top_up", {"starts_at": TEN.isoformat(), **WHO, **more}, follow=True)


def text(answer):
    return answer.content.decode()


class TestForEverybody:
    def test_three_looks_lead_to_a_booked_time_and_the_address_names_nobody(self, client, place):
        assert "?hall=LL01" in text(client.get(url("appointments")))
        assert "service=top_up" in text(client.get(f"{url('appointments')}?hall=LL01"))
        page = text(client.get(f"{url('appointments')}?hall=LL01&service=top_up"))
        assert TEN.isoformat() in page
        done = book_at(client, once=re.search(r'name="once" value="(\w+)"', page)[1])
        made = HallAppointment.objects.get()
        assert f"{made.reference[:3]}-{made.reference[3:6]}" in text(done)
        assert [address for address, _status in done.redirect_chain] == [url("appointment_booked")]

    def test_an_impatient_thumb_books_once(self, client, place):
        for _press in range(2):
            assert book_at(client, once="a1").status_code == 200
        assert HallAppointment.objects.count() == 1

    def test_what_is_wrong_is_said_and_what_was_typed_is_kept(self, client, booked):
        for wrong, said in (
            ({"phone": "12"}, "cannot read this number"),
            ({}, "taken the last place"),
            ({"starts_at": "soon"}, "Choose a time"),
        ):
            answer = book_at(client, **wrong)
            assert (answer.status_code, said in text(answer), 'value="孙丽"' in text(answer)) == (422, True, True)

    def test_number_and_code_open_it_and_show_nobody(self, client, booked):
        wrong = client.post(url("appointment_find"), {"reference": booked.reference, "code": "ZZZZ-ZZZZ"})
        assert (wrong.status_code, "We find no appointment" in text(wrong)) == (422, True)
        page = client.post(url("appointment_find"), {"reference": booked.reference.lower(), "code": booked.code}, follow=True)
        assert "10:00" in text(page)
        assert not [word for word in ("孙丽", "0539 0121", "139 0539") if word in text(page)]

    def test_the_link_of_the_message_moves_and_gives_up(self, client, booked):
        from desk.appointment_links import address_of

        path = address_of(booked.pk).partition("/appointments/")[2]
        page = client.get(f"/appointments/{path}", follow=True)
        assert page.redirect_chain[-1][0] == url("appointment_mine")
        half_past = TEN + timedelta(minutes=30)
        moved = client.post(url("appointment_mine"), {"starts_at": half_past.isoformat(), "version": 0}, follow=True)
        assert "You have another time now" in text(moved)
        assert "is given up" in text(client.post(url("appointment_give_up"), follow=True))
        assert HallAppointment.objects.get().status == "cancelled"

    def test_a_link_that_is_not_ours_opens_nothing(self, client, booked):
        answer = client.get(url("appointment_link", f"{booked.pk}-forged"), follow=True)
        assert answer.redirect_chain[-1][0] == url("appointment_find")

    def test_without_a_plan_people_are_sent_to_the_halls(self, client, hall):
        assert "No hall takes appointments yet" in text(client.get(url("appointments")))


class TestInTheCabinet:
    def test_a_customer_books_and_finds_it_and_others_do_not(self, client, signed_in, olive, place, neighbour):
        book_at(signed_in(client, olive), page="cabinet_appointment_new")
        made = HallAppointment.objects.get()
        assert (made.phone, made.account.customer.name) == ("+8613800138000", "李娜")
        assert made.reference in text(client.get(url("cabinet_appointments")))
        assert "You are expected" in text(client.get(reverse("desk:cabinet")))
        other = HallAppointmentFactory(hall=place, account=neighbour)
        assert client.get(url("cabinet_hall_appointment", other.reference)).status_code == 404

    def test_an_empty_list_leads_to_booking(self, client, signed_in, olive, place):
        assert "Nothing is booked" in text(signed_in(client, olive).get(url("cabinet_appointments")))


class TestAtTheHall:
    def test_the_day_shows_who_comes_and_notes_what_happened(self, client, signed_in, fang, booked, time_machine):
        time_machine.move_to(TEN + timedelta(minutes=5), tick=False)
        clerk = signed_in(client, fang)
        assert "孙丽" in text(clerk.get(url("hall_day_list")))
        page = text(clerk.post(url("hall_step", booked.reference), {"step": "arrive"}, follow=True))
        assert "is here: 1" in page
        refused = text(clerk.post(url("hall_step", booked.reference), {"step": "arrive"}, follow=True))
        assert "This cannot be done now" in refused

    def test_somebody_is_booked_by_their_account_and_nobody_by_nothing(self, clerk, place, account):
        here = f"{url('hall_booking_new')}?hall=LL01&service=top_up"
        wrong = clerk.post(here, {"starts_at": TEN.isoformat()})
        assert (wrong.status_code, "Write down name and phone, or the account" in text(wrong)) == (422, True)
        done = clerk.post(here, {"starts_at": TEN.isoformat(), "account": account.number}, follow=True)
        assert "李娜" in text(done)
        assert "Appointments at halls" in text(clerk.get(reverse("desk:account", args=[account.number])))

    def test_a_case_is_noted_and_a_wrong_reference_said(self, clerk, booked, account):
        from tests.factories.casework import CaseFactory

        case = CaseFactory(account=account)
        assert "no case with this reference" in text(
            clerk.post(url("hall_appointment_link", booked.reference), {"reference": "X"}, follow=True)
        )
        clerk.post(url("hall_appointment_link", booked.reference), {"reference": case.reference})
        assert HallAppointment.objects.get().case == case
        assert booked.reference in text(clerk.get(reverse("casework:case", args=[case.reference])))


class TestThePlan:
    @pytest.fixture
    def head(self, client, signed_in, qiang):
        return signed_in(client, qiang)

    def test_hours_are_planned_and_what_overlaps_is_refused(self, head, place):
        hours = {"weekdays": ["1", "2"], "opens": "13:30", "closes": "15:00", "places": "2"}
        for status in (302, 422):
            assert head.post(f"{url('hall_plan')}?hall=LL01", hours).status_code == status
        assert HallPlaces.objects.count() == 3

    def test_before_a_time_is_closed_one_sees_who_had_booked_it(self, head, booked):
        gap = {"gap-first_day": "2026-11-23", "gap-first_hour": "09:00", "gap-last_day": "2026-11-23", "gap-last_hour": "11:00"}
        here = f"{url('hall_gap_new')}?hall=LL01"
        asked = text(head.post(here, {**gap, "gap-reason": "Training"}))
        assert "孙丽" in asked
        assert "Free instead" in asked
        assert not HallGap.objects.exists()
        told = text(head.post(here, {**gap, "gap-reason": "Training", "sure": "1"}, follow=True))
        assert "1 person is written to" in told
        assert "Told by phone" in told
        head.post(url("hall_appointment_told", booked.reference))
        assert HallAppointment.objects.get().told_at is not None

    def test_a_gap_that_ends_before_it_begins_is_refused_with_what_was_typed(self, head, place):
        gap = {"gap-first_day": "2026-11-24", "gap-first_hour": "09:00", "gap-last_day": "2026-11-23", "gap-last_hour": "11:00"}
        answer = head.post(f"{url('hall_gap_new')}?hall=LL01", {**gap, "gap-reason": "Training"})
        assert (answer.status_code, "It ends after it begins" in text(answer), 'value="Training"' in text(answer)) == (422, True, True)
