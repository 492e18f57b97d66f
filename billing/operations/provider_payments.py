"""The one door for money that a provider says has come in: callback, our question and the provider's statement all end here.

Note [One transaction of theirs, one row of ours]
    A provider tells the same payment many times, by several ways at once. Its transaction number is unique in our books, and the
    order is locked before we look: the second teller finds the row of the first. What an order got is decided once, in the same
    transaction as ledger, receipt and top-up, so a process that dies leaves either all of it or nothing, and is told again.
"""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.models import Account
from casework.operations import Step, record

from ..models import Book, Checkout, Posting, ProviderPayment
from ..providers.protocol import Heard
from ..queries.provider_books import book_of
from ..states import CheckoutStatus
from . import paid_orders, refunds
from .ledger import Line, post

Because = ProviderPayment.HeldBecause


def take(*, provider: str, heard: Heard, heard_by: str, by: Actor, at: datetime) -> ProviderPayment:
    """Book a payment once: for what it was made, or held with the reason. Told again, it is what it was.

    What cannot be used and is plainly the customer's own goes back (refunds.py); what nobody knows waits for a person.
    """
    try:
        return _take(provider, heard, heard_by, by, at)
    except IntegrityError:
        # Of an order we do not know there is no row to lock: two tellers meet at the unique number.
        if (known := _known(provider, heard)) is None:
            raise
        return known


@transaction.atomic
def _take(provider: str, heard: Heard, heard_by: str, by: Actor, at: datetime) -> ProviderPayment:
    rows = Checkout.objects.select_for_update(no_key=True, of=("self",)).select_related("account__customer", "bill", "charge", "timeline")
    checkout = rows.filter(reference=heard.order_number).first() if heard.order_number else None
    if (known := _known(provider, heard)) is not None:
        return known
    account = Account.objects.select_for_update(no_key=True).get(pk=checkout.account_id) if checkout and checkout.account_id else None
    because = _held_because(provider, heard, checkout, account)
    payment = ProviderPayment(
        provider=provider,
        transaction=heard.transaction,
        order_number=heard.order_number,
        checkout=checkout,
        amount=heard.amount,
        paid_at=heard.paid_at,
        heard_at=at,
        heard_by=heard_by,
        use=ProviderPayment.Use.HELD if because else ProviderPayment.Use.CREDITED,
        held_because=because,
    )
    payment.save()
    if because or checkout is None:
        _hold(payment, checkout, by, at)
    else:
        paid_orders.give(checkout=checkout, paid=payment, out_of=book_of(payment.provider), by=by, at=at)
    return payment


def _known(provider: str, heard: Heard) -> ProviderPayment | None:
    return ProviderPayment.objects.filter(provider=provider, transaction=heard.transaction).first()


def _held_because(provider: str, heard: Heard, checkout: Checkout | None, account: Account | None) -> str:
    """Why this money cannot be used; empty when it can. An order whose time was up is still given: the price was promised."""
    if checkout is None or checkout.provider != provider:
        return Because.UNKNOWN
    if checkout.status == CheckoutStatus.PAID:
        return Because.TWICE
    if checkout.status == CheckoutStatus.CANCELLED:
        return Because.CANCELLED
    if heard.amount != checkout.amount or heard.currency != settings.CURRENCY:
        return Because.AMOUNT
    return paid_orders.why_not(checkout, account)


def _hold(payment: ProviderPayment, checkout: Checkout | None, by: Actor, at: datetime) -> None:
    account = checkout.account if checkout else None
    lines = [Line(book_of(payment.provider), payment.amount, account=account), Line(Book.HELD, -payment.amount, account=account)]
    post(Posting.Kind.HELD_IN, lines, by=by, at=at)
    if checkout is not None:
        facts = {"because": str(payment.held_because), "amount": payment.amount, "payment": payment.pk}
        record(timeline_id=checkout.timeline_id, steps=[Step("checkout.money_held", facts)], by=by, at=at)
        refunds.give_back_held(payment=payment, by=by, at=at)
