"""What was offered for an application: designs, versions of the quote, the contract that stands, and its money."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from accounts.clock import business_date
from billing.models import Charge
from billing.queries.charges import ChargeMoney, charges_of, money_of
from casework.models import Case

from ..models import Application, Contract, Design, Quote, QuoteLine
from ..refund_rules import FREE_LINES_UNTIL
from ..states import CONNECTION, ConnectionStatus
from .papers import in_words

#: The version of the words around the lines (templates/connections/pdf/contract.html); they are part of what is agreed.
TERMS = "2026-11"


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
    def is_offered(self) -> bool:
        return self.application.case.status == ConnectionStatus.CONTRACT

    @property
    def digest(self) -> str:
        """Of what stands on the paper now."""
        return digest_of(self.contract) if self.contract else ""


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


def line_words(line: QuoteLine, language: str = "") -> str:
    """What a line is for, in a language or the reader's."""
    return line.words or (in_words(line.fee.names, language) if line.fee else "")


def until_of(line: QuoteLine) -> str:
    """The last status in which a line goes back when the application is withdrawn: as the plan says of its fee."""
    return line.fee.refundable_until if line.fee else FREE_LINES_UNTIL


def digest_of(contract: Contract) -> str:
    """The fingerprint of all that is agreed: parties, place, lines, days and the version of the terms. Printed on the paper."""
    quote = contract.quote
    case = quote.application.case
    agreed: dict[str, Any] = {
        "number": contract.number,
        "terms": TERMS,
        "company": str(settings.COMPANY["name"]),
        "customer": [case.contact_name, quote.application.organisation],
        "place": place_of(quote.application),
        "kind": quote.application.kind,
        "lines": [[line_words(line, settings.LANGUAGE_CODE), line.hundredths, line.price, line.amount] for line in quote.lines.all()],
        "total": quote.total,
        "currency": settings.CURRENCY,
        "valid_until": str(quote.valid_until),
    }
    return hashlib.sha256(json.dumps(agreed, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def place_of(application: Application) -> str:
    """Where it is to be connected, in words."""
    premises = application.case.premises
    return premises.address if premises else application.place


def status_before_end(application: Application) -> str:
    """Where an application stood when it was withdrawn, by its journal; where it stands, when it was not."""
    case = application.case
    if case.status != ConnectionStatus.CANCELLED:
        return case.status
    targets = {f"{CONNECTION.kind}.{move.verb}": move.target for move in CONNECTION.moves}
    verbs = case.timeline.events.order_by("-seq").values_list("verb", flat=True)
    moves = [verb for verb in verbs if verb in targets]
    return targets[moves[1]] if len(moves) > 1 else ConnectionStatus.REGISTERED
