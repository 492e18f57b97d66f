"""The time machine: one row moves business time for everybody, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import clock
from accounts.models import DemonstrationClock
from accounts.operations import (
    BadSpeed,
    ClockNotAllowed,
    TimeGoesBack,
    end_demonstration,
    finish_binding,
    set_demonstration_clock,
    start_binding,
)
from notices.operations import owe
from tests.factories.accounts import PhoneFactory, UserFactory

pytestmark = pytest.mark.django_db

#: 16:58 in Shanghai.
EVE = datetime(2026, 12, 24, 8, 58, tzinfo=UTC)
WORDS = {"code": "123456", "company": "Gas", "minutes": 3}


def wind(now, *, shows=EVE, speed=60, lived_until=None):
    set_demonstration_clock(shows=shows, speed=speed, lived_until=lived_until, at=now)
    clock.look_again()


@pytest.fixture
def allowed(settings):
    settings.TIME_MACHINE = True
    clock.look_again()
    yield
    clock.look_again()


class TestBusinessTime:
    def test_it_begins_where_it_was_set_and_goes_faster(self, allowed, time_machine, now):
        time_machine.move_to(now, tick=False)
        wind(now)
        assert clock.business_now() == EVE
        time_machine.move_to(now + timedelta(seconds=30), tick=False)
        assert clock.business_now() == EVE + timedelta(minutes=30)

    def test_real_time_stays_real(self, allowed, time_machine, now):
        time_machine.move_to(now, tick=False)
        wind(now)
        assert clock.real_now() == timezone.now() == now

    def test_where_it_is_not_allowed_nobody_looks(self, now, django_assert_num_queries):
        DemonstrationClock.objects.create(since=now, shows=EVE, speed=60)
        clock.business_now()
        with django_assert_num_queries(0):
            assert clock.course() is None

    def test_other_processes_see_it_within_a_second(self, allowed, monkeypatch, now):
        counted = [1000.0]
        monkeypatch.setattr(clock, "_steady", lambda: counted[0])
        assert clock.course() is None
        DemonstrationClock.objects.create(since=now, shows=EVE, speed=60)
        assert clock.course() is None
        counted[0] += 1
        assert clock.course() == clock.Course(now, EVE, 60)

    def test_a_look_is_shared_by_the_readings_of_a_second(self, allowed, now, django_assert_num_queries):
        wind(now)
        clock.business_now()
        with django_assert_num_queries(0):
            clock.business_now()


class TestPatience:
    def test_a_lease_lasts_as_long_as_ever_on_the_wall(self, allowed, now):
        wind(now, speed=60)
        assert clock.in_business_time(timedelta(seconds=45)) == timedelta(minutes=45)
        assert clock.in_real_seconds(timedelta(minutes=45)) == 45

    def test_without_a_demonstration_both_are_the_same(self):
        assert clock.in_business_time(timedelta(seconds=45)) == timedelta(seconds=45)
        assert clock.in_real_seconds(timedelta(seconds=45)) == 45


class TestSetting:
    def test_it_is_refused_where_it_is_not_allowed(self, now):
        with pytest.raises(ClockNotAllowed):
            wind(now)

    @pytest.mark.parametrize("speed", [0, -1, 3601])
    def test_a_speed_nobody_can_follow_is_refused(self, allowed, now, speed):
        with pytest.raises(BadSpeed):
            wind(now, speed=speed)

    def test_time_never_goes_back_for_who_has_lived_longer(self, allowed, now):
        with pytest.raises(TimeGoesBack, match="2026-12-24 17:00"):
            wind(now, lived_until=EVE + timedelta(minutes=2))

    def test_setting_it_again_replaces_the_row(self, allowed, now):
        wind(now)
        wind(now, shows=EVE + timedelta(days=1), speed=1)
        assert DemonstrationClock.objects.values_list("shows", "speed").get() == (EVE + timedelta(days=1), 1)

    def test_there_is_never_a_second_row(self, now):
        with pytest.raises(IntegrityError), transaction.atomic():
            DemonstrationClock.objects.create(id=2, since=now, shows=EVE, speed=1)


class TestEnding:
    def test_real_time_comes_back(self, allowed, now):
        wind(now, shows=now - timedelta(days=3))
        end_demonstration(lived_until=now - timedelta(days=2), at=now)
        assert not DemonstrationClock.objects.exists()

    def test_a_future_that_was_lived_is_not_undone(self, allowed, now):
        wind(now)
        with pytest.raises(TimeGoesBack):
            end_demonstration(lived_until=EVE, at=now)
        assert DemonstrationClock.objects.exists()


class TestCodes:
    """Codes live on real time, what they open on business time."""

    def test_their_message_is_worth_sending_for_as_long_as_the_code_lives(self, demonstration):
        demonstration(speed=60)
        owed = owe(kind="sign_in_code", key="k", channel="sms", address="+8613800100001", language="en", context=WORDS, at=EVE)
        assert owed.expires_at - owed.created_at == timedelta(hours=3)

    def test_a_code_typed_in_time_binds_at_the_moment_that_is_shown(self, account, now):
        stranger = UserFactory()
        PhoneFactory(customer=account.customer, is_primary=True)
        started = start_binding(user=stranger, number=account.number, proof="李娜", role="holder", at=now)
        typed = {"attempt_id": started.attempt_id, "code": started.code}
        binding = finish_binding(user=stranger, **typed, typed_at=now + timedelta(minutes=9), at=EVE)
        assert binding.bound_at == EVE
