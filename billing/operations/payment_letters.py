"""Tell customers of money that came in online and goes back. What was bought is told with its receipt."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

import notices.operations
from accounts.models import Customer

from ..models import Checkout, HeldAssignment, ProviderPayment, Refund


def write_held(*, payment: ProviderPayment, at: datetime) -> None:
    """It could not be used for what it was paid for, and why."""
    if payment.checkout is not None:
        with translation.override(payment.checkout.account.customer.language):
            because = payment.get_held_because_display()
        _write("money_held", f"held:{payment.pk}", payment.checkout, {"amount": payment.amount, "because": because}, at)


def write_given_back(*, refund: Refund, at: datetime) -> None:
    """The provider says that it went."""
    checkout = refund.payment.checkout
    if checkout is not None:
        with translation.override(checkout.account.customer.language):
            provider = refund.payment.get_provider_display()
        facts = {"amount": refund.amount, "provider": provider, "by_transfer": bool(refund.out_of)}
        _write("refund_done", f"refund:{refund.reference}", checkout, facts, at)


def write_credited(*, assignment: HeldAssignment, at: datetime) -> None:
    """Whose it was is known now. What was used for an order or a bill is told with its receipt."""
    facts = {"amount": assignment.amount, "account": assignment.account.number}
    _owe("money_credited", f"assigned:{assignment.reference}", assignment.account.customer, facts, at)


def _write(kind: str, key: str, checkout: Checkout, facts: dict[str, Any], at: datetime) -> None:
    _owe(kind, key, checkout.account.customer, {"reference": checkout.reference, **facts}, at)


def _owe(kind: str, key: str, customer: Customer, facts: dict[str, Any], at: datetime) -> None:
    context = {"company": settings.COMPANY["name"], "hotline": settings.COMPANY["hotline"], "currency": settings.CURRENCY, **facts}
    notices.operations.owe_to_customer(kind=kind, key=key, customer=customer, context=context, at=at)
