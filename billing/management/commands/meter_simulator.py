"""``manage.py meter_simulator``: connected meters that live, are offline, lose answers and repeat themselves, over real HTTP."""

import time
from collections.abc import Sequence
from random import Random
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

import billing.operations.device_keys
from accounts.actors import System
from accounts.clock import business_date, business_now
from accounts.models import Meter

from ...devices.connected import SimulatedMeter
from ...devices.gateway import Gateway, Network, Refused
from ...queries.idle_time import rules
from ...valves import Because, Key, State, Valve

_BY = System("meter_simulator")


class Command(BaseCommand):
    help = "Plays connected meters: each round is an hour of theirs. Without --key it makes a key and takes it back at the end."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--url", default="http://127.0.0.1:8000", help="of the running server")
        parser.add_argument("--key", default="", help="handle of a device key of the gateway")
        parser.add_argument("--secret", default="", help="of that key")
        parser.add_argument("--serial", action="append", default=[], help="of a meter; without any, the first ones on file")
        parser.add_argument("--meters", type=int, default=5, help="how many, without --serial")
        parser.add_argument("--rounds", type=int, default=24, help="hours of their life")
        parser.add_argument("--pause", type=float, default=0.0, help="seconds between two rounds")
        parser.add_argument("--litres", type=int, default=40, help="most that is burnt in an hour")
        parser.add_argument("--offline", type=int, default=0, help="hours in which they do not connect, at the beginning")
        parser.add_argument("--lose", type=float, default=0.0, help="share of answers that get lost")
        parser.add_argument("--repeat", type=float, default=0.0, help="share of requests that arrive twice")
        parser.add_argument("--clock-off", type=float, default=0.0, help="seconds by which the gateway's clock is ahead")
        parser.add_argument("--press", choices=[Key.SHORT.value, Key.LONG.value], help="a key that somebody presses each round")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        luck = Random(options["seed"])  # noqa: S311 - a rehearsal
        network = Network(options["lose"], options["repeat"], options["clock_off"], luck)
        made = None
        if not options["key"]:
            made = billing.operations.device_keys.make_key(by=_BY, at=business_now())
        key, secret = (made.key.handle, made.secret) if made else (options["key"], options["secret"])
        try:
            self._play(Gateway(options["url"], key, secret, network), _meters(options), options)
        finally:
            if made:
                billing.operations.device_keys.revoke_key(key=made.key, by=_BY, at=business_now())

    def _play(self, gateway: Gateway, meters: Sequence[SimulatedMeter], options: dict[str, Any]) -> None:
        lost = 0
        for hour in range(options["rounds"]):
            for meter in meters:
                meter.live(business_date(business_now()), gateway.network.luck.randint(0, options["litres"]))
                meter.press(Key(options["press"] or ""))
                if hour >= options["offline"]:
                    lost += not self._visit(gateway, meter)
            time.sleep(options["pause"])
        for meter in meters:
            self.stdout.write(f"{meter.serial}: {meter.state.balance_litres} l, valve {meter.state.valve.value}, done {meter.done}")
        self.stdout.write(f"{lost} visits with a lost answer.")

    def _visit(self, gateway: Gateway, meter: SimulatedMeter) -> bool:
        try:
            return gateway.visit(meter)
        except Refused as refused:
            self.stderr.write(f"{meter.serial}: {refused}")
            return False


def _meters(options: dict[str, Any]) -> list[SimulatedMeter]:
    """Meters on file, as we know them: they go on from where they last reported."""
    rows = Meter.objects.filter(kind=Meter.Kind.IOT, removed_at=None).select_related("connected").order_by("pk")
    rows = rows.filter(serial__in=options["serial"]) if options["serial"] else rows[: options["meters"]]
    return [_as_known(meter) for meter in rows]


def _as_known(meter: Meter) -> SimulatedMeter:
    known = getattr(meter, "connected", None)
    if known is None:
        return SimulatedMeter(meter.serial, rules(), State(balance_litres=0, battery_percent=100))
    state = State(
        valve=Valve(known.valve),
        because=Because(known.valve_because) if known.valve_because else None,
        balance_litres=known.balance_litres,
        on_emergency=known.balance_litres <= 0 and known.valve == Valve.OPEN,
        battery_percent=known.battery_percent,
        is_tampered=known.valve_because == Because.TAMPER,
    )
    done = list(meter.commands.filter(status="confirmed").order_by("number").values_list("number", flat=True))
    return SimulatedMeter(meter.serial, rules(), state, known.reading_litres, known.report_number, done)
