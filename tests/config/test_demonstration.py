"""The time machine as operators and visitors meet it: winding it, the strip on every page."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts import clock
from accounts.actors import System
from accounts.models import DemonstrationClock
from accounts.operations import ClockNotAllowed, TimeGoesBack
from casework.operations import Step, open_timeline
from config.demonstration import NotADemo, StillOn, UnreadableClock, Wish, wind
from sla.models import Heartbeat
from tests.clocks import EVE

pytestmark = pytest.mark.django_db

STRIP = "demonstration-clock"


@pytest.fixture(autouse=True)
def allowed(settings, tmp_path):
    settings.TIME_MACHINE, settings.VAR = True, tmp_path
    clock.look_again()
    yield
    clock.look_again()


def shown():
    clock.look_again()
    return clock.course()


class TestWishes:
    def test_a_moment_without_a_zone_is_the_operators(self):
        assert Wish.read("2026-12-24T16:58", 60) == Wish(EVE, speed=60)

    def test_a_moment_with_a_zone_is_taken_as_it_is(self):
        assert Wish.read("2026-12-24T08:58Z", None).shows == EVE

    @pytest.mark.parametrize("text", ["tomorrow", "2026-13-45T10:00", "", "16:58"])
    def test_what_is_no_moment_is_refused(self, text):
        with pytest.raises(UnreadableClock, match="2026-12-24T16:58"):
            Wish.read(text, None)


class TestWinding:
    def test_without_a_wish_or_a_row_nothing_happens(self):
        assert wind(Wish()) is None
        assert not DemonstrationClock.objects.exists()

    def test_it_starts_at_the_moment_that_was_asked_for(self):
        wind(Wish(EVE, speed=60))
        assert (shown().shows, shown().speed) == (EVE, 60)

    def test_after_a_rest_it_goes_on_where_the_house_stopped(self, now):
        DemonstrationClock.objects.create(since=now - timedelta(days=300), shows=EVE, speed=60)
        Heartbeat.objects.create(name="sentry@here", beat_at=EVE + timedelta(hours=3))
        wind(Wish())
        assert (shown().shows, shown().speed) == (EVE + timedelta(hours=3), 60)

    def test_a_speed_alone_begins_now(self, time_machine, now):
        time_machine.move_to(now, tick=False)
        wind(Wish(speed=10))
        assert (shown().shows, shown().speed) == (now, 10)

    def test_what_has_happened_is_not_in_the_future_again(self):
        open_timeline(kind="probe", steps=[Step("probe.open")], by=System("tests"), at=EVE + timedelta(hours=1))
        with pytest.raises(TimeGoesBack):
            wind(Wish(EVE))

    def test_real_time_comes_back_when_it_has_caught_up(self, now):
        DemonstrationClock.objects.create(since=now, shows=now - timedelta(days=900), speed=1)
        assert wind(Wish(ends=True)) is None
        assert shown() is None


class TestPermission:
    def test_production_refuses(self, settings):
        settings.TIME_MACHINE = False
        with pytest.raises(ClockNotAllowed):
            wind(Wish(EVE))

    def test_production_does_not_start_on_a_database_with_a_false_clock(self, settings, now):
        settings.TIME_MACHINE = False
        DemonstrationClock.objects.create(since=now, shows=EVE, speed=1)
        with pytest.raises(StillOn, match="--clock real"):
            wind(Wish())

    def test_nobodys_own_data_get_a_false_date_unasked(self, settings, hall):
        settings.TIME_MACHINE_DEMO_ONLY = True
        with pytest.raises(NotADemo):
            wind(Wish(EVE))

    def test_the_operator_may_allow_it(self, hall):
        assert wind(Wish(EVE)) is not None

    def test_the_command_says_why_in_words(self, settings, monkeypatch):
        settings.TIME_MACHINE = False
        monkeypatch.setattr("config.catalogs.compile_all", lambda: None)
        with pytest.raises(CommandError, match="TIME_MACHINE"):
            call_command("prepare", clock="2026-12-24T16:58")


class TestTheStrip:
    @pytest.mark.parametrize("path", ["/", "/auth/login/", "/api/docs/", "/nowhere/"])
    def test_it_is_on_every_page_while_a_demonstration_is_on(self, client, demonstration, path):
        demonstration()
        page = client.get(path).content.decode()
        assert STRIP in page
        assert "60×" in page

    def test_the_back_office_has_it_too(self, client, signed_in, ada, demonstration):
        signed_in(client, ada)
        demonstration(clock.business_now())
        assert STRIP in client.get("/admin/").content.decode()

    def test_it_is_not_there_on_real_time(self, client):
        assert STRIP not in client.get("/").content.decode()
