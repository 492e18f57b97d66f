"""What goes back when an application is withdrawn where it stands: in all, and of each line of its contract."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..models import Application, Contract, QuoteLine
from ..refund_rules import ORDER, ContractLine, given_back
from ..states import ConnectionStatus
from .offers import charge_of, standing_contract
from .quote_words import line_words, until_of


@dataclass(frozen=True)
class RefundLine:
    """One line, what it cost, what of it goes back at most (minor units), and until which status."""

    words: str
    amount: int
    back: int
    until: str


@dataclass(frozen=True)
class Outlook:
    """What was ``paid`` and what goes ``back``; surely, as long as nothing can have been built, else at most."""

    paid: int
    back: int
    is_sure: bool
    lines: Sequence[RefundLine]

    @property
    def kept(self) -> int:
        return self.paid - self.back


def outlook(application: Application) -> Outlook | None:
    """If it were withdrawn now; None where nothing is paid."""
    contract = standing_contract(application)
    charge = charge_of(contract) if contract else None
    if contract is None or charge is None or not charge.is_paid:
        return None
    status = application.case.status
    lines = [
        RefundLine(line_words(line), line.amount, _back(line, status, 0), str(ConnectionStatus(until_of(line)).label))
        for line in _lines(contract)
    ]
    return Outlook(charge.amount, sum(line.back for line in lines), is_before_works(status), lines)


def refund_for(contract: Contract, status: str, done: Mapping[int, int]) -> int:
    """What goes back of a contract withdrawn in a status, in minor units; ``done`` of each line by its key, in hundredths."""
    return sum(_back(line, status, done.get(line.pk, 0)) for line in _lines(contract))


def is_before_works(status: str) -> bool:
    """Whether nothing can have been built."""
    return ORDER.index(status) < ORDER.index(ConnectionStatus.CONSTRUCTION)


def _lines(contract: Contract) -> Sequence[QuoteLine]:
    return list(contract.quote.lines.select_related("fee"))


def _back(line: QuoteLine, status: str, done: int) -> int:
    agreed = ContractLine(price=line.price, hundredths=line.hundredths, refundable_until=until_of(line), done=done)
    return given_back(agreed, status)
