"""The proof that the books are right: every rule of the ledger, checked over all rows, with the first row that breaks it.

Each rule is set-based: the database groups and joins, only wrong rows travel. Two rules (the lines of a purchase, the
count of a till) read JSON row by row, streaming.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from . import (
    bills,
    cards,
    charges,
    compensations,
    credit_payouts,
    held,
    kiosks,
    payments,
    postings,
    providers,
    receipts,
    reconciliation,
    tills,
)
from .snapshot import snapshot


@dataclass(frozen=True)
class Finding:
    """What became of one rule: ``wrong`` names the first row that breaks it and is empty where all is well."""

    rule: str
    wrong: str

    @property
    def is_right(self) -> bool:
        return not self.wrong


type Rule = Callable[[], str]

RULES: tuple[tuple[object, Rule], ...] = (
    (_("every posting has two entries or more and sums to zero"), postings.unbalanced),
    (_("every payment stands in the ledger, once and in its book"), payments.unposted),
    (_("every purchase is paid, every refund belongs to a purchase taken back"), payments.unpaid),
    (_("each account is owed exactly what it paid and has not got"), postings.prepaid),
    (_("gas sold is what was written to cards"), postings.sales),
    (_("each account is credited exactly what broken promises cost"), compensations.credited),
    (_("each account owes exactly what it was billed and has not paid"), bills.owed),
    (_("the lines of each bill sum to its volume and amount, each rounded once"), bills.lines),
    (_("advances for works are what was paid and neither earned nor given back"), charges.advances),
    (_("the lines of each purchase sum to its volume and amount"), payments.lines),
    (_("tills hold what the ledger says, and closed ones nothing"), tills.cash),
    (_("providers hold what came in through them and did not go back"), providers.at_providers),
    (_("what was paid online was credited once"), providers.credited),
    (_("held money was used once, as two people agreed"), held.assigned),
    (_("credit was paid out as two people agreed"), credit_payouts.paid_out),
    (_("fees, payouts and write-offs stand in the books as they were noted, and two people answer for a loss"), reconciliation.settled),
    (_("kiosks hold what the ledger says"), kiosks.cash),
    (_("cash taken to the bank left a safe, with a slip"), tills.deposits),
    (_("closed days say what the ledger says"), tills.days),
    (_("receipts are numbered without gaps and carry the right amounts"), receipts.receipts),
    (_("purchase counters of a card only rise"), cards.counters),
)


def prove() -> Iterator[Finding]:
    """Check every rule, one after the other, all against the same moment of the database."""
    with snapshot():
        for rule, check in RULES:
            yield Finding(str(rule), check())
