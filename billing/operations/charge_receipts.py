"""Receipts for charges: numbered without gaps in each hall and year, in red for money that went back."""

from datetime import datetime
from typing import Any

from django.conf import settings
from sequences import get_next_value

from accounts.actors import Actor
from accounts.clock import business_date
from accounts.models import Hall
from casework.operations.rows import insert

from .. import verification
from ..models import Charge, ChargeReceipt, ChargeReturn, Payment, Shift
from .online_hall import online_hall


def issue_charge_receipt(*, charge: Charge, method: str, by: Actor, at: datetime, shift: Shift | None = None, **till: Any) -> ChargeReceipt:
    """The receipt of a whole charge, in the caller's transaction: if that fails, the number is not used up.

    Without a till it is numbered in the online hall. ``till``: ``tendered``, ``slip``, ``idempotency_key`` where a clerk took it.
    """
    key = till.pop("idempotency_key", None)
    tendered = till.get("tendered")
    paid = {"tendered": tendered, "change": None if tendered is None else tendered - charge.amount, "slip": till.get("slip", "")}
    columns = {"method": Payment.Method(method), "amount": charge.amount, "shift": shift, "idempotency_key": key}
    return _issue(charge, {**paid, "lines": charge.lines}, by, at, **columns)


def issue_red_charge_receipt(*, charge_return: ChargeReturn, by: Actor, at: datetime, shift: Shift | None = None) -> ChargeReceipt:
    """The receipt in red for what went back of a charge; it names the first one. In the caller's transaction."""
    charge = charge_return.charge
    first = charge.receipts.select_related("hall").get(charge_return=None)
    line = {"words": "", "hundredths": 100, "price": -charge_return.amount, "amount": -charge_return.amount}
    facts = {
        "lines": [line],
        "cause": charge_return.cause,
        "corrects": first.full_number,
        "corrects_issued_on": business_date(first.issued_at).isoformat(),
    }
    # Cash that a till took comes out of a till; what came in online goes back the way it came.
    columns = {"method": first.method, "amount": -charge_return.amount, "shift": shift, "charge_return": charge_return}
    return _issue(charge, facts, by, at, **columns)


def _issue(charge: Charge, facts: dict[str, Any], by: Actor, at: datetime, **columns: Any) -> ChargeReceipt:
    shift, day = columns["shift"], business_date(at)
    hall: Hall = shift.counter.hall if shift else online_hall(by=by, at=at)
    receipt = ChargeReceipt(
        charge=charge,
        hall=hall,
        year=day.year,
        number=get_next_value(f"charge_receipt:{hall.code}:{day.year}"),
        issued_at=at,
        code=verification.new_code(),
        facts={
            **_place(hall, shift),
            "company": str(settings.COMPANY["name"]),
            "hotline": str(settings.COMPANY["hotline"]),
            "currency": settings.CURRENCY,
            "language": charge.language,
            "charge": charge.reference,
            "contract": charge.basis,
            "case": charge.case.reference,
            "method": columns["method"],
            "amount": columns["amount"],
            "issued_on": day.isoformat(),
            **facts,
        },
        **columns,
    )
    insert(receipt)
    return receipt


def _place(hall: Hall, shift: Shift | None) -> dict[str, Any]:
    there = {"hall": hall.name, "hall_address": hall.address}
    return {**there, "counter": shift.counter.number, "clerk": shift.clerk.number} if shift else {**there, "counter": "", "clerk": ""}
