"""Sell gas: price it again, take the money, note the order, hand out the receipt number. All or nothing.

The volume reaches the card afterwards (``card_writes``), outside this transaction; or a connected meter (``meter_commands``).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.clock import business_date
from accounts.models import Account, GasCard, Hall
from casework.models import Timeline
from casework.operations import Step, open_timeline
from casework.operations.rows import insert, one_insert

from .. import references
from ..card_rules import Operation, next_counter
from ..devices.cards import CardImage
from ..models import Book, CardWrite, Payment, Posting, Shift, TopUp
from ..queries.connected_meters import connected_meter_in_use
from ..queries.pricing import pricing
from ..queries.quotes import Quote, check_may_buy, quote_of
from ..refusals import KeyReused, NotEnoughMoney, Refused, SlipMissing, WrongCard
from ..states import TopUpStatus
from .card_writes import check_card_can_hold, check_card_takes_order, image_as_left, new_write, steps_of_write
from .holding import check_shift, check_till, hold_account, hold_card
from .ledger import Line, post
from .meter_commands import queue_recharge
from .offers import as_shown, check_card_sells, columns_of, price_for_card
from .receipts import issue_receipt


@dataclass(frozen=True, kw_only=True)
class Order:
    """What a clerk sells: so much for that account and card (None: for its connected meter), at the price quoted, paid so.

    ``fingerprint`` is the quote's; ``tendered`` is cash handed over (None for a bank card), ``slip`` the bank
    terminal's number; ``key`` makes a repeated request harmless. ``seen`` is the card as it lies on the reader:
    with it the order is refused before money changes hands when the card cannot take it. ``channel`` is the hall's
    own unless somebody else sells. ``is_held``: ``hold_card`` and ``hold_till`` gave card and shift, in the transaction of
    the sale, so that neither is read again.
    """

    account: Account
    card: GasCard | None
    shift: Shift
    litres: int
    fingerprint: str
    method: Payment.Method
    tendered: int | None = None
    slip: str = ""
    key: str
    seen: CardImage | None = None
    channel: TopUp.Channel | None = None
    is_held: bool = False


class Sale(NamedTuple):
    """What came of an order: the top-up with all it belongs to at hand, and the write that began with it."""

    top_up: TopUp
    write: CardWrite | None = None
    is_repeated: bool = False


def sell(*, order: Order, by: Actor, at: datetime) -> TopUp:
    """Take the money and reserve the card's next counter for this order, or send it to the connected meter, in one transaction.

    The same key again gives the same top-up; with other content KeyReused. Raises StaleQuote (with the new quote),
    ClosedShift, NotYourShift, NotEnoughMoney, SlipMissing, CardBusy, WrongCard, CardNotInUse, WrongCounter,
    CardStillFull, TooLargeForCard, NoConnectedMeter, and what ``quote`` raises. A refusal leaves everything as it was.
    """
    return _once(order, by, at).top_up


def sell_and_begin(*, order: Order, by: Actor, at: datetime) -> Sale:
    """Sell, and note the write that begins now in the same transaction: ``order.seen`` is on the reader.

    There is no write when this key had been sold before: then the order stands as it stands.
    """
    return _once(order, by, at)


def _once(order: Order, by: Actor, at: datetime) -> Sale:
    try:
        return _sell(order, by, at)
    except (Refused, IntegrityError):
        # A repeated request is refused by what its first run left behind (a moved position, a busy card, the unique
        # key): looking the key up only now saves a statement on every sale that is not a repetition.
        sold = sold_before(order)
        if sold is None:
            raise
        return Sale(sold, is_repeated=True)


def sold_before(order: Order) -> TopUp | None:
    """What this order's key sold, if anything. Raises KeyReused where it was something else, or somebody else's sale."""
    rows = TopUp.objects.select_related("card", "account", "meter", "timeline", "payment", "shift")
    sold = rows.filter(idempotency_key=order.key).first()
    if sold is not None and _content_of(sold, sold.payment) != _content_of(order, order):
        raise KeyReused
    return sold


def _content_of(sale: TopUp | Order, paid: Payment | Order) -> tuple[object, ...]:
    handed_over = (paid.tendered or 0) if paid.method == Payment.Method.CASH else paid.slip.strip()
    return sale.account, sale.card, sale.litres, sale.shift and sale.shift.clerk_id, paid.method, handed_over


@transaction.atomic
def _sell(order: Order, by: Actor, at: datetime) -> Sale:
    if order.card is None:
        return _sell_to_connected(order, by, at)
    card = _card(order, order.card)
    shift = _shift(order, by)
    quote = price_for_card(card, litres=order.litres, fingerprint=order.fingerprint, at=at)
    _check_payment(order, quote.amount)
    if order.seen:
        check_card_takes_order(card, order.seen)
    with one_insert(Timeline, TopUp, Posting):
        return _write_down(order, shift, quote, card=card, by=by, at=at)


def _sell_to_connected(order: Order, by: Actor, at: datetime) -> Sale:
    """No card, so nothing waits for one: what is on its way to the meter does not stop the next purchase."""
    account = hold_account(Account.objects.filter(pk=order.account.pk))
    check_may_buy(account)
    meter = connected_meter_in_use(account.pk)
    shift = _shift(order, by)
    today = pricing(account, business_date(at), cap_litres=meter.cap_litres)
    quote = as_shown(quote_of(today, account=account, meter=meter, litres=order.litres), order.fingerprint)
    _check_payment(order, quote.amount)
    with one_insert(Timeline, TopUp, Posting):
        top_up = _note(order, shift, quote, card=None, by=by, at=at)
        payment = _take_money(top_up, order, shift, by, at)
        top_up.receipts_at_hand = [issue_receipt(top_up=top_up, payment=payment, by=by, at=at, position_litres=quote.position_litres)]
    queue_recharge(top_up=top_up, by=by, at=at)
    return Sale(top_up)


def _shift(order: Order, by: Actor) -> Shift:
    return check_till(order.shift, by=by) if order.is_held else check_shift(order.shift, by=by)


def _write_down(order: Order, shift: Shift, quote: Quote, *, card: GasCard, by: Actor, at: datetime) -> Sale:
    """The receipt comes last: the row of its number is locked from then on."""
    top_up = _note(order, shift, quote, card=card, by=by, at=at)
    payment = _take_money(top_up, order, shift, by, at)
    if order.seen is None:
        check_card_can_hold(top_up, image_as_left(card, card.meter), Operation.PURCHASE, at=at, tiers=quote.tiers)
        write = None
    else:
        write = new_write(top_up, order.seen, Operation.PURCHASE, by=by, at=at, tiers=quote.tiers)
    top_up.receipts_at_hand = [issue_receipt(top_up=top_up, payment=payment, by=by, at=at, position_litres=quote.position_litres)]
    return Sale(top_up, write)


def _card(order: Order, wanted: GasCard) -> GasCard:
    card = wanted if order.is_held else hold_card(GasCard.objects.filter(pk=wanted.pk))
    if card is None or card.account_id != order.account.pk:
        own = order.account.cards.filter(status=GasCard.Status.ACTIVE).first()
        raise WrongCard(own.number if own else "")
    check_card_sells(card)
    return card


def _check_payment(order: Order, amount: int) -> None:
    if order.method == Payment.Method.CASH:
        if (order.tendered or 0) < amount:
            raise NotEnoughMoney(amount - (order.tendered or 0))
    elif not order.slip.strip():
        raise SlipMissing


def _note(order: Order, shift: Shift, quote: Quote, *, card: GasCard | None, by: Actor, at: datetime) -> TopUp:
    paid = Step("top_up.paid", {"account": quote.account.number, "litres": quote.litres, "amount": quote.amount, "method": order.method})
    counter = next_counter(Operation.PURCHASE, card.counter) if card else None
    steps, status = _beginning(order, card, counter)
    top_up = TopUp(
        reference=references.new_reference(),
        idempotency_key=order.key,
        account=quote.account,
        meter=quote.meter,
        card=card,
        shift=shift,
        channel=order.channel or _channel_of(shift.counter.hall),
        status=status,
        counter=counter,
        paid_at=at,
        bought_on=business_date(at),
        timeline=open_timeline(kind="top_up", steps=[paid, *steps], by=by, at=at),
        **columns_of(quote),
    )
    insert(top_up)
    return top_up


def _beginning(order: Order, card: GasCard | None, counter: int | None) -> tuple[list[Step], TopUpStatus]:
    """How an order stands as it is sold, and what the journal says of that after the payment."""
    if card is None:
        return [], TopUpStatus.PAID
    reserved = Step("top_up.reserve", {"card": card.number, "counter": counter})
    if order.seen is None:
        return [reserved], TopUpStatus.RESERVED
    return [reserved, *steps_of_write()], TopUpStatus.WRITING


def _channel_of(hall: Hall) -> TopUp.Channel:
    return TopUp.Channel.GOVERNMENT if hall.kind == Hall.Kind.GOVERNMENT else TopUp.Channel.COUNTER


def _take_money(top_up: TopUp, order: Order, shift: Shift, by: Actor, at: datetime) -> Payment:
    is_cash = order.method == Payment.Method.CASH
    payment = Payment(
        top_up=top_up,
        method=order.method,
        amount=top_up.amount,
        tendered=(order.tendered or 0) if is_cash else None,
        slip="" if is_cash else order.slip.strip(),
        at=at,
    )
    insert(payment)
    if top_up.amount:
        till = Line(Book.CASH if is_cash else Book.BANK_CARD, top_up.amount, shift=shift)
        post(Posting.Kind.PAYMENT, [till, Line(Book.PREPAID, -top_up.amount, account=top_up.account)], by=by, at=at, top_up=top_up)
    return payment
