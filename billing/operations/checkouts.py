"""A customer is about to pay online: make the offer, show how to pay, and find out what came of it.

Note [Never inside a transaction]
    An order is committed before a provider hears of it, so a callback can never be about an order we do not know. Everything that
    goes over the network is done between transactions, and what it brought is written by a compare-and-set: whoever is slower, or
    dies in between, changes nothing that another has settled.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.clock import business_date, in_business_time
from accounts.models import Account
from casework.operations import Step, move, open_timeline

from .. import providers, references
from ..bill_refusals import BillNotOpen
from ..models import Bill, Checkout, Kiosk
from ..queries.pricing import pricing
from ..queries.quotes import Quote, check_may_buy, prepaid_meter, quote_of
from ..refusals import CardBusy, KeyReused, NoCardIssued, Refused
from ..states import CHECKOUT, BillStatus, CheckoutStatus
from .offers import as_shown, columns_of

#: The first question to the provider comes so long after the order: by then a callback has come, or is lost.
FIRST_QUESTION = timedelta(seconds=20)


class NotOffered(Refused):
    """This way to pay does not exist here."""

    code = "not_offered"

    def __init__(self) -> None:
        super().__init__(_("This way to pay is not offered. Choose another."))


class CheckoutOpen(Refused):
    """One thing at a time: two codes on two screens would both be paid."""

    code = "checkout_open"

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(_("Payment %(reference)s is still open. Pay it or cancel it first.") % {"reference": reference})


class NothingToPay(Refused):
    code = "nothing_to_pay"

    def __init__(self) -> None:
        super().__init__(_("This volume is free, so there is nothing to pay online. Have it written at a counter."))


@dataclass(frozen=True, kw_only=True)
class Basket:
    """What a customer wants to pay for: a volume at the price quoted (``fingerprint``), or a bill; where and how it is paid.

    ``key`` makes a repeated request harmless.
    """

    account: Account
    provider: str
    product: str
    channel: str
    key: str
    litres: int = 0
    fingerprint: str = ""
    bill: Bill | None = None
    kiosk: Kiosk | None = None


def open_checkout(*, basket: Basket, by: Actor, at: datetime) -> Checkout:
    """Hold an offer for the customer, at the price as it is now. The same key again gives the same offer; with other content KeyReused.

    Raises NotOffered, StaleQuote (with the new quote), CheckoutOpen, CardBusy, NoCardIssued, NothingToPay, BillNotOpen, and what
    ``quote`` raises.
    """
    if basket.product not in providers.offered().get(basket.provider, ()):
        raise NotOffered
    try:
        return hold_offer(basket=basket, by=by, at=at)
    except Refused:
        # A repeated request is refused by what its first run left behind.
        if (known := _opened_before(basket)) is None:
            raise
        return known


@transaction.atomic
def hold_offer(*, basket: Basket, by: Actor, at: datetime) -> Checkout:
    """The same, whichever providers are set up. Raises all of that but NotOffered."""
    account = Account.objects.select_for_update(no_key=True).get(pk=basket.account.pk)
    if (known := _opened_before(basket)) is not None:
        return known
    _check_nothing_open(basket, at)
    bought = _priced_bill(basket) if basket.bill else _priced_gas(basket, account, at)
    expires = at + lifetime_of(basket.product)
    is_asked = basket.product != Checkout.Product.TRANSFER
    return Checkout.objects.create(
        reference=references.new_reference("P"),
        idempotency_key=basket.key,
        account=account,
        channel=basket.channel,
        provider=basket.provider,
        product=basket.product,
        kiosk=basket.kiosk,
        opened_at=at,
        expires_at=expires,
        ask_at=at + in_business_time(FIRST_QUESTION) if is_asked else expires,
        timeline=open_timeline(kind="checkout", steps=[_opened(account, basket, bought)], by=by, at=at),
        **bought,
    )


def _opened(account: Account, basket: Basket, bought: dict[str, Any]) -> Step:
    return Step("checkout.open", {"account": account.number, "provider": basket.provider, "amount": bought["amount"]})


def _opened_before(basket: Basket) -> Checkout | None:
    """Raises KeyReused."""
    known = Checkout.objects.filter(idempotency_key=basket.key).first()
    if known is None:
        return None
    asked = (basket.account.pk, basket.litres or None, basket.bill and basket.bill.pk, basket.provider, basket.product)
    if (known.account_id, known.litres, known.bill_id, known.provider, known.product) != asked:
        raise KeyReused
    return known


def _check_nothing_open(basket: Basket, at: datetime) -> None:
    rows = Checkout.objects.filter(account=basket.account.pk, status=CheckoutStatus.OPEN, bill=basket.bill)
    if (other := rows.first()) is not None:
        raise CheckoutOpen(other.reference)


def _priced_gas(basket: Basket, account: Account, at: datetime) -> dict[str, Any]:
    quote = as_shown(_quote(basket.litres, account, at), basket.fingerprint)
    if not quote.amount:
        raise NothingToPay
    return {"purpose": Checkout.Purpose.TOP_UP, "fingerprint": quote.fingerprint, **columns_of(quote)}


def _quote(litres: int, account: Account, at: datetime) -> Quote:
    """As at a counter: one purchase at a time reaches a card, and there must be a card for it to reach."""
    check_may_buy(account)
    meter = prepaid_meter(account)
    today = pricing(account, business_date(at), cap_litres=meter.cap_litres)
    if meter.takes_card:
        if today.waiting:
            raise CardBusy(today.waiting)
        if not account.cards.filter(status="active").exists():
            raise NoCardIssued
    return quote_of(today, account=account, meter=meter, litres=litres)


def _priced_bill(basket: Basket) -> dict[str, Any]:
    assert basket.bill is not None
    bill = Bill.objects.get(pk=basket.bill.pk)
    if bill.status != BillStatus.OPEN or bill.to_pay <= 0 or bill.account_id != basket.account.pk:
        raise BillNotOpen(bill.get_status_display())
    return {"purpose": Checkout.Purpose.BILL, "bill": bill, "amount": bill.to_pay, "lines": bill.lines}


def lifetime_of(product: str) -> timedelta:
    """How long an order can be paid."""
    if product == Checkout.Product.TRANSFER:
        return timedelta(days=settings.CHECKOUT_TRANSFER_DAYS)
    return timedelta(minutes=settings.CHECKOUT_MINUTES)


@transaction.atomic
def note_cancelled(*, checkout: Checkout, by: Actor, at: datetime) -> Checkout:
    """The customer does not want it any more. Raises WrongMove where it is paid or over, StaleRow.

    The provider is asked once more afterwards, so that money which was already on its way is found and given back.
    """
    held = Checkout.objects.select_for_update(no_key=True).get(pk=checkout.pk)
    move(held, CHECKOUT, "cancel", by=by, at=at, fields={"ended_at": at, "ask_at": at})
    return held


@transaction.atomic
def note_expired(*, checkout: Checkout, by: Actor, at: datetime) -> bool:
    """The time is up; False where somebody settled it meanwhile."""
    held = Checkout.objects.select_for_update(no_key=True).get(pk=checkout.pk)
    if held.status != CheckoutStatus.OPEN or held.expires_at > at:
        return False
    move(held, CHECKOUT, "expire", by=by, at=at, fields={"ended_at": at})
    return True
