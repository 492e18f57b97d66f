"""The one door for money that a provider says has come in: callback, our question and the provider's statement all end here.

Note [One transaction of theirs, one row of ours]
    A provider tells the same payment many times, by several ways at once. Its transaction number is unique in our books, and the
    order is locked before we look: the second teller finds the row of the first. What an order got is decided once, in the same
    transaction as ledger, receipt and top-up, so a process that dies leaves either all of it or nothing, and is told again.
"""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

import billing.operations.bills
import billing.operations.meter_commands
from accounts import clock
from accounts.actors import Actor
from accounts.clock import business_date
from accounts.models import Account, GasCard, Meter
from casework.operations import Step, move, open_timeline, record

from .. import references
from ..models import Bill, Book, Checkout, Payment, Posting, ProviderPayment, TopUp
from ..providers.protocol import Heard
from ..queries.provider_books import book_of
from ..queries.quotes import prepaid_meter
from ..refusals import NoPrepaidMeter
from ..states import CHECKOUT, BillStatus, CheckoutStatus, TopUpStatus
from . import refunds
from .ledger import Line, post
from .online_hall import online_hall
from .receipts import Place, issue_receipt

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
    rows = Checkout.objects.select_for_update(no_key=True, of=("self",)).select_related("account__customer", "bill", "timeline")
    checkout = rows.filter(reference=heard.order_number).first() if heard.order_number else None
    if (known := _known(provider, heard)) is not None:
        return known
    account = Account.objects.select_for_update(no_key=True).get(pk=checkout.account_id) if checkout else None
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
    elif checkout.bill is not None:
        _pay_bill(checkout, by, at)
    else:
        _credit(checkout, payment, by, at)
    return payment


def _known(provider: str, heard: Heard) -> ProviderPayment | None:
    return ProviderPayment.objects.filter(provider=provider, transaction=heard.transaction).first()


def _held_because(provider: str, heard: Heard, checkout: Checkout | None, account: Account | None) -> str:
    """Why this money cannot be used; empty when it can. An order whose time was up is still given: the price was promised."""
    if checkout is None or account is None or checkout.provider != provider:
        return Because.UNKNOWN
    if checkout.status == CheckoutStatus.PAID:
        return Because.TWICE
    if checkout.status == CheckoutStatus.CANCELLED:
        return Because.CANCELLED
    if heard.amount != checkout.amount or heard.currency != settings.CURRENCY:
        return Because.AMOUNT
    return _not_deliverable(checkout, account)


def _not_deliverable(checkout: Checkout, account: Account) -> str:
    if checkout.bill is not None:
        # Held until it is paid: a clerk may be taking the same money at a counter.
        bill = Bill.objects.select_for_update(no_key=True).get(pk=checkout.bill.pk)
        if bill.status == BillStatus.OPEN:
            return "" if bill.to_pay == checkout.amount else Because.AMOUNT
        return Because.TWICE if bill.status == BillStatus.PAID else Because.NOT_DELIVERABLE
    try:
        prepaid_meter(account)
    except NoPrepaidMeter:
        return Because.NOT_DELIVERABLE
    return Because.NOT_DELIVERABLE if account.status == Account.Status.CLOSED else ""


def _hold(payment: ProviderPayment, checkout: Checkout | None, by: Actor, at: datetime) -> None:
    account = checkout.account if checkout else None
    lines = [Line(book_of(payment.provider), payment.amount, account=account), Line(Book.HELD, -payment.amount, account=account)]
    post(Posting.Kind.HELD_IN, lines, by=by, at=at)
    if checkout is not None:
        facts = {"because": str(payment.held_because), "amount": payment.amount, "payment": payment.pk}
        record(timeline_id=checkout.timeline_id, steps=[Step("checkout.money_held", facts)], by=by, at=at)
        refunds.give_back_held(payment=payment, by=by, at=at)


def _pay_bill(checkout: Checkout, by: Actor, at: datetime) -> None:
    assert checkout.bill is not None
    book = book_of(checkout.provider)
    billing.operations.bills.pay(bill=checkout.bill, amount=checkout.amount, book=book, by=by, at=at)
    move(checkout, CHECKOUT, "pay", by=by, at=at, fields={"ended_at": at, "ask_at": None})


def _credit(checkout: Checkout, paid: ProviderPayment, by: Actor, at: datetime) -> None:
    """The gas is the customer's: purchase, money, receipt, and the way to the card or the meter."""
    top_up = _note_purchase(checkout, _ordered_at(checkout, paid, at), by)
    payment = Payment.objects.create(top_up=top_up, method=paid.provider, amount=paid.amount, slip=paid.transaction[:40], at=at)
    lines = [
        Line(book_of(paid.provider), paid.amount, account=checkout.account),
        Line(Book.PREPAID, -paid.amount, account=checkout.account),
    ]
    post(Posting.Kind.PAYMENT, lines, by=by, at=at, top_up=top_up)
    facts = {"account": checkout.account.number, "litres": top_up.litres, "amount": top_up.amount, "method": paid.provider}
    assert top_up.timeline_id is not None
    steps = [Step("top_up.paid", facts), Step("top_up.ready_to_write", {"meter": top_up.meter.kind})]
    record(timeline_id=top_up.timeline_id, steps=steps, by=by, at=at)
    move(checkout, CHECKOUT, "pay", by=by, at=at, fields={"top_up": top_up, "ended_at": at, "ask_at": None}, top_up=top_up.reference)
    issue_receipt(top_up=top_up, payment=payment, by=by, at=at, place=Place(hall=online_hall()))
    if top_up.meter.kind == Meter.Kind.IOT:
        billing.operations.meter_commands.queue_recharge(top_up=top_up, by=by, at=at)


def _note_purchase(checkout: Checkout, ordered: datetime, by: Actor) -> TopUp:
    account, meter = checkout.account, prepaid_meter(checkout.account)
    card = GasCard.objects.filter(account=account, status=GasCard.Status.ACTIVE).first() if meter.takes_card else None
    facts = {"account": account.number, "checkout": checkout.reference}
    assert checkout.litres is not None
    assert checkout.tier_year is not None
    return TopUp.objects.create(
        reference=references.new_reference(),
        account=account,
        meter=meter,
        card=card,
        channel=checkout.channel,
        status=TopUpStatus.PAID,
        litres=checkout.litres,
        free_litres=checkout.free_litres,
        amount=checkout.amount,
        lines=checkout.lines,
        tariff_version=checkout.tariff_version,
        tier_year=checkout.tier_year,
        bought_on=business_date(ordered),
        paid_at=ordered,
        timeline=open_timeline(kind="top_up", steps=[Step("top_up.ordered_online", facts)], by=by, at=ordered),
    )


def _ordered_at(checkout: Checkout, paid: ProviderPayment, at: datetime) -> datetime:
    """When the customer had paid, by our clock: from then on the promise runs. Providers know nothing of a demonstration's clock."""
    running = clock.course()
    moment = running.reckon(paid.paid_at) if running else paid.paid_at
    return min(max(moment, checkout.opened_at), at)
