"""Receipts: numbered without gaps, printed from a snapshot, corrected only by a further receipt in red."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _
from sequences import get_next_value

from accounts.actors import Actor
from accounts.clock import business_date
from accounts.models import Hall
from casework.operations.rows import insert

from .. import verification
from ..models import Payment, Receipt, Shift, TopUp
from ..queries.billed import billed_in
from ..states import TopUpStatus


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a receipt is issued without a till: the hall that numbers it and, for a machine, its code and where it stands."""

    hall: Hall
    kiosk: str = ""
    address: str = ""


class NoHall(Exception):
    """A receipt is numbered in a hall; a payment taken outside of any has none."""

    def __init__(self) -> None:
        super().__init__(_("A payment taken outside a hall has no hall receipt."))


class AlreadyCorrected(Exception):
    """A receipt is taken back once, and a red-letter receipt never."""

    def __init__(self) -> None:
        super().__init__(_("This receipt has already been corrected."))


@transaction.atomic(savepoint=False)
def issue_receipt(
    *, top_up: TopUp, payment: Payment, by: Actor, at: datetime, position_litres: int | None = None, place: Place | None = None
) -> Receipt:
    """The receipt of a payment, in the caller's transaction: if that fails, the number is not used up.

    Call it late: on PostgreSQL the number's row stays locked until the commit. ``position_litres`` is the account's
    position in its tier year before this purchase, where the caller has it at hand. ``place`` is for what no till took.
    Raises NoHall.
    """
    there = place or top_up.shift
    if there is None:
        raise NoHall
    before = _position_before(top_up) if position_litres is None else position_litres
    position = {"position_before": before, "position_after": before + _priced(top_up)}
    facts = _place_facts(there) | _purchase_facts(top_up) | _payment_facts(payment) | position
    hall = there.hall if isinstance(there, Place) else there.counter.hall
    return _issue(hall, top_up, facts, by, at, kind=Receipt.Kind.PAYMENT, amount=payment.amount)


@transaction.atomic(savepoint=False)
def issue_red_letter(*, receipt: Receipt, by: Actor, at: datetime, shift: Shift | None = None) -> Receipt:
    """Take a receipt back by one in red, amounts negative, that refers to it. Same transaction as the refund.

    ``shift`` is the till that gives the money back: the paper names its hall, counter and clerk and is numbered there;
    without one, those of the first receipt. Raises AlreadyCorrected.
    """
    if receipt.kind == Receipt.Kind.RED_LETTER or Receipt.objects.filter(corrects=receipt).exists():
        raise AlreadyCorrected
    first = receipt.facts
    lines = [{**line, "litres": -line["litres"], "amount": -line["amount"]} for line in first["lines"]]
    facts = (
        first
        | {
            "litres": -first["litres"],
            "free_litres": -first["free_litres"],
            "lines": lines,
            "amount": -first["amount"],
            "tendered": None,
            "change": None,
            "position_before": None,
            "position_after": None,
            "corrects": receipt.full_number,
            "corrects_issued_on": business_date(receipt.issued_at).isoformat(),
        }
        | ({**_place_facts(shift), "kiosk": ""} if shift else {})
    )
    hall = shift.counter.hall if shift else receipt.hall
    return _issue(hall, receipt.top_up, facts, by, at, kind=Receipt.Kind.RED_LETTER, amount=-receipt.amount, corrects=receipt)


def _issue(hall: Hall, top_up: TopUp, facts: dict[str, Any], by: Actor, at: datetime, **columns: Any) -> Receipt:
    day = business_date(at)
    number: int = get_next_value(f"receipt:{hall.code}:{day.year}")
    receipt = Receipt(
        hall=hall,
        year=day.year,
        number=number,
        code=verification.new_code(),
        top_up=top_up,
        facts=facts | {"issued_on": day.isoformat(), "issued_by": by.actor_label},
        issued_at=at,
        **columns,
    )
    insert(receipt)
    return receipt


def _purchase_facts(top_up: TopUp) -> dict[str, Any]:
    account, version = top_up.account, top_up.tariff_version
    return {
        "company": str(settings.COMPANY["name"]),
        "hotline": str(settings.COMPANY["hotline"]),
        "currency": settings.CURRENCY,
        "account": account.number,
        "holder": account.customer.name,
        "address": account.premises.address,
        "meter": top_up.meter.serial,
        "card": top_up.card.number if top_up.card else "",
        "reference": top_up.reference,
        "litres": top_up.litres,
        "free_litres": top_up.free_litres,
        "lines": top_up.lines,
        "purchase_counter": top_up.counter,
        "tier_year": top_up.tier_year,
        "tariff": version.tariff.name if version else "",
        "tariff_version": version.number if version else None,
        "tariff_from": version.effective_from.isoformat() if version else "",
        "decision": version.decision if version else "",
    }


def _place_facts(there: Shift | Place) -> dict[str, Any]:
    if isinstance(there, Place):
        hall, address = there.hall, there.address or there.hall.address
        return {"language": hall.language, "hall": hall.name, "hall_address": address, "counter": "", "clerk": "", "kiosk": there.kiosk}
    hall = there.counter.hall
    return {
        "language": hall.language,
        "hall": hall.name,
        "hall_address": hall.address,
        "counter": there.counter.number,
        "clerk": there.clerk.number,
    }


def _payment_facts(payment: Payment) -> dict[str, Any]:
    cash = payment.method == Payment.Method.CASH
    return {
        "method": payment.method,
        "amount": payment.amount,
        "tendered": payment.tendered if cash else None,
        "change": payment.change if cash else None,
        "slip": payment.slip,
    }


def _priced(top_up: TopUp) -> int:
    return top_up.litres - top_up.free_litres


def _position_before(top_up: TopUp) -> int:
    bought = TopUp.objects.filter(account=top_up.account_id, tier_year=top_up.tier_year, kind=TopUp.Kind.PURCHASE)
    others = bought.exclude(pk=top_up.pk).exclude(status=TopUpStatus.REVERSED)
    total = others.aggregate(total=Sum(F("litres") - F("free_litres")))["total"] or 0
    return total + billed_in(top_up.account_id, top_up.tier_year).priced
