"""Appointments at halls: booked, moved, given up, kept, missed, taken away and forgotten."""

from datetime import UTC, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from accounts.permissions import Forbidden
from casework.models import Event
from casework.operations import StaleRow, WrongMove, drain
from desk.models import HallAppointment, HallService, HallTime
from desk.operations import hall_booking, hall_forgetting, hall_gaps, hall_letters, hall_plans, hall_reception
from desk.operations.hall_booking import Begun, NoSuchTime, TimeTaken, Wish
from desk.operations.hall_plans import BadHoursByAppointment, Plan
from desk.permissions import STRANGER, TooManyAtOnce, TooManyMissed
from desk.queries.hall_appointments import stranded
from desk.queries.hall_times import times_to_choose
from notices.models import Message
from tests.billing.test_races import at_once
from tests.factories.hall_appointments import HallAppointmentFactory, HallPlacesFactory, HallServiceFactory
from tests.factories.sla import CalendarDayFactory, HallHoursFactory

ZONE = ZoneInfo("Asia/Shanghai")


def monday(hour, minute=0):
    return datetime(2026, 11, 23, hour, minute, tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def place(hall):
    """A hall that receives one person at once on Monday from nine to twelve, for buying gas or a connection."""
    HallHoursFactory()
    HallServiceFactory(hall=hall)
    HallServiceFactory(hall=hall, kind="connection", minutes=45)
    HallPlacesFactory(hall=hall)
    return hall


@pytest.fixture
def book(place, now):
    """``book(monday(10))``: somebody on the public page."""

    def make(starts_at, by=STRANGER, at=now, **more):
        wish = {"service": "top_up", "channel": "web", "name": "孙丽", "phone": "+8613905390121", "language": "en", **more}
        return hall_booking.book(wish=Wish(hall=place, starts_at=starts_at, **wish), by=by, at=at)

    return make


def again(appointment):
    return HallAppointment.objects.get(pk=appointment.pk)


def letters(at, kind):
    drain(at=at)
    return [message.text for message in Message.objects.filter(kind=kind).order_by("pk")]


def hours(found):
    return [f"{one.starts_at.astimezone(ZONE):%H:%M}" for one in found]


class TestBooking:
    def test_what_is_booked_is_offered_to_nobody_else_and_told_to_who_comes(self, place, book, now):
        booked = book(monday(10))
        assert hours(times_to_choose(place, 30, now))[:5] == ["09:00", "09:30", "10:30", "11:00", "11:30"]
        told = letters(now, "hall_booked")[0]
        assert "23 Nov 2026 at 10:00" in told
        assert "/appointments/by-link/" in told
        assert booked.name not in told

    def test_a_long_talk_takes_two_half_hours_and_a_holiday_all_of_them(self, place, book, now):
        book(monday(9), service="connection")
        assert hours(times_to_choose(place, 30, now))[:2] == ["10:00", "10:30"]
        CalendarDayFactory(day=datetime(2026, 11, 23, tzinfo=ZONE).date(), written_at=now)
        assert times_to_choose(place, 30, now)[0].starts_at > monday(23)

    def test_a_time_that_is_taken_closed_past_or_too_far_away_is_refused(self, book, now):
        book(monday(10))
        with pytest.raises(TimeTaken):
            book(monday(10), phone="+8613905390122")
        for wrong in (monday(10, 15), monday(14), now - timedelta(days=7), monday(10) + timedelta(days=21)):
            with pytest.raises(NoSuchTime):
                book(wrong, phone="+8613905390122")

    def test_nobody_has_more_than_two_at_once_but_we_may_book_more_for_them(self, book, fang):
        book(monday(9))
        book(monday(10))
        with pytest.raises(TooManyAtOnce):
            book(monday(11))
        assert book(monday(11), by=fang.user, channel="staff").status == "booked"

    def test_who_stayed_away_three_times_rings_us_instead(self, place, book, now, settings):
        for days in (10, 20, 30):
            HallAppointmentFactory(hall=place, status="missed", starts_at=now - timedelta(days=days))
        with pytest.raises(TooManyMissed, match="3 appointments were made with this phone in the last 90 days"):
            book(monday(10))
        assert book(monday(10), phone="+8613905390122")
        settings.HALL_NO_SHOWS = 0
        assert book(monday(11))

    def test_the_journal_knows_nobody(self, book):
        booked = book(monday(10), note="gas card of my mother")
        told = str(list(Event.objects.filter(timeline=booked.timeline_id).values_list("facts", flat=True)))
        assert not [word for word in ("孙丽", "390121", "mother") if word in told]


class TestMoving:
    def test_another_time_frees_the_first_and_keeps_reference_and_code(self, place, book, now):
        booked = book(monday(10))
        hall_booking.rebook(appointment=booked, starts_at=monday(10, 30), by=STRANGER, at=now)
        assert (again(booked).starts_at, again(booked).code) == (monday(10, 30), booked.code)
        assert hours(times_to_choose(place, 30, now))[:3] == ["09:00", "09:30", "10:00"]
        assert "now on 23 Nov 2026 at 10:30" in letters(now, "hall_moved")[0]

    def test_a_move_that_is_refused_leaves_everything_as_it_was(self, book, now):
        booked, _other = book(monday(10)), book(monday(11), phone="+8613905390122")
        with pytest.raises(TimeTaken):
            hall_booking.rebook(appointment=booked, starts_at=monday(11), by=STRANGER, at=now)
        assert again(booked).starts_at == monday(10)
        assert list(HallTime.objects.filter(appointment=booked).values_list("starts_at", flat=True)) == [monday(10)]

    def test_what_was_looked_at_before_somebody_else_moved_it_is_refused(self, book, now):
        booked = book(monday(10))
        hall_booking.rebook(appointment=booked, starts_at=monday(9), by=STRANGER, at=now)
        with pytest.raises(StaleRow):
            hall_booking.cancel(appointment=booked, by=STRANGER, at=now, version=0)

    def test_what_is_given_up_can_be_booked_at_once_and_what_has_begun_is_not_given_up(self, book, now):
        booked = book(monday(10))
        hall_booking.cancel(appointment=booked, by=STRANGER, at=now)
        other = book(monday(10), phone="+8613905390122")
        with pytest.raises(Begun):
            hall_booking.cancel(appointment=other, by=STRANGER, at=monday(10))
        assert (again(booked).status, len(letters(now, "hall_cancelled"))) == ("cancelled", 1)

    def test_a_customer_changes_only_what_is_theirs(self, book, olive, account, now):
        with pytest.raises(Forbidden):
            hall_booking.cancel(appointment=book(monday(10)), by=olive, at=now)
        assert hall_booking.cancel(appointment=book(monday(11), account=account, phone=""), by=olive, at=now)


class TestTheDay:
    def test_who_comes_is_called_and_served(self, book, fang):
        booked = book(monday(10))
        for minute, step in ((55, "arrive"), (58, "call"), (59, "serve")):
            hall_reception.note_step(appointment=booked, step=step, by=fang.user, at=monday(9, minute))
        assert (again(booked).status, again(booked).arrived_at) == ("served", monday(9, 55))

    def test_nobody_has_stayed_away_before_their_time_and_who_comes_late_is_received(self, book, fang):
        booked = book(monday(10))
        with pytest.raises(hall_reception.NotYetMissed):
            hall_reception.note_step(appointment=booked, step="miss", by=fang.user, at=monday(9, 59))
        hall_reception.note_step(appointment=booked, step="miss", by=fang.user, at=monday(10, 20))
        hall_reception.note_step(appointment=booked, step="arrive", by=fang.user, at=monday(10, 25))
        assert (again(booked).status, again(booked).ended_at) == ("arrived", None)

    def test_nothing_is_noted_on_another_day(self, book, fang, now):
        with pytest.raises(hall_reception.NotToday):
            hall_reception.note_step(appointment=book(monday(10)), step="arrive", by=fang.user, at=now)

    def test_what_nobody_noted_counts_against_nobody(self, book):
        booked = book(monday(10))
        assert hall_reception.lapse_past(at=monday(23)) == 0
        assert hall_reception.lapse_past(at=monday(24 - 1) + timedelta(hours=2)) == 1
        assert again(booked).status == "lapsed"

    def test_people_are_reminded_the_day_before_and_two_hours_before_once_each(self, book):
        book(monday(10))
        moments = [monday(10) - timedelta(hours=hours) for hours in (25, 23, 22, 1.9, 1)]
        assert [hall_letters.remind(at=at) for at in moments] == [0, 1, 0, 1, 0]
        assert sorted(Message.objects.values_list("kind", flat=True)) == ["hall_soon", "hall_tomorrow"]


class TestTakenAway:
    def test_who_had_booked_is_told_with_an_apology_and_what_is_free_instead(self, place, book, qiang, now):
        booked, later = book(monday(10)), book(monday(11, 30))
        hall_gaps.close_hall(hall=place, span=(monday(9, 30), monday(11)), reason="Training", by=qiang.user, at=now)
        assert [again(one).status for one in (booked, later)] == ["displaced", "booked"]
        told = letters(now, "hall_displaced")[0]
        assert "we are sorry" in told
        assert "Free instead: 23 Nov 2026 09:00, 23 Nov 2026 11:00" in told
        assert "Training" not in told
        hall_booking.rebook(appointment=again(booked), starts_at=monday(9), by=STRANGER, at=now)
        assert again(booked).status == "booked"

    def test_a_holiday_entered_later_shows_who_stands_outside_of_it(self, place, book, qiang, now):
        booked = book(monday(10))
        assert stranded(place, now) == []
        CalendarDayFactory(day=datetime(2026, 11, 23, tzinfo=ZONE).date(), written_at=now)
        assert stranded(place, now) == [booked]
        assert hall_gaps.take_stranded_away(hall=place, by=qiang.user, at=now) == 1
        assert again(booked).status == "displaced"

    def test_a_clerk_closes_nothing(self, place, fang, now):
        with pytest.raises(Forbidden):
            hall_gaps.close_hall(hall=place, span=(monday(9), monday(10)), reason="x", by=fang.user, at=now)


class TestThePlan:
    def test_hours_overlap_no_others_and_begin_on_the_half_hour(self, place, qiang, now):
        for opens, closes in ((time(11), time(13)), (time(13, 10), time(14)), (time(15), time(14))):
            with pytest.raises(BadHoursByAppointment):
                hall_plans.plan_hours(hall=place, plan=Plan([0], opens, closes), by=qiang.user, at=now)

    def test_a_service_is_offered_once_whatever_it_takes(self, place, qiang, now):
        hall_plans.offer_service(hall=place, kind="top_up", minutes=15, by=qiang.user, at=now)
        assert list(HallService.objects.filter(hall=place, kind="top_up").values_list("minutes", flat=True)) == [15]


class TestForgetting:
    def test_what_is_over_is_blanked_and_so_are_our_messages(self, book, sun, now):
        booked = book(monday(10))
        drain(at=now)
        with pytest.raises(hall_forgetting.StillToCome):
            hall_forgetting.erase(appointment=booked, by=sun.user, at=now)
        hall_booking.cancel(appointment=booked, by=STRANGER, at=now)
        hall_forgetting.erase(appointment=again(booked), by=sun.user, at=now)
        kept = again(booked)
        assert (kept.name, kept.phone, kept.status) == ("", "", "cancelled")
        assert set(Message.objects.values_list("text", "address")) == {("", "")}

    def test_old_ones_are_blanked_by_themselves(self, place, now):
        HallAppointmentFactory(hall=place, status="served", starts_at=now - timedelta(days=200))
        young = HallAppointmentFactory(hall=place, status="served", starts_at=now - timedelta(days=20))
        assert hall_forgetting.forget_old(at=now) == 1
        assert again(young).name == "孙丽"

    def test_it_ends_once(self, book, now):
        booked = book(monday(10))
        hall_booking.cancel(appointment=booked, by=STRANGER, at=now)
        with pytest.raises(WrongMove):
            hall_booking.cancel(appointment=again(booked), by=STRANGER, at=now)


@pytest.mark.django_db(transaction=True)
def test_of_three_who_want_the_last_place_one_has_it(book):
    results = at_once(*(partial(book, monday(10), phone=f"+861390539012{number}") for number in range(3)))
    assert sorted(type(result).__name__ for result in results) == ["HallAppointment", "TimeTaken", "TimeTaken"]
    assert HallTime.objects.count() == 1
