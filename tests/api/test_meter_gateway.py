"""The gateway of the connected meters, as it calls us: signed, repeated, with a wrong clock, and with answers that get lost."""

import json
import time
from datetime import timedelta
from random import Random

import pytest
from django.core.management import call_command

from accounts.actors import System
from accounts.clock import business_now
from billing import device_signatures
from billing.devices.connected import SimulatedMeter
from billing.devices.gateway import DONE, VISIT, Gateway, Network
from billing.models import Book, ConnectedMeter, DeviceKey, Entry, MeterCommand, TopUp
from billing.operations.device_keys import make_key
from billing.operations.meter_commands import queue_recharge
from billing.queries.idle_time import rules
from billing.states import TopUpStatus
from billing.valves import State
from tests.factories.meters import connected, paid_online

BY = System("tests")
WALL = {"balance_litres": 20_000, "reading_litres": 1_000, "valve": "open", "number": 1}


@pytest.fixture
def gateway(visitor):
    """Asks as a gateway with a key does."""
    key = make_key(by=BY, at=business_now())

    def ask(path, body, **signed):
        text = json.dumps(body).encode()
        asked = device_signatures.Asked("POST", path, text)
        facts = {"key": key.key.handle, "secret": key.secret, "timestamp": int(time.time() * 1000), "nonce": f"n{time.monotonic_ns():020}"}
        header = device_signatures.header_for(asked, **{**facts, **signed})
        return visitor.post(path, text, content_type="application/json", headers={"Authorization": header})

    return ask


@pytest.fixture
def meter(account):
    return connected(account)


class TestAVisit:
    def test_hands_out_what_waits_and_the_rules(self, gateway, meter, account, now):
        queue_recharge(top_up=paid_online(account, now), by=BY, at=business_now())
        answer = gateway(VISIT, {**WALL, "meter": meter.serial}).json()
        assert [(one["number"], one["kind"], one["litres"]) for one in answer["commands"]] == [(1, "recharge", 20_000)]
        assert answer["rules"]["emergency_litres"] == 3_500

    def test_repeated_because_the_answer_was_lost_gets_the_same(self, gateway, meter, account, now):
        queue_recharge(top_up=paid_online(account, now), by=BY, at=business_now())
        first, second = (gateway(VISIT, {**WALL, "meter": meter.serial}).json()["commands"] for _n in range(2))
        assert first == second

    def test_of_a_meter_that_is_not_ours_is_nobody_s(self, gateway, account):
        assert gateway(VISIT, {**WALL, "meter": account.meters.get().serial}).status_code == 404

    def test_with_a_misspelt_field_is_refused(self, gateway, meter):
        assert gateway(VISIT, {**WALL, "meter": meter.serial, "ballance": 1}).status_code == 400

    def test_with_a_wrong_clock_is_told_ours(self, gateway, meter):
        answer = gateway(VISIT, {**WALL, "meter": meter.serial}, timestamp=int(time.time() * 1000) - 3_600_000)
        assert (answer.status_code, answer.json()["code"]) == (401, "clock_skew")
        assert abs(answer.json()["server_time"] / 1000 - time.time()) < 60

    def test_signed_by_somebody_else_is_refused(self, gateway, meter):
        assert gateway(VISIT, {**WALL, "meter": meter.serial}, secret="guessed").status_code == 401


class TestDone:
    def test_is_credited_once_however_often_it_is_told(self, gateway, meter, account, now):
        queue_recharge(top_up=paid_online(account, now), by=BY, at=business_now())
        gateway(VISIT, {**WALL, "meter": meter.serial})
        for _again in range(3):
            assert gateway(DONE, {"meter": meter.serial, "number": 1}).json()["status"] == "confirmed"
        assert sum(Entry.objects.filter(book=Book.SALES).values_list("amount", flat=True)) == -5_500

    def test_of_a_number_never_sent_is_refused(self, gateway, meter):
        answer = gateway(DONE, {"meter": meter.serial, "number": 9})
        assert (answer.status_code, answer.json()["code"]) == (422, "command_unknown")


@pytest.mark.django_db(transaction=True)
class TestOverTheWire:
    def test_a_bad_network_credits_each_purchase_once(self, live_server, meter, account):
        key = make_key(by=BY, at=business_now())
        network = Network(lost=0.4, repeated=0.4, clock_off=7_200, luck=Random(7))
        gateway = Gateway(live_server.url, key.key.handle, key.secret, network)
        wall = SimulatedMeter(meter.serial, rules(), State(balance_litres=1_000))
        for _purchase in range(3):
            queue_recharge(top_up=paid_online(account, business_now()), by=BY, at=business_now())
        for _visit in range(6):
            gateway.visit(wall)
        gateway.network = Network(clock_off=gateway.network.clock_off)
        gateway.visit(wall)
        assert wall.state.balance_litres == 61_000
        assert set(TopUp.objects.values_list("status", flat=True)) == {TopUpStatus.WRITTEN}

    def test_the_simulator_fetches_after_eight_hours_offline_and_leaves_no_key(self, live_server, meter, account, capsys):
        ConnectedMeter.objects.update(balance_litres=50_000, battery_percent=90)
        queue_recharge(top_up=paid_online(account, business_now()), by=BY, at=business_now() - timedelta(hours=8))
        call_command("meter_simulator", url=live_server.url, rounds=10, offline=8, lose=0.2, repeat=0.3, seed=3)
        assert MeterCommand.objects.get().status == "confirmed"
        assert not DeviceKey.objects.filter(revoked_at=None).exists()
