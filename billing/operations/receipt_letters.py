"""Tell a customer what was bought for their account, or taken back, with the number of the receipt."""

from datetime import datetime

from django.conf import settings

import notices.operations
from accounts.models import Customer
from notices.models import Channel, Message

from ..models import Receipt


def write_about(*, receipt: Receipt, at: datetime) -> Message | None:
    """Owe the letter about a receipt, once, in the customer's language; None where we know no way to reach them."""
    customer = receipt.top_up.account.customer
    way = _way_to(customer)
    if way is None:
        return None
    channel, address = way
    return notices.operations.owe(
        kind="red_letter" if receipt.kind == Receipt.Kind.RED_LETTER else "receipt",
        key=f"receipt:{receipt.full_number}",
        channel=channel,
        address=address,
        language=customer.language,
        customer=customer,
        context={
            "company": settings.COMPANY["name"],
            "hotline": settings.COMPANY["hotline"],
            "number": receipt.full_number,
            "litres": abs(receipt.facts["litres"]),
            "amount": abs(receipt.amount),
            "currency": receipt.facts["currency"],
            "corrects": receipt.facts.get("corrects", ""),
        },
        at=at,
    )


def _way_to(customer: Customer) -> tuple[str, str] | None:
    """Channel and address: e-mail or cabinet for those who chose it, else a text message to the primary phone."""
    if customer.channel == Customer.Channel.EMAIL and customer.email:
        return Channel.EMAIL, customer.email
    if customer.channel == Customer.Channel.CABINET:
        return Channel.CABINET, ""
    phone = customer.phones.filter(is_primary=True).first()
    return (Channel.SMS, str(phone.number)) if phone else None
