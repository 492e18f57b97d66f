"""What a customer sees while buying online: the offer, and afterwards how it stands and where the card can be written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import segno
from django.utils.safestring import SafeString, mark_safe

import accounts.queries.territory
import billing.queries
import billing.queries.checkouts
from accounts.models import Account
from billing.diagnoses import PaymentState
from billing.models import Checkout, TopUp
from billing.queries import Quote
from billing.queries.checkouts import Standing
from billing.queries.public_kiosks import PublicKiosk, public_kiosks
from billing.refusals import Refused
from billing.states import CheckoutStatus
from fieldwork.distances import Point

from .cabinet import Cabinet

NEAREST = 5


@dataclass(frozen=True)
class Offer:
    """A price, or why there is none; nothing typed yet gives neither.

    ``open`` is what must be paid or cancelled first, ``unwritten`` what must be written to the card first: it takes one at a time.
    """

    quote: Quote | None = None
    refusal: Refused | None = None
    open: Checkout | None = None
    unwritten: TopUp | None = None


@dataclass(frozen=True)
class PaymentScreen:
    """One online payment. ``qr`` is the code to scan, ``link`` where a click leads; ``nearby`` where the card can be written."""

    checkout: Checkout
    standing: Standing
    qr: SafeString | None
    link: str
    nearby: Sequence[PublicKiosk]

    @property
    def is_waiting(self) -> bool:
        return self.checkout.status == CheckoutStatus.OPEN


def offer(account: Account, *, litres: int | None, amount: int | None, at: datetime) -> Offer:
    """The price of a volume, or of what an amount buys."""
    waiting = billing.queries.checkouts.open_checkouts(account).filter(bill=None).first()
    first = next((bought for bought in billing.queries.unwritten(account)[:1] if bought.meter.takes_card), None)
    if litres is None and amount is None:
        return Offer(open=waiting, unwritten=first)
    try:
        return Offer(quote=billing.queries.quote(account=account, at=at, litres=litres, amount=amount), open=waiting, unwritten=first)
    except Refused as refusal:
        return Offer(refusal=refusal, open=waiting, unwritten=first)


def payment_screen(cabinet: Cabinet, reference: str, *, at: datetime) -> PaymentScreen:
    """Raises CheckoutNotFound."""
    checkout = billing.queries.checkouts.checkout_of(cabinet.account, reference)
    standing = billing.queries.checkouts.standing(checkout)
    is_payable = checkout.status == CheckoutStatus.OPEN
    code, url = checkout.shown.get("code", ""), checkout.shown.get("url", "")
    # A real code is of the app's own kind (weixin://…); only what a browser can follow becomes a link.
    link = url or (code if code.startswith(("http://", "https://")) else "")
    qr = mark_safe(segno.make(code, error="m", micro=False).svg_inline(border=2, omitsize=True)) if is_payable and code else None
    needs_card = standing.state is PaymentState.NOT_ON_CARD
    return PaymentScreen(checkout, standing, qr, link if is_payable else "", nearest_kiosks(cabinet, at) if needs_card else ())


def nearest_kiosks(cabinet: Cabinet, at: datetime) -> list[PublicKiosk]:
    """The kiosks that write cards at this moment, the nearest first. Who only pays must not learn from distances where the home is."""
    home = accounts.queries.territory.coordinates_of(cabinet.account.premises.territory) if cabinet.sees_household else None
    lines = public_kiosks(at, near=Point(*home) if home else None)
    return [line for line in lines if line.works][:NEAREST]
