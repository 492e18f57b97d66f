"""The fire drill: which calls it plays, and a short evening against a server, whose numbers agree; and that it notices when they do not."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

import casework.operations
import fieldwork.operations.dispatching
from accounts import clock
from accounts.actors import System
from accounts.clock import business_date, business_now
from casework.models import Case
from desk.city.build import build_city
from desk.city.places import DATA
from desk.city.recipe import Recipe
from desk.drill.calls import read_calls
from desk.management.commands import drill
from fieldwork.models import DeviceAction, Offer, Visit
from sla.operations.sweeping import sweep_alarms
from tests.clocks import EVE

#: A whole city's evening, whose statements other tests ask one by one.
pytestmark = pytest.mark.repeated
FILE = DATA / "sffd" / "calls.csv"
EVENING = datetime(2016, 12, 31, 17)
WORKER = System("tests")


def evening(**options):
    return read_calls(FILE, since=EVENING, until=EVENING + timedelta(hours=7), **options)


class TestCalls:
    def test_an_evening_is_the_same_whenever_it_is_read(self):
        assert evening() == evening()

    def test_they_come_in_the_order_of_their_moments_within_the_evening(self):
        moments = [call.after for call in evening()]
        assert moments == sorted(moments)
        assert timedelta() <= moments[0] <= moments[-1] < timedelta(hours=7)

    def test_doctors_are_left_out(self):
        assert Counter(call.type for call in evening())["Medical Incident"] == 0
        assert len(evening()) == 41

    def test_gas_is_a_leak(self):
        whole = read_calls(FILE, since=EVENING - timedelta(days=30), until=EVENING + timedelta(days=30))
        gas = [call for call in whole if call.type.startswith("Gas Leak")]
        assert len(gas) == 14
        assert {call.fault for call in gas} == {"leak"}


@pytest.fixture
def town(django_db_reset_sequences, settings, tmp_path, demonstration):
    """A small city that lives six hundred times as fast, from the afternoon of Christmas Eve on.

    Its numbers begin at one, whoever was here before: by them crews decide what they decline.
    """
    settings.VAR = tmp_path
    call_command("load_promises", verbosity=0)
    demonstration(speed=1)
    build_city(Recipe(40, 7, business_date(EVE)), at=business_now(), progress=lambda stage, done, total: None)


def work(command):
    """What worker and timekeepers do in a house that runs."""
    at = business_now()
    sweep_alarms(at=at, by=WORKER)
    fieldwork.operations.dispatching.lapse_offers(at=at)
    while casework.operations.drain(at):
        pass


@pytest.fixture
def drilled(town, live_server, monkeypatch):
    """Calls, played through."""
    monkeypatch.setattr(drill.Command, "between", work)

    def run(capsys, calls):
        call_command("drill", address=live_server.url, calls=calls, speed=600)
        return capsys.readouterr().out

    return run


@pytest.mark.production
def test_a_short_evening_is_played_to_its_end_and_tells_one_story(drilled, capsys):
    told = drilled(capsys, calls=10)
    assert "Reports: 10 (" in told
    assert "The journal tells the same." in told
    ours = Visit.objects.filter(asked_at__gt=EVE)
    # A report may turn out to follow another one before its crew is there: that crew is called off.
    assert ours.filter(arrived_at__isnull=False).count() >= 8
    assert not ours.filter(arrived_at=None).exclude(status="cancelled").exists()
    assert not ours.open().exists()
    assert Offer.objects.filter(answer="declined").exists()
    late = DeviceAction.objects.exclude(skew_ms__lt=3_600_000)
    assert set(late.values_list("verb", flat=True)) >= {"set_off", "arrive", "finish"}
    assert {row.outcome for row in late} == {"applied"}
    assert clock.course().speed == 1


@pytest.mark.production
def test_a_number_that_the_journal_does_not_know_ends_it_with_an_error(drilled, capsys, monkeypatch):
    """Somebody writes to a row past the journal, after everything was played and before it is read."""
    real = drill.read_all

    def tampered(cast):
        visit = Visit.objects.filter(case__reference__in=cast.hotline.calls, arrived_at__isnull=False).first()
        Visit.objects.filter(pk=visit.pk).update(arrived_at=visit.arrived_at - timedelta(minutes=5))
        return real(cast)

    monkeypatch.setattr(drill, "read_all", tampered)
    with pytest.raises(CommandError, match="contradict"):
        drilled(capsys, calls=3)
    assert "arrived_at" in capsys.readouterr().out


def test_nobody_without_a_demo_city_can_drill(db, settings, tmp_path):
    settings.VAR = tmp_path
    with pytest.raises(CommandError, match="no demo sign-ins"):
        call_command("drill", calls=1)
    assert not Case.objects.exists()
