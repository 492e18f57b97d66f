"""Tell customers of money that came in online and goes back. What was bought is told with its receipt."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

import notices.operations
from accounts.models import Customer
from notices.operations import language_of

from ..models import Checkout, HeldAssignment, ProviderPayment, Refund


def write_held(*, payment: ProviderPayment, at: datetime) -> None:
    """It could not be used for what it was paid for, and why."""
    if payment.checkout is not None:
        with translation.override(_language_of(payment.checkout)):
            because = payment.get_held_because_display()
        _write("money_held", f"held:{payment.pk}", payment.checkout, {"amount": payment.amount, "because": because}, at)


def write_given_back(*, refund: Refund, at: datetime) -> None:
    """The provider says that it went."""
    checkout = refund.payment.checkout
    if checkout is not None:
        with translation.override(_language_of(checkout)):
            provider = refund.payment.get_provider_display()
        facts = {"amount": refund.amount, "provider": provider, "by_transfer": bool(refund.out_of)}
        _write("refund_done", f"refund:{refund.reference}", checkout, facts, at)


def write_credited(*, assignment: HeldAssignment, at: datetime) -> None:
    """Whose it was is known now. What was used for an order, a bill or a charge is told with its receipt."""
    account = assignment.account
    if account is not None:
        facts = {"amount": assignment.amount, "account": account.number}
        _owe("money_credited", f"assigned:{assignment.reference}", account.customer, facts, at)


def _write(kind: str, key: str, checkout: Checkout, facts: dict[str, Any], at: datetime) -> None:
    """To the household; of a charge to whoever the case is of."""
    context = {"reference": checkout.reference, **facts}
    if checkout.account is not None:
        _owe(kind, key, checkout.account.customer, context, at)
    elif checkout.charge is not None:
        notices.operations.owe_to_asker(kind=kind, key=key, case=checkout.charge.case, context={**ours(), **context}, at=at)


def _language_of(checkout: Checkout) -> str:
    if checkout.charge is not None:
        return language_of(checkout.charge.case)
    return checkout.account.customer.language if checkout.account else settings.LANGUAGE_CODE


def _owe(kind: str, key: str, customer: Customer, facts: dict[str, Any], at: datetime) -> None:
    notices.operations.owe_to_customer(kind=kind, key=key, customer=customer, context={**ours(), **facts}, at=at)


def ours() -> dict[str, Any]:
    """What every letter about money says of us."""
    return {"company": settings.COMPANY["name"], "hotline": settings.COMPANY["hotline"], "currency": settings.CURRENCY}
