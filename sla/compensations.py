"""How much a broken promise costs us. Pure.

A policy's ``compensation`` says: ``is_on``; ``amount``, in minor units, owed once the limit has passed; ``step``, a length such as
PT24H, and ``step_amount``, owed besides for each whole one (absent: the amount again); ``cap``, the most; ``hold``, how long it
waits for an exemption; ``pay_within``, by when it must be credited, and ``late_factor``, by how much it grows when it is not.
Lateness is time by the clock on the wall: the customer waits at night too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from .limits import BadLimit, duration


class BadCompensation(ValueError):
    """The rule cannot be read; ``name`` is the part at fault."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


@dataclass(frozen=True, kw_only=True)
class CompensationRule:
    """A policy's ``compensation``, read."""

    is_on: bool = False
    amount: int = 0
    step: timedelta = timedelta(0)
    step_amount: int = 0
    cap: int = 0
    hold: timedelta = timedelta(days=3)
    pay_within: timedelta = timedelta(days=10)
    late_factor: int = 2

    @classmethod
    def parse(cls, raw: Mapping[str, Any]) -> "CompensationRule":
        """Absent names as usual. Raises BadCompensation."""
        read: dict[str, Any] = {name: _length(name, raw[name]) for name in ("step", "hold", "pay_within") if raw.get(name)}
        read |= {name: _number(name, raw[name]) for name in ("amount", "step_amount", "cap", "late_factor") if raw.get(name) is not None}
        if "step" in read:
            read.setdefault("step_amount", read.get("amount", 0))
        rule = cls(is_on=bool(raw.get("is_on")), **read)
        if rule.is_on and not rule.amount:
            raise BadCompensation("amount")
        if bool(rule.step) != bool(rule.step_amount):
            raise BadCompensation("step")
        return rule

    def owed(self, late: timedelta) -> int:
        """Minor units owed after so much lateness; nothing when it was in time or the rule is off."""
        if not self.is_on or late <= timedelta(0):
            return 0
        whole = self.amount + self.step_amount * self.steps(late)
        return min(whole, self.cap) if self.cap else whole

    def steps(self, late: timedelta) -> int:
        """How many whole steps went by."""
        return late // self.step if self.step else 0

    def can_grow(self, late: timedelta) -> bool:
        """Whether more lateness would cost more."""
        return bool(self.step) and (not self.cap or self.owed(late) < self.cap)

    def grown_after(self) -> timedelta | None:
        """The lateness from which on it costs no more than it does; None when there is no end to it."""
        if not self.step:
            return timedelta(0)
        return self.step * max(-(-(self.cap - self.amount) // self.step_amount), 0) if self.cap else None

    def payable(self, amount: int, *, is_late: bool) -> int:
        """What is credited in the end."""
        return amount * max(self.late_factor, 1) if is_late else amount


def _length(name: str, raw: Any) -> timedelta:
    try:
        return duration(raw)
    except (BadLimit, TypeError) as bad:
        raise BadCompensation(name) from bad


def _number(name: str, raw: Any) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or raw < 0:
        raise BadCompensation(name)
    return raw
