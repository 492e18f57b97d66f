"""``manage.py kiosk_simulator``: a self-service machine with a simulated card reader, against the running system, with faults on demand."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from billing.devices.cards import CardFault
from billing.devices.kiosk_line import Line, NoLine, Refused
from billing.devices.kiosk_machine import Machine, Memory, Moment, PowerCut
from billing.devices.simulated import SlotReader
from billing.models import SimulatedChip

FINE = {"paper": "good", "reader": "good", "cash_box": "good", "door": "good", "software": "sim-1"}
#: Name of a fault -> when the power goes, and what is scripted for the chip.
FAULTS = {
    "none": (None, ""),
    "power-before": (Moment.BEFORE_WRITE, ""),
    "power-during": (Moment.DURING_WRITE, SimulatedChip.Fault.TORN),
    "power-after": (Moment.AFTER_WRITE, ""),
    "power-after-sale": (Moment.AFTER_SALE, ""),
    "pulled-before": (None, SimulatedChip.Fault.PULLED_BEFORE),
    "pulled": (None, SimulatedChip.Fault.TORN),
    "lost-begin": (None, ""),
    "lost-reply": (None, ""),
    "wrong-clock": (None, ""),
    "offline": (None, ""),
}
_LOSES = {"lost-begin": {"/writes/", "sales/"}, "lost-reply": {"/result/"}}
_WRONG_BY_MS = -3_600_000
#: So often the machine looks whether it was paid, every other second; then the customer has gone.
_LOOKS = 60


class Command(BaseCommand):
    help = (
        "Plays a self-service kiosk over HTTP: heartbeats, writing paid gas, selling for cash; with power cuts, lost replies and the like."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "what", choices=["beat", "serve", "sell", "phone"], help="say how it is; write the card put in; sell for cash, or by phone"
        )
        parser.add_argument("--address", default=settings.SITE_URL, metavar="URL", help="where the system answers; default: SITE_URL")
        parser.add_argument(
            "--keys", type=Path, default=Path(settings.VAR) / "kiosks.json", help="code -> [key, secret]; as build_city writes it"
        )
        parser.add_argument("--kiosk", default="", metavar="CODE", help="which machine; for beat: without it all of them")
        parser.add_argument("--card", default="", metavar="LABEL", help="the demo card put in")
        parser.add_argument("--fault", choices=FAULTS, default="none")
        parser.add_argument("--litres", type=int, default=20_000)
        parser.add_argument("--cash", type=int, default=10_000, metavar="MINOR", help="put in, in minor units")
        parser.add_argument("--provider", choices=["wechat", "alipay"], default="wechat", help="for phone")
        parser.add_argument("--language", default="en")
        parser.add_argument("--times", type=int, default=1, metavar="N", help="how many heartbeats; 0: until it is stopped")
        parser.add_argument("--quietly", action="store_true", help="heartbeats say only what goes wrong")
        parser.add_argument("--health", default="", metavar="PART=STATE,…", help="such as reader=broken,paper=low")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            keys = json.loads(options["keys"].read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise CommandError(f"There are no keys in {options['keys']}; build_city writes some.") from None
        if options["what"] == "beat":
            self._beat({code: keys[code] for code in keys if options["kiosk"] in {"", code}}, options)
            return
        if options["kiosk"] not in keys:
            raise CommandError(f"Name a machine with --kiosk: {', '.join(keys)}.")
        self._with_card(keys[options["kiosk"]], options)

    def _beat(self, keys: dict[str, list[str]], options: dict[str, Any]) -> None:
        said = dict(part.split("=", 1) for part in options["health"].split(",") if part)
        times, done = options["times"], 0
        while not times or done < times:
            pause = 60.0
            for code, (key, secret) in keys.items():
                line = Line(options["address"], key, secret, time.time)
                try:
                    heard = line.post("heartbeat/", FINE | said)
                    if not options["quietly"]:
                        self.stdout.write(f"{code}: {heard['state']}")
                    pause = float(heard["again_in"])
                except (NoLine, Refused) as no:
                    self.stdout.write(f"{code}: {no or 'no answer'}")
            done += 1
            if not times or done < times:
                time.sleep(pause)

    def _with_card(self, key: list[str], options: dict[str, Any]) -> None:
        if not SimulatedChip.objects.filter(label=options["card"]).exists():
            raise CommandError("Name a demo card with --card: " + "; ".join(SimulatedChip.objects.values_list("label", flat=True)))
        machine = self.machine(key, options)
        try:
            machine.start()
            self.stdout.write(f"-> {self._do(machine, options)}")
        except PowerCut:
            self.stdout.write("The power is gone. Start again without a fault to see what the machine remembers.")
        except (NoLine, Refused, CardFault) as no:
            raise CommandError(str(no) or type(no).__name__) from None

    def _do(self, machine: Machine, options: dict[str, Any]) -> str:
        if options["what"] == "serve":
            return machine.serve()
        if options["what"] == "sell":
            return machine.sell(litres=options["litres"], inserted=options["cash"])
        left = iter(range(_LOOKS))
        return machine.sell_by_phone(litres=options["litres"], provider=options["provider"], wait=lambda: _pass_a_moment(left))

    def machine(self, key: list[str], options: dict[str, Any]) -> Machine:
        """A machine in which the fault is about to happen."""
        fault = options["fault"]
        cut, scripted = FAULTS[fault]
        SimulatedChip.objects.filter(label=options["card"]).update(fault=scripted)
        code, secret = key
        line = Line(options["address"], code, secret, time.time, language=options["language"], loses=set(_LOSES.get(fault, ())))
        line.off_ms = _WRONG_BY_MS if fault == "wrong-clock" else 0
        memory = Memory.at(options["keys"].with_name(f"kiosk-{code}.json"))
        machine = Machine(line, SlotReader(options["card"]), memory, show=self.stdout.write, cut=cut)
        if fault == "offline":
            machine.reader = _CutsTheLine(options["card"], line)
        return machine


def _pass_a_moment(left: Iterator[int]) -> bool:
    time.sleep(2)
    return next(left, None) is not None


class _CutsTheLine(SlotReader):
    """The line goes just while the card is being written."""

    def __init__(self, label: str, line: Line) -> None:
        super().__init__(label)
        self._line = line

    def write(self, image: Any) -> Any:
        self._line.is_down = True
        return super().write(image)
