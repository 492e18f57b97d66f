"""A machine sells: the customer has put cash in, and the card lies in its reader. All or nothing, like the sale at a counter."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.clock import business_date
from accounts.models import GasCard
from casework.operations import Step, open_timeline

from .. import references
from ..card_rules import Operation, next_counter
from ..devices.cards import CardImage
from ..models import Book, CardWrite, Kiosk, Payment, Posting, TopUp
from ..queries.quotes import Quote
from ..refusals import KeyReused, NotEnoughMoney, Refused, WrongCard
from ..states import TopUpStatus
from .card_writes import check_card_takes_order, new_write, steps_of_write
from .holding import hold_card
from .kiosk_cash import take_cash
from .kiosks import standing_kiosk
from .ledger import Line, post
from .offers import check_card_sells, columns_of, price_for_card
from .receipts import Place, issue_receipt


class SellsNothing(Refused):
    """A machine that only writes cards."""

    code = "sells_nothing"

    def __init__(self) -> None:
        super().__init__(_("This machine takes no money. It writes what was paid for elsewhere."))


@dataclass(frozen=True, kw_only=True)
class CashOrder:
    """So much gas for the card in the reader, at the price that was shown; ``inserted`` is the cash in the machine (minor units).

    What is above the price goes back as change. ``key`` makes a repeated request harmless.
    """

    seen: CardImage
    litres: int
    fingerprint: str
    inserted: int
    key: str


@dataclass(frozen=True)
class KioskSale:
    """The purchase, and the write that began with it (None where this key had sold before)."""

    top_up: TopUp
    write: CardWrite | None
    change: int


def sell_for_cash(*, kiosk: Kiosk, order: CashOrder, by: Actor, at: datetime) -> KioskSale:
    """Take the cash and begin the write, in one transaction. A refusal leaves everything as it was: the machine gives the money back.

    The same key again gives the same purchase. Raises SellsNothing, NoMoreCash, NotEnoughMoney, StaleQuote, KeyReused, WrongCard,
    CardNotInUse, CardBusy, WrongCounter, CardStillFull, TooLargeForCard, and what ``quote`` raises.
    """
    try:
        return _sell(kiosk, order, by, at)
    except (Refused, IntegrityError):
        sold = _sold_before(order)
        if sold is None:
            raise
        return sold


def _sold_before(order: CashOrder) -> KioskSale | None:
    rows = TopUp.objects.select_related("card", "account", "meter", "timeline", "payment", "tariff_version")
    sold = rows.filter(idempotency_key=order.key).first()
    if sold is None:
        return None
    if sold.card is None or (sold.card.number, sold.litres) != (order.seen.card_number, order.litres):
        raise KeyReused
    return KioskSale(sold, None, order.inserted - sold.amount)


@transaction.atomic
def _sell(kiosk: Kiosk, order: CashOrder, by: Actor, at: datetime) -> KioskSale:
    machine = standing_kiosk(kiosk)
    if not machine.sells:
        raise SellsNothing
    card = _card(order)
    quote = price_for_card(card, litres=order.litres, fingerprint=order.fingerprint, at=at)
    if order.inserted < quote.amount:
        raise NotEnoughMoney(quote.amount - order.inserted)
    check_card_takes_order(card, order.seen)
    if quote.amount:
        take_cash(kiosk=machine, amount=quote.amount, by=by, at=at)
    top_up = _note(order, quote, card, by, at)
    payment = Payment.objects.create(top_up=top_up, method=Payment.Method.KIOSK_CASH, amount=quote.amount, at=at)
    if quote.amount:
        lines = [Line(Book.KIOSK_CASH, quote.amount), Line(Book.PREPAID, -quote.amount, account=card.account)]
        post(Posting.Kind.PAYMENT, lines, by=by, at=at, top_up=top_up)
    write = new_write(top_up, order.seen, Operation.PURCHASE, by=by, at=at, tiers=quote.tiers)
    # The receipt comes last: the row of its number is locked from then on.
    place = Place(hall=machine.hall, kiosk=machine.code, address=machine.address)
    receipt = issue_receipt(top_up=top_up, payment=payment, by=by, at=at, position_litres=quote.position_litres, place=place)
    top_up.receipts_at_hand = [receipt]
    return KioskSale(top_up, write, order.inserted - quote.amount)


def _card(order: CashOrder) -> GasCard:
    card = hold_card(GasCard.objects.filter(number=order.seen.card_number))
    if card is None:
        raise WrongCard("")
    check_card_sells(card)
    return card


def _note(order: CashOrder, quote: Quote, card: GasCard, by: Actor, at: datetime) -> TopUp:
    counter = next_counter(Operation.PURCHASE, card.counter)
    paid = {"account": card.account.number, "litres": quote.litres, "amount": quote.amount, "method": Payment.Method.KIOSK_CASH.value}
    steps = [Step("top_up.paid", paid), Step("top_up.reserve", {"card": card.number, "counter": counter}), *steps_of_write()]
    return TopUp.objects.create(
        reference=references.new_reference(),
        idempotency_key=order.key,
        account=card.account,
        meter=card.meter,
        card=card,
        channel=TopUp.Channel.KIOSK,
        status=TopUpStatus.WRITING,
        counter=counter,
        paid_at=at,
        bought_on=business_date(at),
        timeline=open_timeline(kind="top_up", steps=steps, by=by, at=at),
        **columns_of(quote),
    )
