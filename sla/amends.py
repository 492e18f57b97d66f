"""What a broken promise costs us: so much at once, as much again for every full step of lateness, up to a cap. Pure.

The rule is JSON in a policy's ``compensation``: {"is_on": true, "amount": 2000, "step": "PT24H", "cap": 10000}. Amounts are in
minor units; without a step it is paid once, a step costs the amount again or its own ``step_amount``, without a cap it grows on.
Lateness is by the clock on the wall: the customer waits at night too. What the engine takes besides is in ``sla.compensations``.
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
        amount = read_number(raw, "amount") or 0
        step = read_length(raw, "step")
        if step is not None and not step:
            raise BadAmends("step")
        return cls(bool(raw.get("is_on", False)), amount, step, read_number(raw, "cap") or None, read_number(raw, "step_amount"))

    @property
    def again(self) -> int:
        """What each further step costs."""
        return self.amount if self.step_amount is None else self.step_amount

    def steps(self, late: timedelta) -> int:
        """How many whole steps went by."""
        return late // self.step if self.step else 0

    def owed(self, late: timedelta) -> int:
        """What this lateness costs by the rule, whether it is on or not; nothing when in time."""
        if late <= timedelta(0):
            return 0
        amount = self.amount + self.again * self.steps(late)
        return amount if self.cap is None else min(amount, self.cap)


def read_number(raw: Mapping[str, Any], name: str) -> int | None:
    """A whole number that is not negative; None where nothing stands. Raises BadAmends."""
    found = raw.get(name)
    if found is None:
        return None
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise BadAmends(name)
    return found


def read_length(raw: Mapping[str, Any], name: str) -> timedelta | None:
    """A length as PT24H; None where nothing stands. Raises BadAmends."""
    if not raw.get(name):
        return None
    try:
        return duration(raw[name])
    except (BadLimit, TypeError) as bad:
        raise BadAmends(name) from bad
