"""What a broken promise costs us: so much at once, as much again for every full step of lateness, up to a cap. Pure.

The rule is JSON in a policy's ``compensation``: {"is_on": true, "amount": 2000, "step": "PT24H", "cap": 10000}. Amounts are in
minor units; without a step it is paid once, a step costs the amount again or its own ``step_amount``, without a cap it grows on.
Lateness is by the clock on the wall. What the engine takes besides is in ``sla.compensations``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
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
    step_amount: int | None = None

    @classmethod
    def parse(cls, raw: Mapping[str, Any]) -> "Amends":
        """From a policy's JSON; names that are not ours are left alone. Raises BadAmends."""
        amount, cap, step_amount = raw.get("amount", 0), raw.get("cap"), raw.get("step_amount")
        if not _is_amount(amount) or not all(one is None or _is_amount(one) for one in (cap, step_amount)):
            raise BadAmends
        try:
            step = duration(raw["step"]) if raw.get("step") else None
        except (BadLimit, TypeError) as bad:
            raise BadAmends from bad
        if step is not None and not step:
            raise BadAmends
        return cls(bool(raw.get("is_on", False)), amount, step, cap or None, step_amount)

    def owed(self, late: timedelta) -> int:
        """What this lateness costs by the rule, whether it is on or not; nothing when in time."""
        if late <= timedelta(0):
            return 0
        again = self.amount if self.step_amount is None else self.step_amount
        amount = self.amount + again * (late // self.step if self.step else 0)
        return amount if self.cap is None else min(amount, self.cap)


def _is_amount(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
