"""How the engine pays what a broken promise costs: its rule (``sla.amends``), and when and how it is credited. Pure.

A policy's ``compensation`` says besides: ``hold``, how long it waits for an exemption; ``pay_within``, by when it must be
credited, and ``late_factor``, by how much it grows when it is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from .amends import Amends, BadAmends, read_length, read_number


@dataclass(frozen=True, kw_only=True)
class CompensationRule:
    """A policy's ``compensation``, read."""

    amends: Amends
    hold: timedelta = timedelta(days=3)
    pay_within: timedelta = timedelta(days=10)
    late_factor: int = 2

    @classmethod
    def parse(cls, raw: Mapping[str, Any]) -> "CompensationRule":
        """Absent names as usual. Raises BadAmends, which names the part at fault; also for a rule that costs nothing it says it costs."""
        amends = Amends.parse(raw)
        if amends.is_on and not amends.amount:
            raise BadAmends("amount")
        if bool(amends.step) != bool(amends.again if amends.step else amends.step_amount):
            raise BadAmends("step")
        named: dict[str, Any] = {
            "hold": read_length(raw, "hold"),
            "pay_within": read_length(raw, "pay_within"),
            "late_factor": read_number(raw, "late_factor"),
        }
        return cls(amends=amends, **{name: value for name, value in named.items() if value is not None})

    def owed(self, late: timedelta) -> int:
        """Minor units owed after so much lateness; nothing when it was in time or the rule is off."""
        return self.amends.owed(late) if self.amends.is_on else 0

    def can_grow(self, late: timedelta) -> bool:
        """Whether more lateness would cost more."""
        return bool(self.amends.step) and (not self.amends.cap or self.owed(late) < self.amends.cap)

    def grown_after(self) -> timedelta | None:
        """The lateness from which on it costs no more than it does; None when there is no end to it."""
        amends = self.amends
        if not amends.step:
            return timedelta(0)
        return amends.step * max(-(-(amends.cap - amends.amount) // amends.again), 0) if amends.cap else None

    def payable(self, amount: int, *, is_late: bool) -> int:
        """What is credited in the end."""
        return amount * max(self.late_factor, 1) if is_late else amount
