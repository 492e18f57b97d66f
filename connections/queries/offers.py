"""What was offered for an application: designs, versions of the quote, the contract that stands, and its money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.clock import business_date
from billing.models import Charge
from billing.queries.charges import ChargeMoney, charges_of, money_of
from casework.models import Case

from ..models import Application, Contract, Design, Quote
from ..states import CONNECTION, ConnectionStatus
from .fingerprints import digest_of


@dataclass(frozen=True)
class Offer:
    """All about the money of an application, for its pages. ``quote`` is the version that stands, ``draft`` the one in work."""

    application: Application
    designs: Sequence[Design]
    quotes: Sequence[Quote]
    quote: Quote | None
    draft: Quote | None
    contract: Contract | None
    charge: Charge | None
    money: ChargeMoney | None
    is_expired: bool

    @property
    def is_to_accept(self) -> bool:
        """By the applicant, now."""
        is_open = self.contract is not None and self.contract.accepted_at is None
        return is_open and not self.is_expired and self.is_offered

    @property
    def digest(self) -> str:
        """Of what stands on the paper now."""
        return digest_of(self.contract) if self.contract else ""

    @property
    def is_offered(self) -> bool:
        return self.application.case.status == ConnectionStatus.CONTRACT


def offer_of(application: Application, *, at: datetime) -> Offer:
    """Where the offer of an application stands."""
    quotes = list(application.quotes.prefetch_related("lines__fee").select_related("contract", "design").order_by("-number"))
    quote = next((one for one in quotes if one.sent_at and not one.withdrawn_at), None)
    contract = getattr(quote, "contract", None)
    charge = charge_of(contract) if contract else last_charge(application.case)
    return Offer(
        application=application,
        designs=list(application.designs.select_related("attachment").order_by("-number")),
        quotes=quotes,
        quote=quote,
        draft=next((one for one in quotes if not one.sent_at), None),
        contract=contract,
        charge=charge,
        money=money_of(charge) if charge else None,
        is_expired=bool(quote and quote.valid_until and quote.valid_until < business_date(at) and contract and not contract.accepted_at),
    )


def standing_contract(application: Application) -> Contract | None:
    """The contract on the quote that was sent and not taken back."""
    rows = Contract.objects.select_related("quote__application__case", "quote__design")
    return rows.filter(quote__application=application, quote__sent_at__isnull=False, quote__withdrawn_at=None).first()


def last_contract(application: Application) -> Contract | None:
    """The one that was offered last, also where it does not stand any more."""
    rows = Contract.objects.select_related("quote__application__case").filter(quote__application=application)
    return rows.order_by("-quote__number").first()


def charge_of(contract: Contract) -> Charge | None:
    """What is to be paid for a contract, once it is accepted."""
    return Charge.objects.filter(basis=contract.number).first()


def last_charge(case: Case) -> Charge | None:
    return charges_of(case).first()


def status_before_end(application: Application) -> str:
    """Where an application stood when it was withdrawn, by its journal; where it stands, when it was not."""
    case = application.case
    if case.status != ConnectionStatus.CANCELLED:
        return case.status
    targets = {f"{CONNECTION.kind}.{move.verb}": move.target for move in CONNECTION.moves}
    verbs = case.timeline.events.order_by("-seq").values_list("verb", flat=True)
    moves = [verb for verb in verbs if verb in targets]
    return targets[moves[1]] if len(moves) > 1 else ConnectionStatus.REGISTERED
