"""A connected meter as it hangs on a wall: it burns gas, keeps its rules, remembers what it has done. Pure, for tests and the simulator."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ..valves import Because, Key, Rules, State, Valve, allow, credit, press, settle, shut

#: How many numbers of commands it remembers.
REMEMBERED = 64


@dataclass
class SimulatedMeter:
    """One meter. ``days`` are those not told yet: day -> used and shown at its end (litres)."""

    serial: str
    rules: Rules
    state: State = field(default_factory=State)
    reading_litres: int = 0
    report_number: int = 0
    done: list[int] = field(default_factory=list)
    days: dict[date, tuple[int, int]] = field(default_factory=dict)

    def live(self, day: date, litres: int) -> int:
        """Somebody cooks: what really came out, until the valve closed."""
        burnt = min(litres, self._left()) if self.state.valve == Valve.OPEN else 0
        used = self.days.get(day, (0, 0))[0] + burnt
        self.reading_litres += burnt
        self.days[day] = (used, self.reading_litres)
        self.state = settle(replace(self.state, balance_litres=self.state.balance_litres - burnt), self.rules)
        return burnt

    def _left(self) -> int:
        lent = self.rules.emergency_litres if self.state.on_emergency else 0
        return max(0, self.state.balance_litres + lent)

    def end_day(self, day: date) -> None:
        """Midnight: a day without use counts towards closing."""
        idle = 0 if self.days.get(day, (0, 0))[0] else self.state.idle_days + 1
        self.state = settle(replace(self.state, idle_days=idle), self.rules)

    def press(self, key: Key) -> None:
        """Somebody stands before it."""
        self.state = press(self.state, self.rules, key)

    def report(self) -> dict[str, Any]:
        """What it says when it connects: the body of a visit."""
        self.report_number += 1
        state = self.state
        told: dict[str, Any] = {
            "meter": self.serial,
            "number": self.report_number,
            "balance_litres": state.balance_litres,
            "reading_litres": self.reading_litres,
            "valve": state.valve.value,
            "emergency": state.on_emergency,
            "tampered": state.is_tampered,
            "battery_percent": state.battery_percent,
            "days": [{"day": day.isoformat(), "used_litres": used, "reading_litres": shown} for day, (used, shown) in self.days.items()],
            "done": self.done[-REMEMBERED:],
        }
        return told | ({"because": state.because.value} if state.because else {})

    def hear(self, answer: dict[str, Any]) -> list[int]:
        """Take the rules, carry each command out unless its number was done before; the numbers to confirm."""
        self.rules = Rules(**answer["rules"])
        # What was told has arrived. Today may still grow, so the last day is told again.
        self.days = dict(sorted(self.days.items())[-1:])
        for command in answer["commands"]:
            if command["number"] not in self.done:
                self._carry_out(command)
                self.done.append(command["number"])
        return [command["number"] for command in answer["commands"]]

    def _carry_out(self, command: dict[str, Any]) -> None:
        if command["kind"] == "recharge":
            self.state = credit(self.state, self.rules, command["litres"])
        elif command["kind"] == "open_valve":
            self.state = allow(self.state, self.rules)
        else:
            self.state = shut(self.state, Because(command["because"] or Because.REMOTE))
