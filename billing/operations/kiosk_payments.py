"""Pay by phone at a kiosk: an online payment of the account whose card lies in the reader, refused before money moves where the card
could not take the gas."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import GasCard

from ..devices.cards import CardImage
from ..models import Checkout, Kiosk
from ..refusals import CardNotInUse, WrongCard
from ..states import CheckoutStatus
from . import checkouts, questions
from .card_writes import check_card_takes_order
from .kiosk_sales import SellsNothing
from .kiosks import standing_kiosk


@dataclass(frozen=True, kw_only=True)
class CodeOrder:
    """So much gas for the card in the reader, at the price that was shown, through this provider. ``key`` makes a repeat harmless."""

    seen: CardImage
    litres: int
    fingerprint: str
    provider: str
    key: str


def let_pay_by_code(*, kiosk: Kiosk, order: CodeOrder, by: Actor, at: datetime) -> Checkout:
    """Hold the offer, then ask the provider for the code to scan: never in one transaction.

    Raises SellsNothing, WrongCard, CardNotInUse, WrongCounter, CardStillFull, ProviderSilent (ask again with the same key), and what
    ``open_checkout`` raises.
    """
    card = _card(kiosk, order)
    basket = checkouts.Basket(
        account=card.account,
        provider=order.provider,
        product=Checkout.Product.QR,
        channel=Checkout.Channel.KIOSK,
        key=order.key,
        litres=order.litres,
        fingerprint=order.fingerprint,
        kiosk=kiosk,
    )
    return questions.present(checkout=checkouts.open_checkout(basket=basket, by=by, at=at), at=at)


def cancel(*, checkout: Checkout, by: Actor, at: datetime) -> Checkout:
    """The customer does not want it any more; one that is over stays as it is. Raises PaidMeanwhile, StaleRow."""
    if checkout.status != CheckoutStatus.OPEN:
        return checkout
    return questions.cancel(checkout=checkout, by=by, at=at)


@transaction.atomic
def _card(kiosk: Kiosk, order: CodeOrder) -> GasCard:
    if not standing_kiosk(kiosk).sells:
        raise SellsNothing
    card = GasCard.objects.select_related("account__customer").filter(number=order.seen.card_number).first()
    if card is None:
        raise WrongCard("")
    if card.status != GasCard.Status.ACTIVE:
        raise CardNotInUse(card.get_status_display())
    check_card_takes_order(card, order.seen)
    return card
