"""What a broken promise costs us: so much at once, as much again for every full step of lateness, up to a cap. Pure.

The rule is JSON in a policy's ``compensation``: {"is_on": true, "amount": 2000, "step": "PT24H", "cap": 10000}. Amounts are in
minor units; without a step it is paid once, without a cap it grows on. Lateness is by the clock on the wall.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .limits import BadLimit, duration


class BadAmends(ValueError):
    """The rule cannot be read: amounts are positive whole numbers of minor units, a step is a length as PT24H."""


@dataclass(frozen=True)
class Amends:
    """The rule of one promise; off means that nothing is owed, while ``owed`` still says what it would be."""

    is_on: bool = False
    amount: int = 0
    step: timedelta | None = None
    cap: int | None = None

    @classmethod
    def parse(cls, raw: Mapping[str, Any]) -> "Amends":
        """From a policy's JSON; names that are not ours are left alone. Raises BadAmends."""
        amount, cap = raw.get("amount", 0), raw.get("cap")
        if not _is_amount(amount) or not (cap is None or _is_amount(cap)):
            raise BadAmends
        try:
            step = duration(raw["step"]) if raw.get("step") else None
        except (BadLimit, TypeError) as bad:
            raise BadAmends from bad
        if step is not None and not step:
            raise BadAmends
        return cls(bool(raw.get("is_on", False)), amount, step, cap)

    def steps(self, late: timedelta) -> int:
        """How many times the amount is owed for this lateness, the cap left aside; none when in time."""
        if late <= timedelta(0):
            return 0
        return 1 + (late // self.step if self.step else 0)

    def owed(self, late: timedelta) -> int:
        """What this lateness costs by the rule, whether it is on or not."""
        amount = self.amount * self.steps(late)
        return amount if self.cap is None else min(amount, self.cap)

    def grows_until(self, due_at: datetime) -> datetime | None:
        """The moment from which it can grow no more; None when it grows on for ever."""
        if self.step is None or not self.amount:
            return due_at
        if self.cap is None:
            return None
        return due_at + self.step * max(0, -(-self.cap // self.amount) - 1)


def _is_amount(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
