"""What follows when money was taken, given back or is owed: papers, credit, a word to the customer. Each may fail; the money stands."""

from collections.abc import Callable
from datetime import datetime

import billing.operations.bill_letters
import billing.operations.compensation
import billing.operations.crew_readings
import billing.operations.kiosk_letters
import billing.operations.kiosk_writes
import billing.operations.papers
import billing.operations.payment_letters
import billing.operations.receipt_letters
from accounts.actors import System
from casework.models import Event

from .models import Bill, HeldAssignment, ProviderPayment, Receipt, Refund, TopUp


def make_papers(event: Event, at: datetime) -> None:
    """Render the receipts of this top-up that have no paper yet."""
    for receipt in _receipts(event):
        if not hasattr(receipt, "paper"):
            billing.operations.papers.make_paper(receipt=receipt, at=at)


def write_to_customer(event: Event, at: datetime) -> None:
    """Owe the letters about this top-up's receipts; those owed before stay as they are."""
    for receipt in _receipts(event):
        billing.operations.receipt_letters.write_about(receipt=receipt, at=at)


def credit_compensation(event: Event, at: datetime) -> None:
    """A broken promise has its price: credit the account."""
    billing.operations.compensation.credit(compensation=event.facts["compensation"], at=at)


def take_compensation_back(event: Event, at: datetime) -> None:
    """The promise was not broken after all: reverse the credit."""
    billing.operations.compensation.take_back(compensation=event.facts["compensation"], at=at)


def tell_keepers(event: Event, at: datetime) -> None:
    """A kiosk has stopped: whoever looks after it hears so."""
    billing.operations.kiosk_letters.tell_keepers(event=event, at=at)


def write_about_bill(event: Event, at: datetime) -> None:
    """The bill of the month, to whoever it is for."""
    billing.operations.bill_letters.write_issued(bill=_bill(event), at=at)


def write_about_paid_bill(event: Event, at: datetime) -> None:
    """Their money has come in."""
    billing.operations.bill_letters.write_paid(bill=_bill(event), at=at)


def write_about_held_money(event: Event, at: datetime) -> None:
    """Money came in that could not be used."""
    payment = ProviderPayment.objects.select_related("checkout__account__customer").get(pk=event.facts["payment"])
    billing.operations.payment_letters.write_held(payment=payment, at=at)


def write_about_refund(event: Event, at: datetime) -> None:
    """Money is back where it came from."""
    refund = Refund.objects.select_related("payment__checkout__account__customer").get(timeline=event.timeline_id)
    billing.operations.payment_letters.write_given_back(refund=refund, at=at)


def write_about_credit(event: Event, at: datetime) -> None:
    """Money nobody knew the owner of is theirs."""
    assignment = HeldAssignment.objects.select_related("account__customer").get(timeline=event.timeline_id)
    billing.operations.payment_letters.write_credited(assignment=assignment, at=at)


def take_crew_reading(event: Event, at: datetime) -> None:
    """A crew has read a meter at the door."""
    billing.operations.crew_readings.take_crew_reading(event=event, at=at)


def _bill(event: Event) -> Bill:
    return Bill.objects.select_related("account__customer").get(timeline=event.timeline_id)


def end_kiosk_case(event: Event, at: datetime) -> None:
    """The next read found the purchase on the card: what a kiosk made of it for the hall is settled."""
    top_up = TopUp.objects.select_related("account").get(timeline=event.timeline_id)
    billing.operations.kiosk_writes.end_case(top_up=top_up, by=System("kiosks"), at=at)


def _receipts(event: Event) -> list[Receipt]:
    rows = Receipt.objects.filter(top_up__timeline=event.timeline_id).order_by("pk")
    return list(rows.select_related("hall", "paper", "top_up__account__customer"))


REACTIONS: dict[str, tuple[Callable[[Event, datetime], None], ...]] = {
    "top_up.paid": (make_papers, write_to_customer),
    "top_up.reverse": (make_papers, write_to_customer),
    "checkout.money_held": (write_about_held_money,),
    "held_money.credited": (write_about_credit,),
    "refund.confirm": (write_about_refund,),
    "refund.transfer": (write_about_refund,),
    "kiosk.status_changed": (tell_keepers,),
    "top_up.settle_written": (end_kiosk_case,),
    "bill.issued": (write_about_bill,),
    "bill.pay": (write_about_paid_bill,),
    "visit.meter_read": (take_crew_reading,),
    "sla.compensation_due": (credit_compensation,),
    "sla.compensation_void": (take_compensation_back,),
}
