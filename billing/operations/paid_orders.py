"""What becomes of an order once there is money for it: the gas is the customer's, a bill or a charge paid. In the caller's transaction."""

from datetime import datetime

import billing.operations.bills
import billing.operations.meter_commands
from accounts import clock
from accounts.actors import Actor
from accounts.clock import business_date
from accounts.models import Account, GasCard, Meter
from casework.operations import Step, move, open_timeline, record

from .. import references
from ..charge_states import ChargeStatus
from ..models import Bill, Book, Charge, Checkout, Payment, Posting, ProviderPayment, TopUp
from ..queries.quotes import prepaid_meter
from ..refusals import NoPrepaidMeter
from ..states import CHECKOUT, BillStatus, TopUpStatus
from .charge_receipts import issue_charge_receipt
from .charges import CameIn, hold_charge, pay_charge
from .ledger import Line, post
from .online_hall import online_hall
from .receipts import Place, issue_receipt

Because = ProviderPayment.HeldBecause


def why_not(checkout: Checkout, account: Account | None) -> str:
    """Why an order cannot be given although it is paid; empty when it can. Its account is held; its bill or charge is from here on."""
    if checkout.charge is not None:
        return _why_no_charge(checkout, hold_charge(checkout.charge))
    if account is None:
        return Because.UNKNOWN
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


def _why_no_charge(checkout: Checkout, charge: Charge) -> str:
    if charge.is_open:
        return "" if charge.amount == checkout.amount else Because.AMOUNT
    return Because.NOT_DELIVERABLE if charge.status == ChargeStatus.WITHDRAWN else Because.TWICE


def give(*, checkout: Checkout, paid: ProviderPayment, out_of: Book, by: Actor, at: datetime) -> None:
    """Pay the order's bill or charge, or credit its gas; the money comes ``out_of`` the provider's book, or out of what was held."""
    if checkout.charge is not None:
        _pay_charge(checkout, paid, out_of, by, at)
    elif checkout.bill is not None:
        billing.operations.bills.pay(bill=checkout.bill, amount=checkout.amount, book=out_of, by=by, at=at)
        move(checkout, CHECKOUT, "pay", by=by, at=at, fields={"ended_at": at, "ask_at": None})
    else:
        _credit(checkout, paid, out_of, by, at)


def _pay_charge(checkout: Checkout, paid: ProviderPayment, out_of: Book, by: Actor, at: datetime) -> None:
    assert checkout.charge is not None
    move(checkout, CHECKOUT, "pay", by=by, at=at, fields={"ended_at": at, "ask_at": None})
    pay_charge_out_of(charge=checkout.charge, amount=checkout.amount, paid=paid, out_of=out_of, by=by, at=at)


def pay_charge_out_of(*, charge: Charge, amount: int, paid: ProviderPayment, out_of: Book, by: Actor, at: datetime) -> None:
    """Pay a charge with what came in at a provider, or was held, and give its receipt. Raises ChargeNotOpen, OtherAmount."""
    charge = pay_charge(charge=charge, amount=amount, came=CameIn(method=paid.provider, book=out_of), by=by, at=at)
    issue_charge_receipt(charge=charge, method=paid.provider, by=by, at=at, slip=paid.transaction[:40])


def _credit(checkout: Checkout, paid: ProviderPayment, out_of: Book, by: Actor, at: datetime) -> None:
    """The gas is the customer's: purchase, money, receipt, and the way to the card or the meter."""
    # What was held becomes a purchase when two people say so: before that there was nothing to deliver.
    ordered = at if out_of == Book.HELD else _ordered_at(checkout, paid, at)
    account = checkout.account
    assert account is not None  # a_checkout_is_for_gas_a_bill_or_a_charge
    top_up = _note_purchase(checkout, account, ordered, by)
    payment = Payment.objects.create(top_up=top_up, method=paid.provider, amount=checkout.amount, slip=paid.transaction[:40], at=at)
    lines = [Line(out_of, checkout.amount, account=account), Line(Book.PREPAID, -checkout.amount, account=account)]
    post(Posting.Kind.PAYMENT, lines, by=by, at=at, top_up=top_up)
    facts = {"account": account.number, "litres": top_up.litres, "amount": top_up.amount, "method": paid.provider}
    assert top_up.timeline_id is not None
    steps = [Step("top_up.paid", facts), Step("top_up.ready_to_write", {"meter": top_up.meter.kind})]
    record(timeline_id=top_up.timeline_id, steps=steps, by=by, at=at)
    move(checkout, CHECKOUT, "pay", by=by, at=at, fields={"top_up": top_up, "ended_at": at, "ask_at": None}, top_up=top_up.reference)
    issue_receipt(top_up=top_up, payment=payment, by=by, at=at, place=Place(hall=online_hall(by=by, at=at)))
    if top_up.meter.kind == Meter.Kind.IOT:
        billing.operations.meter_commands.queue_recharge(top_up=top_up, by=by, at=at)


def _note_purchase(checkout: Checkout, account: Account, ordered: datetime, by: Actor) -> TopUp:
    meter = prepaid_meter(account)
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
