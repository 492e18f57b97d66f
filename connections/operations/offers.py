"""The offer of a connection: quotes in versions, sent as a contract, accepted by the applicant, paid in advance (billing's Charge).

Note [What was sent stays as it was]. A version that was sent never changes: another price is another version, after the first was taken
back. What the applicant accepts is what they read: the page says which fingerprint of the contract it showed (queries.fingerprints),
and that fingerprint is kept with the acceptance and printed on the paper.

All of it runs under the lock of the case, before quote and charge, so that accepting and taking back never both succeed.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import formats

import billing.operations.charges
import casework.permissions
import notices.operations
from accounts.actors import Actor
from accounts.clock import business_date
from billing.models import Charge
from billing.operations.charges import NewCharge
from casework.operations import StaleRow, Step, move_case, record

from ..models import Application, Contract, Deed, Quote
from ..offer_refusals import (
    AlreadyAccepted,
    AlreadySent,
    NoLines,
    NoOffer,
    NotInDesign,
    OfferExpired,
    OtherPaper,
    PaidAlready,
)
from ..queries.fingerprints import digest_of, personal_digest
from ..queries.offers import charge_of, standing_contract
from ..queries.quote_words import line_words
from ..quote_lines import NewQuote
from ..states import CONNECTION, ConnectionStatus
from . import stages
from .holding import hold_case
from .offer_rows import new_contract, write_lines

#: An offer holds so long unless somebody says otherwise, and is to be paid so long after it was accepted.
HOLDS = timedelta(days=30)
PAY_WITHIN = timedelta(days=14)


@transaction.atomic
def draft_quote(*, application: Application, wanted: NewQuote, by: Actor, at: datetime) -> Quote:
    """Write the version in work, or begin the next one.

    Raises NoLines, StaleRow where somebody else kept another one meanwhile, Forbidden, NotInDesign once the application is over.
    """
    casework.permissions.check_may_handle(by, application.case, at=at)
    case = hold_case(application.case)
    if not case.is_unfinished:
        raise NotInDesign(CONNECTION.label_of(case.status))
    if not wanted.lines:
        raise NoLines
    quote = application.quotes.filter(sent_at=None).first()
    if wanted.seen is not None and wanted.seen != (quote.mark if quote else ""):
        raise StaleRow
    if quote is None:
        last = application.quotes.order_by("-number").first()
        quote = Quote(application=application, number=last.number + 1 if last else 1)
    quote.design, quote.note = wanted.design.attachment if wanted.design else None, wanted.note.strip()[:300]
    quote.made_at, quote.made_by = at, by.actor_label
    quote.save()
    write_lines(quote, wanted.lines)
    return quote


@transaction.atomic
def send_quote(*, quote: Quote, valid_until: date | None = None, seen: str | None = None, by: Actor, at: datetime) -> Contract:
    """Offer the contract on a version, which does not change any more.

    Raises AlreadySent, StaleRow where the version is not as it was ``seen`` (Quote.mark), NotInDesign, Forbidden.
    """
    application = quote.application
    casework.permissions.check_may_handle(by, application.case, at=at)
    case = hold_case(application.case)
    quote = Quote.objects.select_for_update(no_key=True).get(pk=quote.pk)
    if quote.sent_at is not None:
        raise AlreadySent
    if seen is not None and seen != quote.mark:
        raise StaleRow
    if case.status != ConnectionStatus.DESIGN:
        raise NotInDesign(CONNECTION.label_of(case.status))
    quote.application = application
    quote.sent_at, quote.valid_until = at, valid_until or business_date(at) + HOLDS
    quote.save(update_fields=["sent_at", "valid_until"])
    contract = new_contract(quote, notices.operations.language_of(case), at=at)
    facts = {"quote": quote.number, "total": quote.total, "contract": contract.number}
    move_case(case=case, verb="offer", by=by, at=at, facts=facts)
    stages.finish_by_deed(application=application, deed=Deed.QUOTE, by=by, at=at)
    return contract


@transaction.atomic
def withdraw_offer(*, application: Application, by: Actor, at: datetime) -> None:
    """Take the standing offer back; the design goes on. Raises NoOffer, PaidAlready, WrongMove, Forbidden."""
    casework.permissions.check_may_handle(by, application.case, at=at)
    case, contract = hold_case(application.case), standing_contract(application)
    if contract is None:
        raise NoOffer
    end_offer(contract, by=by, at=at)
    move_case(case=case, verb="redesign", by=by, at=at, facts={"contract": contract.number})
    stages.come_back(application=application, by=by, at=at)


def end_offer(contract: Contract, *, by: Actor, at: datetime) -> None:
    """The offer does not stand any more, nor what was to be paid for it; in the caller's transaction. Raises PaidAlready."""
    charge = charge_of(contract)
    if charge is not None:
        charge = billing.operations.charges.hold_charge(charge)
        if charge.is_open:
            billing.operations.charges.withdraw_charge(charge=charge, by=by, at=at)
        elif charge.is_paid:
            raise PaidAlready
    Quote.objects.filter(pk=contract.quote_id).update(withdrawn_at=at)


@transaction.atomic
def accept_contract(*, application: Application, digest: str, how: str, by: Actor, at: datetime) -> Contract:
    """The applicant agrees to the contract as they read it (``digest``); from then on it is to be paid.

    Accepted by paper a colleague notes it. Raises NoOffer, AlreadyAccepted, OfferExpired, OtherPaper, Forbidden.
    """
    if how == Contract.How.PAPER:
        casework.permissions.check_may_handle(by, application.case, at=at)
    case, contract = hold_case(application.case), standing_contract(application)
    if contract is None or case.status != ConnectionStatus.CONTRACT:
        raise NoOffer
    _check_acceptable(contract, digest, at)
    contract.accepted_at, contract.accepted_how, contract.accepted_by = at, Contract.How(how), by.actor_label
    contract.digest, contract.personal = digest, personal_digest(contract)
    contract.save(update_fields=["accepted_at", "accepted_how", "accepted_by", "digest", "personal"])
    facts = {"contract": contract.number, "how": how, "digest": digest}
    record(timeline_id=case.timeline_id, steps=[Step("connection.contract_accepted", facts)], by=by, at=at)
    if contract.quote.total:
        _charge(contract, by, at)
    stages.finish_by_deed(application=application, deed=Deed.CONTRACT, by=by, at=at)
    if not contract.quote.total:
        stages.finish_by_deed(application=application, deed=Deed.PAYMENT, by=by, at=at)
    return contract


def _check_acceptable(contract: Contract, digest: str, at: datetime) -> None:
    until = contract.quote.valid_until
    if contract.accepted_at is not None:
        raise AlreadyAccepted
    if until is not None and until < business_date(at):
        raise OfferExpired(formats.date_format(until))
    if digest != digest_of(contract):
        raise OtherPaper


def _charge(contract: Contract, by: Actor, at: datetime) -> Charge:
    language = contract.language
    lines = [
        {"words": line_words(line, language), "hundredths": line.hundredths, "price": line.price, "amount": line.amount}
        for line in contract.quote.lines.select_related("fee")
    ]
    case, due_on = contract.quote.application.case, business_date(at) + PAY_WITHIN
    new = NewCharge(case=case, basis=contract.number, lines=lines, language=language, due_on=due_on)
    return billing.operations.charges.open_charge(new=new, by=by, at=at)


@transaction.atomic
def note_paid(*, application: Application, by: Actor, at: datetime) -> None:
    """The contract is paid: what waits for the money goes on. Safe to repeat."""
    hold_case(application.case)
    contract = standing_contract(application)
    charge = charge_of(contract) if contract else None
    if charge is not None and charge.is_paid and application.case.is_unfinished:
        stages.finish_by_deed(application=application, deed=Deed.PAYMENT, by=by, at=at)


@transaction.atomic
def forget_notes(*, application: Application) -> None:
    """Personal data of the case was erased: remarks on quotes and drawings may have named somebody. What was agreed stays."""
    application.quotes.exclude(note="").update(note="")
    application.designs.exclude(note="").update(note="")
