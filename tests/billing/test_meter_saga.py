"""Any interleaving of paying, connecting, lost answers, repeated confirmations, giving up and taking back: each purchase arrives once."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from billing.devices.connected import SimulatedMeter
from billing.meter_refusals import AlreadySent, InTheMeter, MeterMayHaveIt
from billing.models import Book, Entry, MeterCommand, TopUp
from billing.operations.meter_commands import confirm, expire_commands, fetch, queue_recharge, release_for_refund, withdraw
from billing.operations.meter_queue import GATEWAY
from billing.queries.idle_time import rules
from billing.states import CommandStatus, TopUpStatus
from billing.valves import State
from casework.operations import WrongMove
from tests.conftest import NOW
from tests.factories import accounts as people
from tests.factories import billing as money
from tests.factories.meters import connected, paid_online

ACTS = ["pay", "visit", "visit_lost_down", "visit_lost_up", "late_answer", "wait", "take_back"]


class House:
    """One account with its meter on the wall, and a network that loses what it likes."""

    def __init__(self):
        money.TariffVersionFactory()
        self.account = people.GasCardFactory().account
        self.meter = connected(self.account)
        self.wall = SimulatedMeter(self.meter.serial, rules(), State(balance_litres=0))
        self.at, self.unsaid = NOW, []

    def pay(self):
        queue_recharge(top_up=paid_online(self.account, self.at), by=GATEWAY, at=self.at)

    def visit(self, *, down=True, up=True):
        """The meter connects; the commands may get lost on their way down, its answers on their way up."""
        commands = fetch(meter=self.meter, at=self.at)
        if not down:
            return
        carried = [{"number": c.number, "kind": c.kind, "litres": c.litres, "because": c.because} for c in commands]
        numbers = self.wall.hear({"rules": vars(rules()), "commands": carried})
        self.unsaid += numbers
        for number in numbers if up else ():
            confirm(meter=self.meter, number=number, at=self.at)

    def late_answer(self):
        for number in self.unsaid[-2:]:
            confirm(meter=self.meter, number=number, at=self.at)

    def wait(self):
        self.at += timedelta(days=5)
        expire_commands(at=self.at)

    def take_back(self):
        for command in MeterCommand.objects.exclude(status=CommandStatus.WITHDRAWN).select_related("top_up"):
            with suppress(AlreadySent, WrongMove):
                withdraw(command=command, by=GATEWAY, at=self.at)
            if command.sent_at:
                with pytest.raises((InTheMeter, MeterMayHaveIt)):
                    release_for_refund(top_up=command.top_up_id, by=GATEWAY, at=self.at)

    def do(self, act):
        self.at += timedelta(minutes=1)
        if act.startswith("visit"):
            self.visit(down=act != "visit_lost_down", up=act != "visit_lost_up")
        else:
            getattr(self, act)()


def sums(book):
    return sum(Entry.objects.filter(book=book).values_list("amount", flat=True))


class TestTheSaga(TestCase):
    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.sampled_from(ACTS), min_size=3, max_size=14))
    def test_credits_each_purchase_once_and_never_what_was_taken_back(self, acts):
        house = House()
        for act in acts:
            house.do(act)
        house.visit()
        taken_back = TopUp.objects.filter(commands__status=CommandStatus.WITHDRAWN)
        there = TopUp.objects.filter(status=TopUpStatus.WRITTEN)
        assert house.wall.state.balance_litres == 20_000 * there.count()
        assert set(there) | set(taken_back) == set(TopUp.objects.all())
        assert sums(Book.SALES) == -5_500 * there.count()
        assert sums(Book.PREPAID) == -5_500 * taken_back.count()
