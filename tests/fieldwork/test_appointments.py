"""A time for a visit: agreed, moved, given up, kept, and what else becomes of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

import fieldwork.operations
from accounts.permissions import Forbidden
from fieldwork.models import Booking, Visit
from fieldwork.operations import appointments, arranging, offer
from fieldwork.operations.booked_visits import offer_booked, remind
from fieldwork.operations.bookings import NotYetExpected
from notices.models import Message
from tests.factories.accounts import BindingFactory, TerritoryFactory, UserFactory
from tests.factories.casework import CaseFactory
from tests.factories.fieldwork import BlackoutFactory, BookingFactory, CrewFactory, VisitFactory
from tests.fieldwork.conftest import at_hour, facts, verbs

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("area")


def agree(visit, by, now, starts=None):
    return appointments.agree(case=visit.case, starts_at=starts or at_hour(14), by=by.user, at=now)


def ends():
    return list(Booking.objects.order_by("pk").values_list("release_reason", flat=True))


class TestAgree:
    def test_a_time_is_told_on_the_timeline(self, asked, fang, now):
        visit = asked()
        booking = agree(visit, fang, now)
        told = facts(visit, "appointment.agreed")
        assert (told["purpose"], told["until"], told["about"]) == ("repair", booking.ends_at.isoformat(), str(booking.pk))
        assert (booking.starts_at, booking.ends_at, booking.plan.capacity) == (at_hour(14), at_hour(16), 1)

    def test_the_same_slot_is_not_given_twice(self, asked, fang, now):
        agree(asked(), fang, now)
        with pytest.raises(appointments.SlotTaken):
            agree(asked(), fang, now)

    def test_each_place_of_a_slot_is_given_once(self, asked, fang, area, now):
        area.slot_plans.update(capacity=2)
        assert [agree(asked(), fang, now).place for _visit in range(2)] == [1, 2]
        with pytest.raises(appointments.SlotTaken):
            agree(asked(), fang, now)

    def test_a_visit_has_one_time(self, asked, fang, now):
        visit = asked()
        agree(visit, fang, now)
        with pytest.raises(appointments.AlreadyAgreed):
            agree(visit, fang, now, at_hour(9, day=1))

    @pytest.mark.parametrize("starts", [at_hour(9), at_hour(13), at_hour(12, day=1), at_hour(9, day=15), at_hour(9, day=-7)])
    def test_no_time_is_made_up(self, asked, fang, now, starts):
        with pytest.raises(appointments.NoSuchSlot):
            agree(asked(), fang, now, starts)

    def test_nobody_comes_on_closed_days(self, asked, fang, now):
        BlackoutFactory(first_day=now.date(), last_day=now.date())
        with pytest.raises(appointments.NoSuchSlot):
            agree(asked(), fang, now)

    def test_nobody_plans_where_no_hall_looks(self, asked, fang, now):
        visit = asked()
        Visit.objects.update(territory=TerritoryFactory())
        with pytest.raises(appointments.NoSuchSlot):
            agree(visit, fang, now)


class TestWhoAndWhat:
    def test_customers_for_their_own_only(self, asked, account, now):
        visit, olive, stranger = asked(account=account), UserFactory(), UserFactory()
        BindingFactory(user=olive, account=account)
        with pytest.raises(Forbidden):
            appointments.agree(case=visit.case, starts_at=at_hour(14), by=stranger, at=now)
        assert appointments.agree(case=visit.case, starts_at=at_hour(14), by=olive, at=now).by == olive.actor_label

    def test_staff_who_handle_no_cases_do_not(self, asked, mei, now):
        with pytest.raises(Forbidden):
            agree(asked(), mei, now)

    def test_in_danger_nobody_waits_for_a_time(self, asked, fang, now):
        with pytest.raises(appointments.NotToBeBooked):
            agree(asked("emergency"), fang, now)

    def test_a_crew_on_its_way_is_not_stopped(self, asked, near, yan, hong, fang, now):
        visit = asked()
        offer(visit=visit, crew=near, by=yan.user, at=now)
        fieldwork.operations.accept(visit=visit, by=hong.user, at=now)
        fieldwork.operations.set_off(visit=visit, by=hong.user, at=now)
        with pytest.raises(appointments.NotToBeBooked):
            agree(visit, fang, now)

    def test_a_crew_that_has_it_is_put_off_and_may_be_asked_again(self, asked, near, yan, hong, fang, now):
        visit = asked()
        offer(visit=visit, crew=near, by=yan.user, at=now)
        fieldwork.operations.accept(visit=visit, by=hong.user, at=now)
        agree(visit, fang, now)
        visit.refresh_from_db()
        assert (visit.status, visit.offers.get().answer) == ("asked", "put_off")
        offer_booked(at=at_hour(12))
        visit.refresh_from_db()
        assert (visit.status, visit.crew) == ("offered", near)


class TestMoveAndCancel:
    def test_moved_in_time_the_old_place_is_free_again(self, asked, fang, now):
        visit = asked()
        agree(visit, fang, now)
        appointments.move(case=visit.case, starts_at=at_hour(9, day=1), by=fang.user, at=now)
        agree(asked(), fang, now)
        assert ends() == ["moved", "", ""]
        assert verbs(visit)[-2:] == ["appointment.moved", "appointment.agreed"]

    def test_to_the_same_time_it_is_not_moved(self, asked, fang, now):
        visit = asked()
        booking = agree(visit, fang, now)
        assert appointments.move(case=visit.case, starts_at=at_hour(14), by=fang.user, at=now) == booking
        assert ends() == [""]

    def test_where_the_new_one_is_taken_the_old_one_stays(self, asked, fang, now):
        visit = asked()
        agree(visit, fang, now)
        agree(asked(), fang, now, at_hour(9, day=1))
        with pytest.raises(appointments.SlotTaken):
            appointments.move(case=visit.case, starts_at=at_hour(9, day=1), by=fang.user, at=now)
        assert ends() == ["", ""]

    def test_given_up_the_visit_is_still_asked_for(self, asked, fang, now):
        visit = asked()
        agree(visit, fang, now)
        appointments.cancel(case=visit.case, by=fang.user, at=now)
        assert (ends(), Visit.objects.get().status) == (["cancelled"], "asked")
        with pytest.raises(appointments.NothingAgreed):
            appointments.cancel(case=visit.case, by=fang.user, at=now)

    def test_it_is_for_the_visit_that_is_open_not_for_a_later_one_that_ended(self, asked, fang, now):
        visit = asked()
        VisitFactory(case=visit.case, timeline=visit.timeline, status="done", ended_at=now, crew=CrewFactory())
        assert agree(visit, fang, now).visit == visit

    def test_it_ends_with_the_visit(self, asked, fang, yan, now):
        visit = asked()
        agree(visit, fang, now)
        fieldwork.operations.cancel(visit=Visit.objects.get(), by=yan.user, at=now)
        assert (ends(), verbs(visit)[-2:]) == (["cancelled"], ["visit.cancel", "appointment.cancelled"])


@pytest.fixture
def at_the_door(asked, near, yan, hong, fang, now):
    """``at_the_door(moment)``: a visit agreed from two to four, and its crew arrived at that moment."""

    def make(moment, reach=None):
        visit = asked()
        agree(visit, fang, now)
        visit = Visit.objects.get(pk=visit.pk)
        offer(visit=visit, crew=near, by=yan.user, at=now + HOUR)
        fieldwork.operations.accept(visit=visit, by=hong.user, at=now + HOUR)
        fieldwork.operations.arrive(visit=visit, by=hong.user, at=reach or moment, happened_at=moment)
        return visit

    return make


class TestAtTheDoor:
    def test_within_the_window_it_is_kept(self, at_the_door):
        visit = at_the_door(at_hour(15))
        assert (ends(), verbs(visit)[-2:]) == (["kept"], ["visit.arrive", "appointment.kept"])

    def test_what_is_told_late_counts_from_when_it_was(self, at_the_door):
        visit = at_the_door(at_hour(15), reach=at_hour(19))
        assert facts(visit, "appointment.kept")["happened_at"] == at_hour(15).isoformat()

    def test_after_it_it_is_missed(self, at_the_door):
        at_the_door(at_hour(17))
        assert ends() == ["missed"]

    def test_let_in_before_it_is_kept(self, at_the_door, hong):
        visit = at_the_door(at_hour(13))
        assert ends() == [""]
        fieldwork.operations.finish(visit=visit, outcome="done", by=hong.user, at=at_hour(13) + HOUR / 2)
        assert ends() == ["kept"]

    def test_nobody_must_be_home_before_it(self, at_the_door, hong):
        visit = at_the_door(at_hour(13))
        with pytest.raises(NotYetExpected):
            fieldwork.operations.find_nobody(visit=visit, by=hong.user, at=at_hour(13))
        fieldwork.operations.find_nobody(visit=visit, by=hong.user, at=at_hour(14))
        assert verbs(visit)[-3:] == ["visit.find_nobody", "appointment.kept", "appointment.nobody_home"]

    def test_nobody_home_after_we_were_late_is_not_the_customer_s_fault(self, at_the_door, hong):
        visit = at_the_door(at_hour(17))
        fieldwork.operations.find_nobody(visit=visit, by=hong.user, at=at_hour(17))
        assert (ends(), "appointment.nobody_home" in verbs(visit)) == (["missed"], False)

    def test_a_new_time_is_another_visit_like_the_last(self, at_the_door, hong, fang):
        visit = at_the_door(at_hour(14))
        fieldwork.operations.find_nobody(visit=visit, by=hong.user, at=at_hour(14))
        booking = agree(visit, fang, at_hour(15), at_hour(9, day=1))
        assert booking.visit != visit
        assert (booking.visit.skill, booking.visit.territory, booking.visit.status) == (visit.skill, visit.territory, "asked")


class TestOffer:
    def test_in_time_before_the_slot_and_not_at_once(self, asked, near, fang, now):
        visit = asked()
        agree(visit, fang, now)
        assert [offer_booked(at=now), offer_booked(at=at_hour(12) - timedelta(seconds=1)), offer_booked(at=at_hour(12))] == [0, 0, 1]
        assert verbs(visit)[-1] == "visit.offer"

    def test_where_nobody_is_left_the_dispatchers_hear_it_once(self, asked, fang, now):
        visit = asked()
        agree(visit, fang, now)
        assert [offer_booked(at=at_hour(12)), offer_booked(at=at_hour(12) + HOUR / 60)] == [1, 0]
        assert verbs(visit).count("visit.nobody_left") == 1

    def test_what_a_dispatcher_gave_to_somebody_is_left_alone(self, asked, near, yan, fang, now):
        visit = asked()
        agree(visit, fang, now)
        offer(visit=Visit.objects.get(), crew=near, by=yan.user, at=at_hour(11))
        assert offer_booked(at=at_hour(12)) == 0


class TestLetters:
    def kinds(self):
        return list(Message.objects.filter(kind__startswith="appointment").order_by("pk").values_list("kind", flat=True))

    def test_agreed_moved_and_given_up(self, asked, fang, now, carry_out):
        visit = asked(contact_phone="+8613900000099")
        agree(visit, fang, now)
        carry_out(now)
        appointments.move(case=visit.case, starts_at=at_hour(9, day=1), by=fang.user, at=now)
        carry_out(now)
        appointments.cancel(case=visit.case, by=fang.user, at=now)
        carry_out(now)
        assert self.kinds() == ["appointment_agreed", "appointment_moved", "appointment_cancelled"]
        assert "14:00" in Message.objects.get(kind="appointment_agreed").text

    def test_tomorrow_s_are_remembered_once_and_today_s_agreement_needs_no_reminder(self, asked, fang, now):
        early, late = asked(contact_phone="+8613900000099"), asked(contact_phone="+8613900000098")
        agree(early, fang, now - timedelta(days=1), at_hour(9, day=1))
        agree(late, fang, now, at_hour(14, day=1))
        assert [remind(at=at_hour(17)), remind(at=at_hour(17))] == [1, 1]
        assert self.kinds() == ["appointment_reminder"]

    @pytest.mark.parametrize(("hour", "letters"), [(14, ["appointment_nobody_home"]), (17, [])])
    def test_nobody_home_is_told_only_where_we_were_in_time(self, at_the_door, hong, carry_out, hour, letters):
        visit = at_the_door(at_hour(hour))
        type(visit.case).objects.update(contact_phone="+8613900000099")
        fieldwork.operations.find_nobody(visit=visit, by=hong.user, at=at_hour(hour))
        Message.objects.all().delete()
        carry_out(at_hour(18))
        assert [kind for kind in self.kinds() if kind != "appointment_agreed"] == letters


class TestArrange:
    @pytest.fixture
    def case(self, account, quarter):
        type(account.premises).objects.update(territory=quarter)
        return CaseFactory(account=account)

    @pytest.mark.parametrize(("purpose", "skill"), [("inspection", "inspection"), ("steward", "steward"), ("service", "service")])
    def test_a_visit_and_its_time_in_one_act(self, case, fang, now, purpose, skill):
        case = type(case).objects.get()
        booking = arranging.arrange(case=case, purpose=purpose, starts_at=at_hour(14), by=fang.user, at=now)
        assert (booking.visit.purpose, booking.visit.skill, booking.purpose) == (purpose, skill, purpose)

    def test_no_time_no_visit(self, case, fang, now):
        case = type(case).objects.get()
        with pytest.raises(appointments.NoSuchSlot):
            arranging.arrange(case=case, purpose="steward", starts_at=at_hour(13), by=fang.user, at=now)
        with pytest.raises(appointments.NotToBeBooked):
            arranging.arrange(case=case, purpose="outage", starts_at=at_hour(14), by=fang.user, at=now)
        assert not Visit.objects.exists()

    def test_for_a_matter_that_ended_meanwhile_nobody_is_asked_for(self, case, fang, now):
        read_before = type(case).objects.get()
        type(case).objects.update(status="cancelled", closed_at=now)
        with pytest.raises(appointments.NotToBeBooked):
            arranging.arrange(case=read_before, purpose="steward", starts_at=at_hour(14), by=fang.user, at=now)

    def test_when_the_matter_is_over_nobody_comes(self, case, now):
        case = type(case).objects.get()
        visit = VisitFactory(case=case, timeline=case.timeline, purpose="steward")
        assert arranging.call_off(timeline=case.timeline_id, at=now) == 1
        visit.refresh_from_db()
        assert visit.status == "cancelled"


def test_the_database_lets_no_two_take_one_place(asked, fang, now):
    booking = agree(asked(), fang, now)
    other = asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        BookingFactory(visit=other, service_area=booking.service_area, starts_at=booking.starts_at, place=booking.place)
