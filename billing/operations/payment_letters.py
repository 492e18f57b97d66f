"""Tell customers of money that came in online and goes back. What was bought is told with its receipt."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

import notices.operations

from ..models import Checkout, ProviderPayment, Refund


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
        _write("refund_done", f"refund:{refund.reference}", checkout, {"amount": refund.amount, "provider": provider}, at)


def _write(kind: str, key: str, checkout: Checkout, facts: dict[str, Any], at: datetime) -> None:
    context = {
        "company": settings.COMPANY["name"],
        "hotline": settings.COMPANY["hotline"],
        "currency": settings.CURRENCY,
        "reference": checkout.reference,
        **facts,
    }
    notices.operations.owe_to_customer(kind=kind, key=key, customer=checkout.account.customer, context=context, at=at)
