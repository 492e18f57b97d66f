"""What a withdrawal gives back. Pure; amounts in minor units.

Each line of the contract says until which status it is given back (``FeeRow.refundable_until``): while the application stands there, or
before, all of it goes back that was not done; afterwards nothing. What was done is said in hundredths of the line's own unit, and costs
what that many cost by the contract, rounded as the line was.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .quote_sums import line_amount

#: The way of an application, in its order; while corrections are made, the acceptance is not passed.
ORDER = ("registered", "accepted", "design", "contract", "construction", "corrections", "acceptance", "ready", "connected", "closed")
#: A line that is no fee of the plan is work or material of this one contract: it goes back as long as it was not done.
FREE_LINES_UNTIL = "ready"


@dataclass(frozen=True, kw_only=True)
class ContractLine:
    """One line of a contract: what was paid for it, and how much of it was ``done`` (hundredths, at most all of it)."""

    price: int
    hundredths: int
    refundable_until: str = FREE_LINES_UNTIL
    done: int = 0

    @property
    def amount(self) -> int:
        return line_amount(self.price, self.hundredths)


def given_back(line: ContractLine, status: str) -> int:
    """What goes back of a line when the application is withdrawn in a status."""
    until = line.refundable_until
    if until not in ORDER or ORDER.index(status) > ORDER.index(until):
        return 0
    done = min(max(line.done, 0), line.hundredths)
    return line.amount - min(line_amount(line.price, done), line.amount)


def refund_of(lines: Iterable[ContractLine], status: str) -> int:
    """What goes back in all."""
    return sum(given_back(line, status) for line in lines)
