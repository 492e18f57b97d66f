"""How often an alarm that nobody has acknowledged rings again. Pure."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Nag:
    """``safety`` and ``other`` are the pauses; another's doubles from the second repetition on, up to ``longest``."""

    safety: timedelta
    other: timedelta
    longest: timedelta = timedelta(days=1)

    def pause(self, *, is_safety: bool, repetition: int) -> timedelta:
        """The pause before this repetition; the first is 1. Safety never tires."""
        if is_safety:
            return self.safety
        return min(self.other * (1 << min(max(repetition - 2, 0), 20)), self.longest)


def next_rung(rung: str) -> tuple[str, int]:
    """The name of the repetition after this alarm, and which one it is: "100%" -> ("100%.2", 1), "100%.2" -> ("100%.3", 2)."""
    name, _dot, number = rung.partition(".")
    repetition = int(number or 1)
    return f"{name}.{repetition + 1}", repetition
