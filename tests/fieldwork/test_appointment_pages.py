"""The pages of appointments: three doors to the same choice, the planner's week, and where an agreed time is shown."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.actors import System
from fieldwork.models import Blackout, Booking, SlotPlan, Visit
from fieldwork.operations import appointments, offer
from tests.factories.accounts import BindingFactory, UserFactory
from tests.factories.casework import CaseFactory
from tests.factories.fieldwork import BlackoutFactory, BookingFactory
from tests.fieldwork.conftest import at_hour
from tests.signing_in import sign_in

pytestmark = pytest.mark.usefixtures("area")
CHOICE = at_hour(9, day=1)


@pytest.fixture(autouse=True)
def now_it_is(time_machine, now):
    time_machine.move_to(now, tick=False)


def value(moment):
    """As the radio buttons have it."""
    from datetime import UTC

    return moment.astimezone(UTC).isoformat()


class TestCustomer:
    @pytest.fixture
    def olives(self, account):
        olive = UserFactory()
        BindingFactory(user=olive, account=account)
        return sign_in(Client(), olive)

    def test_in_the_cabinet_a_time_is_chosen_moved_and_given_up(self, olives, asked, account):
        visit = asked(account=account)
        here = reverse("fieldwork:cabinet_appointment", args=[visit.case.reference])
        assert value(CHOICE) in olives.get(here).content.decode()
        assert olives.post(here, {"starts_at": value(CHOICE)}).status_code == 302
        page = olives.get(reverse("casework:request", args=[visit.case.reference])).content.decode()
        assert here in page
        assert "09:00" in page
        olives.post(here, {"starts_at": value(at_hour(14))})
        olives.post(reverse("fieldwork:cabinet_appointment_cancel", args=[visit.case.reference]))
        assert list(Booking.objects.order_by("pk").values_list("release_reason", flat=True)) == ["moved", "cancelled"]

    def test_what_was_taken_meanwhile_is_refused_with_the_list_as_it_is(self, olives, asked, account):
        visit = asked(account=account)
        appointments.agree(case=asked().case, starts_at=CHOICE, by=System("tests"), at=at_hour(10))
        answer = olives.post(reverse("fieldwork:cabinet_appointment", args=[visit.case.reference]), {"starts_at": value(CHOICE)})
        assert answer.status_code == 422
        assert "taken this time" in answer.content.decode()
        assert value(CHOICE) not in answer.content.decode()

    @pytest.mark.parametrize(
        "sent", [{}, {"starts_at": "tomorrow"}, {"starts_at": "2026-11-21T09:00"}, {"starts_at": "0001-01-01T00:00:00+14:00"}]
    )
    def test_an_empty_choice_is_asked_for_again(self, olives, asked, account, sent):
        visit = asked(account=account)
        assert olives.post(reverse("fieldwork:cabinet_appointment", args=[visit.case.reference]), sent).status_code == 422

    def test_by_reference_and_code_without_a_sign_in(self, client, asked):
        case = asked().case
        assert client.get(reverse("fieldwork:tracked_appointment")).url == reverse("casework:track")
        client.post(reverse("casework:track"), {"reference": case.reference, "code": case.tracking_code})
        assert client.post(reverse("fieldwork:tracked_appointment"), {"starts_at": value(CHOICE)}).url == reverse("casework:tracked")
        assert Booking.objects.get().by == "system:tracking"
        client.post(reverse("fieldwork:tracked_appointment_cancel"))
        assert Booking.objects.get().release_reason == "cancelled"


class TestDesk:
    def test_a_page_left_open_is_refused(self, fang, asked):
        visit = asked()
        here = reverse("fieldwork:case_appointment", args=[visit.case.reference])
        Visit.objects.update(version=7)
        answer = sign_in(Client(), fang.user).post(here, {"starts_at": value(CHOICE), "version": 0})
        assert (answer.status_code, Booking.objects.count()) == (422, 0)

    def test_a_visit_is_arranged_for_a_matter_that_sends_nobody(self, fang, account, quarter):
        type(account.premises).objects.update(territory=quarter)
        case = CaseFactory(account=account)
        here = reverse("fieldwork:case_appointment", args=[case.reference])
        client = sign_in(Client(), fang.user)
        assert here in client.get(reverse("casework:case", args=[case.reference])).content.decode()
        assert "What somebody comes for" in client.get(here).content.decode()
        assert client.post(f"{here}?purpose=steward", {"starts_at": value(CHOICE)}).status_code == 302
        assert Booking.objects.get().visit.purpose == "steward"

    def test_what_was_chosen_for_one_visit_is_not_taken_for_another(self, fang, asked):
        here = reverse("fieldwork:case_appointment", args=[asked().case.reference])
        answer = sign_in(Client(), fang.user).post(f"{here}?purpose=steward", {"starts_at": value(CHOICE)}, follow=True)
        assert "Somebody is asked for already" in answer.text
        assert not Booking.objects.exists()

    def test_in_danger_the_page_says_why_not(self, fang, asked):
        page = sign_in(Client(), fang.user).get(reverse("fieldwork:case_appointment", args=[asked("emergency").case.reference]))
        assert escape("In danger nobody waits for an appointment") in page.content.decode()


class TestShown:
    def test_on_the_board_the_visit_and_the_crew_s_phone(self, asked, near, yan, hong, now):
        visit = asked()
        appointments.agree(case=visit.case, starts_at=at_hour(14), by=System("tests"), at=now)
        visit = Visit.objects.get()
        offer(visit=visit, crew=near, by=yan.user, at=now)
        crew, dispatcher = sign_in(Client(), hong.user), sign_in(Client(), yan.user)
        pages = [dispatcher.get(reverse("fieldwork:dispatch")), dispatcher.get(reverse("fieldwork:dispatch_visit", args=[visit.pk]))]
        pages += [crew.get(reverse("fieldwork:phone_list")), crew.get(reverse("fieldwork:phone_visit", args=[visit.pk]))]
        assert ["14:00</time>" in page.content.decode() for page in pages] == [True] * 4


class TestPlanner:
    @pytest.fixture
    def yans(self, yan):
        return sign_in(Client(), yan.user)

    def plan(self, yans, area, **sent):
        here = f"{reverse('fieldwork:slot_plan')}?area={area.pk}&purpose=repair"
        return yans.post(here, {"weekdays": ["0", "6"], "opens": "17:00", "closes": "19:00", "capacity": "2"} | sent)

    def test_a_window_is_planned_on_several_weekdays(self, yans, area):
        assert self.plan(yans, area).status_code == 302
        assert list(area.slot_plans.filter(purpose="repair", capacity=2).values_list("weekday", flat=True)) == [0, 6]

    @pytest.mark.parametrize("sent", [{"opens": "10:00"}, {"weekdays": []}, {"closes": "17:00"}, {"capacity": "0"}])
    def test_what_overlaps_or_says_nothing_is_refused(self, yans, area, sent):
        before = SlotPlan.objects.count()
        assert self.plan(yans, area, **sent).status_code == 422
        assert SlotPlan.objects.count() == before

    def test_capacity_changes_and_a_window_goes(self, yans, area):
        first, second = area.slot_plans.filter(purpose="repair")[:2]
        yans.post(reverse("fieldwork:slot_capacity", args=[first.pk]), {"capacity": "5"})
        yans.post(reverse("fieldwork:slot_capacity", args=[second.pk]), {"capacity": "none"})
        yans.post(reverse("fieldwork:slot_drop", args=[second.pk]))
        first.refresh_from_db()
        assert first.capacity == 5
        assert not SlotPlan.objects.filter(pk=second.pk).exists()

    def test_as_many_statements_for_many_closed_days_as_for_few(self, yans, area, django_assert_max_num_queries):
        BookingFactory(service_area=area, starts_at=CHOICE)
        BookingFactory(starts_at=CHOICE, place=2)
        for day in range(8):
            closed = (CHOICE + timedelta(days=day)).date()
            BlackoutFactory(service_area=area, first_day=closed, last_day=closed)
        with django_assert_max_num_queries(20):
            page = yans.get(reverse("fieldwork:slot_plan") + f"?area={area.pk}").text
        assert page.count("1 appointment stands") == 1

    def test_closed_days_name_the_appointments_that_stand(self, yans, area):
        BookingFactory(service_area=area, starts_at=CHOICE)
        sent = {"blackout-first_day": "2026-11-21", "blackout-last_day": "2026-11-22", "blackout-reason": "staff meeting"}
        page = yans.post(reverse("fieldwork:blackout_new") + f"?area={area.pk}", sent, follow=True).content.decode()
        assert "1 appointment stands on these days" in page
        assert "closed by 严明" in page
        yans.post(reverse("fieldwork:blackout_lift", args=[Blackout.objects.get().pk]))
        assert not Blackout.objects.exists()
        assert list(Blackout.history.values_list("history_type", "history_user__staff__name")) == [("-", "严明"), ("+", "严明")]

    @pytest.mark.parametrize("days", [("2026-11-22", "2026-11-21"), ("2026-11-18", "2026-11-19"), ("9999-12-31", "9999-12-31")])
    def test_days_that_end_before_they_begin_are_over_or_never_come_are_no_closure(self, yans, area, days):
        sent = {"blackout-first_day": days[0], "blackout-last_day": days[1], "blackout-reason": "x"}
        assert yans.post(reverse("fieldwork:blackout_new"), sent).status_code == 422
        assert yans.get(reverse("fieldwork:slot_plan")).status_code == 200
