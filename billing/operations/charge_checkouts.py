"""Whoever has the number of a charge is about to pay it online. See Note [Never inside a transaction] in checkouts.py."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.clock import in_business_time
from casework.operations import Step, open_timeline

from .. import providers, references
from ..charge_refusals import ChargeNotOpen
from ..models import Charge, Checkout
from ..queries.charges import open_checkout_of
from ..refusals import KeyReused, Refused
from .charges import hold_charge
from .checkouts import FIRST_QUESTION, CheckoutOpen, NotOffered, lifetime_of


@dataclass(frozen=True, kw_only=True)
class ChargeBasket:
    """A charge, and how it is to be paid. ``key`` makes a repeated request harmless."""

    charge: Charge
    provider: str
    product: str
    channel: str = Checkout.Channel.LINK
    key: str


def open_charge_checkout(*, basket: ChargeBasket, by: Actor, at: datetime) -> Checkout:
    """An order for the whole charge. The same key again gives the same order; with other content KeyReused.

    Raises NotOffered, ChargeNotOpen, CheckoutOpen.
    """
    if basket.product not in providers.offered().get(basket.provider, ()):
        raise NotOffered
    try:
        return _open(basket, by, at)
    except Refused:
        # A repeated request is refused by what its first run left behind.
        if (known := _opened_before(basket)) is None:
            raise
        return known


@transaction.atomic
def _open(basket: ChargeBasket, by: Actor, at: datetime) -> Checkout:
    charge = hold_charge(basket.charge)
    if (known := _opened_before(basket)) is not None:
        return known
    if not charge.is_open:
        raise ChargeNotOpen(charge.get_status_display())
    if (other := open_checkout_of(charge)) is not None:
        raise CheckoutOpen(other.reference)
    expires = at + lifetime_of(basket.product)
    is_asked = basket.product != Checkout.Product.TRANSFER
    opened = Step("checkout.open", {"charge": charge.reference, "provider": basket.provider, "amount": charge.amount})
    return Checkout.objects.create(
        reference=references.new_reference("P"),
        idempotency_key=basket.key,
        purpose=Checkout.Purpose.CHARGE,
        charge=charge,
        channel=basket.channel,
        provider=basket.provider,
        product=basket.product,
        amount=charge.amount,
        lines=charge.lines,
        opened_at=at,
        expires_at=expires,
        ask_at=at + in_business_time(FIRST_QUESTION) if is_asked else expires,
        timeline=open_timeline(kind="checkout", steps=[opened], by=by, at=at),
    )


def _opened_before(basket: ChargeBasket) -> Checkout | None:
    """Raises KeyReused."""
    known = Checkout.objects.filter(idempotency_key=basket.key).first()
    if known is not None and (known.charge_id, known.provider, known.product) != (basket.charge.pk, basket.provider, basket.product):
        raise KeyReused
    return known
