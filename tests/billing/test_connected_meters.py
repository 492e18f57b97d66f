"""A connected meter has come: what is kept of its report, who is told, and what it is told."""

from datetime import date, timedelta

import pytest

from accounts.models import Customer, Meter
from billing.models import ConnectedMeter, MeterCommand, MeterDay
from billing.operations.connected_meters import Day, Report, connect
from billing.operations.meter_commands import fetch, queue_recharge
from billing.operations.meter_queue import GATEWAY
from billing.queries.connected_meters import standing
from billing.valves import Because, State, Valve
from notices.models import Message
from tests.factories.meters import connected, paid_online

TODAY = date(2026, 11, 20)


@pytest.fixture
def meter(account):
    account.customer.phones.create(number="+8613900000001", is_primary=True)
    Customer.objects.update(language="en")
    return Meter.objects.get(pk=connected(account).pk)


@pytest.fixture
def report(meter, now):
    """A visit of the meter, each with the next number."""
    numbers = iter(range(1, 100))

    def make(at=now, *, number=None, days=(), done=(), reading=1_000, **state):
        told = State(**{"balance_litres": 20_000, "battery_percent": 80, **state})
        visit = Report(number=number or next(numbers), state=told, reading_litres=reading, days=days, done=done)
        return connect(meter=meter, report=visit, by=GATEWAY, at=at)

    return make


def known():
    return ConnectedMeter.objects.get()


def told():
    return list(Message.objects.values_list("kind", flat=True).order_by("pk"))


class TestAReport:
    def test_is_kept(self, report, now):
        report(balance_litres=-500, on_emergency=True)
        row = known()
        assert (row.balance_litres, row.emergency_litres, row.reading_litres, row.heard_at) == (-500, 500, 1_000, now)

    def test_that_comes_late_or_again_says_nothing_new(self, report, now):
        report(number=8, balance_litres=9_000)
        report(number=8, balance_litres=20_000, at=now + timedelta(minutes=1))
        report(number=7, balance_litres=20_000)
        assert (known().balance_litres, known().report_number) == (9_000, 8)

    def test_of_a_meter_that_lost_its_power_begins_anew(self, report):
        report(number=900, reading=1_000)
        report(number=1, balance_litres=7_000, reading=1_000)
        assert known().balance_litres == 7_000

    def test_remembers_since_when_the_valve_is_as_it_is(self, report, now):
        report()
        report(at=now + timedelta(hours=1), valve=Valve.CLOSED, because=Because.REMOTE)
        report(at=now + timedelta(hours=2), valve=Valve.CLOSED, because=Because.REMOTE)
        assert known().valve_since == now + timedelta(hours=1)

    def test_confirms_what_is_done_although_that_answer_was_lost(self, report, meter, account, now):
        queue_recharge(top_up=paid_online(account, now), by=GATEWAY, at=now)
        assert [command.number for command in report().commands] == [1]
        assert report(done=[1, 77]).commands == []
        assert MeterCommand.objects.get().status == "confirmed"


class TestItsDays:
    def test_are_kept_once_and_grow(self, report):
        report(days=[Day(day=TODAY, used_litres=300, reading_litres=1_300)])
        report(days=[Day(day=TODAY, used_litres=500, reading_litres=1_500)])
        report(days=[Day(day=TODAY, used_litres=300, reading_litres=1_300)])
        assert list(MeterDay.objects.values_list("day", "used_litres")) == [(TODAY, 500)]

    def test_of_a_wrong_clock_are_refused_and_named(self, report):
        days = [Day(day=TODAY + timedelta(days=n), used_litres=1, reading_litres=1) for n in (-500, 0, 3)]
        assert report(days=days).refused_days == [TODAY - timedelta(days=500), TODAY + timedelta(days=3)]
        assert MeterDay.objects.count() == 1


class TestTheCustomer:
    def test_is_reminded_once_until_there_was_more_credit(self, report, now):
        for n, balance in enumerate([4_000, 3_000, 20_000, 4_000, 2_000]):
            report(at=now + timedelta(hours=n), balance_litres=balance)
        assert told() == ["meter_low", "meter_low"]

    def test_hears_why_the_valve_closed_once(self, report, now):
        for n in range(2):
            report(at=now + timedelta(hours=n), balance_litres=0, valve=Valve.CLOSED, because=Because.LOW_CREDIT)
        assert told() == ["meter_closed"]
        assert "short press" in Message.objects.get().text


class TestTheRules:
    def test_close_a_valve_that_stayed_open_without_credit(self, report, meter, now):
        assert [(c.kind, c.because) for c in report(balance_litres=0).commands] == [("close_valve", "low_credit")]
        assert [c.number for c in report(balance_litres=0).commands] == [1]

    def test_leave_one_open_that_lends_gas(self, report):
        assert report(balance_litres=-100, on_emergency=True).commands == []

    def test_let_one_be_opened_whose_credit_has_come(self, report):
        commands = report(balance_litres=9_000, valve=Valve.CLOSED, because=Because.DEBT).commands
        assert [command.kind for command in commands] == ["open_valve"]

    def test_close_one_that_used_nothing_for_many_days(self, report):
        days = [Day(day=TODAY - timedelta(days=n), used_litres=0 if n < 13 else 5, reading_litres=100 - n) for n in range(1, 20)]
        assert [c.because for c in report(days=days).commands] == ["idle"]

    def test_go_to_the_meter_with_every_answer(self, report, settings):
        settings.METER_EMERGENCY_LITRES = 1
        assert report().rules.emergency_litres == 1


class TestStanding:
    @pytest.mark.parametrize(
        ("state", "code"),
        [
            ({}, "meter_ready"),
            ({"balance_litres": 4_000}, "low"),
            ({"balance_litres": -10}, "on_emergency"),
            ({"valve": "closed", "valve_because": "low_credit", "balance_litres": 0}, "credit_used_up"),
            ({"valve": "closed", "valve_because": "debt", "balance_litres": -3_500}, "emergency_used_up"),
            ({"valve": "waits_for_key", "valve_because": "debt"}, "press_red_key"),
            ({"valve": "waits_for_key", "valve_because": "low_credit"}, "press_key"),
            ({"valve": "closed", "valve_because": "tamper"}, "tampered"),
            ({"valve": "closed", "valve_because": "remote"}, "closed_by_company"),
            ({"heard_at": None}, "never_heard"),
        ],
    )
    def test_has_one_code_with_one_sentence(self, account, now, state, code):
        connected(account, **{"heard_at": now, **state})
        found = standing(account, at=now)
        assert (found.code, bool(found.sentence)) == (code, True)

    def test_of_a_meter_not_heard_of_for_days(self, account, now):
        connected(account, heard_at=now - timedelta(days=3))
        assert standing(account, at=now).code == "silent"

    def test_follows_what_was_paid(self, account, meter, now):
        ConnectedMeter.objects.update(heard_at=now)
        queue_recharge(top_up=paid_online(account, now), by=GATEWAY, at=now)
        assert standing(account, at=now).code == "on_its_way"
        fetch(meter=meter, at=now)
        assert standing(account, at=now).litres_on_their_way == 20_000

    def test_is_none_of_a_card_meter_s_business(self, account, now):
        assert standing(account, at=now) is None
