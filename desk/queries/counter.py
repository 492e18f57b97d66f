"""The counter's one screen: the till, the customer in front of it, and the price of what they want."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import accounts.permissions
import accounts.queries
import billing.queries
import billing.queries.receipts
import billing.queries.shifts
import sla.queries.standings
from accounts.clock import in_business_time
from accounts.models import Account, Counter, GasCard, Hall, User
from accounts.roles import Verb
from billing import refusals
from billing.models import Payment, Receipt, Reversal, Shift, TopUp
from billing.queries.connected_meters import Standing, standing, why_not_in_the_meter
from billing.queries.counter_visits import Stay, promises_of, stay_of
from billing.queries.pricing import Pricing
from billing.queries.quotes import Quote, quote
from billing.queries.receipts import Sheet
from billing.states import ShiftStatus, TopUpStatus

from ..visits import Visit
from .card_menu import Action, actions

#: Of real time. Whoever looks up an older sale wants no paper, and has nothing to hand back.
FRESH_FOR = timedelta(minutes=15)


class TopUpNotFound(Exception):
    """No order has this reference."""


@dataclass(frozen=True)
class Till:
    """Where the clerk sits and what is in the till (minor units)."""

    shift: Shift
    cash: int

    @property
    def is_open(self) -> bool:
        return self.shift.status == ShiftStatus.OPEN

    @property
    def counter(self) -> Counter:
        return self.shift.counter

    @property
    def hall(self) -> Hall:
        return self.shift.counter.hall

    @property
    def is_government(self) -> bool:
        return self.hall.kind == Hall.Kind.GOVERNMENT


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whom the clerk serves: account, card (or the lost one to replace) or connected meter, last purchases, what waits, the menu."""

    account: Account
    card: GasCard | None
    lost: GasCard | None
    connected: Standing | None
    recent: list[TopUp]
    waiting: list[TopUp]
    visit: Visit
    actions: list[Action]

    @property
    def card_read(self) -> bool:
        return self.card is not None and self.visit.card == self.card.number


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the customer asked for: litres, or an amount in minor units, or nothing yet."""

    litres: int | None = None
    amount: int | None = None


@dataclass(frozen=True, kw_only=True)
class Screen:
    """Everything the counter shows. ``refusal`` is why there is no quote; ``key`` makes the sale of this page unique.

    ``stay`` is the customer's time at the counter, with the moment by which they are to have card and receipt back.
    """

    till: Till | None
    person: Person | None = None
    stay: Stay | None = None
    quote: Quote | None = None
    asked_amount: int | None = None
    position: Pricing | None = None
    refusal: str = ""
    key: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def left_over(self) -> int:
        """What of the amount asked for buys no more gas, in minor units."""
        return self.asked_amount - self.quote.amount if self.asked_amount and self.quote else 0

    @property
    def papers_needed(self) -> bool:
        return self.till is not None and self.till.is_government and self.person is not None and not self.person.visit.papers_seen


def till(user: User) -> Till | None:
    """The clerk's till, or None without a shift."""
    try:
        shift = billing.queries.shifts.current_shift(accounts.queries.current_staff(user))
    except accounts.queries.NotStaff:
        return None
    return Till(shift, billing.queries.shifts.expected_cash(shift)) if shift else None


def screen(user: User, *, visit: Visit, wish: Wish, at: datetime) -> Screen:
    """The counter with the customer of this visit, if any. Raises AccountNotFound."""
    mine = till(user)
    if mine is None or not mine.is_open or not visit.account:
        return Screen(till=mine)
    account = accounts.queries.get_account(visit.account)
    here = stay_of(account, shift=mine.shift)
    whom = person(account, visit, verbs=accounts.permissions.verbs_of(user, at), at=at)
    try:
        if wish.litres or wish.amount:
            price = quote(account=whom.account, at=at, litres=wish.litres, amount=wish.amount)
            return Screen(till=mine, person=whom, stay=here, quote=price, asked_amount=wish.amount)
        return Screen(till=mine, person=whom, stay=here, position=billing.queries.account_position(whom.account, at))
    except refusals.Refused as refusal:
        return Screen(till=mine, person=whom, stay=here, refusal=str(refusal))


def stay(user: User, number: str) -> Stay | None:
    """The time this customer spends in the clerk's hall, if they are there. Raises AccountNotFound."""
    account, mine = accounts.queries.get_account(number), till(user)
    return stay_of(account, shift=mine.shift) if mine else None


def person(account: Account, visit: Visit, *, verbs: frozenset[Verb], at: datetime) -> Person:
    """What a clerk checks before selling."""
    card, lost = cards_of(account)
    bought = TopUp.objects.filter(account=account, kind=TopUp.Kind.PURCHASE)
    return Person(
        account=account,
        card=card,
        lost=lost,
        connected=None if card else standing(account, at=at),
        recent=list(bought.order_by("-bought_on", "-pk")[:4]),
        waiting=list(billing.queries.unwritten(account)),
        visit=visit,
        actions=actions(account, card=card, lost=lost, verbs=verbs),
    )


def cards_of(account: Account) -> tuple[GasCard | None, GasCard | None]:
    """The card in use; without one, the card lost last, which a new one would replace."""
    cards = list(GasCard.objects.filter(account=account).order_by("-issued_at", "-pk"))
    card = next((card for card in cards if card.status == GasCard.Status.ACTIVE), None)
    return card, None if card else next((card for card in cards if card.status == GasCard.Status.LOST), None)


@dataclass(frozen=True, kw_only=True)
class Sold:
    """A sale, its papers, and what was promised about it.

    ``sheet`` is the one that goes to the customer now, ``prints`` whether it prints by itself; ``is_fresh`` is whether the
    customer still stands there and takes card and paper back.
    """

    top_up: TopUp
    payment: Payment | None
    receipt: Receipt | None
    red_letter: Receipt | None
    sheet: Sheet | None
    reversal: Reversal | None
    prints: bool
    is_fresh: bool
    promises: list[sla.queries.standings.Standing] = field(default_factory=list)

    @property
    def is_written(self) -> bool:
        return self.top_up.status == TopUpStatus.WRITTEN

    @property
    def is_unsure(self) -> bool:
        return self.top_up.is_unsure

    @property
    def why_not_there(self) -> str:
        """Of what is paid and not in the connected meter yet: the same words as everywhere."""
        why = why_not_in_the_meter(self.top_up) if self.top_up.goes_by_air and not self.is_reversed else None
        return str(why.label) if why else ""

    @property
    def is_reversed(self) -> bool:
        return self.top_up.status == TopUpStatus.REVERSED

    @property
    def waits_for_approval(self) -> bool:
        return self.reversal is not None and self.reversal.status == Reversal.Status.ASKED

    @property
    def may_be_carried_out(self) -> bool:
        return self.reversal is not None and self.reversal.status == Reversal.Status.APPROVED

    @property
    def may_be_taken_back(self) -> bool:
        is_known = not self.is_unsure and not (self.top_up.goes_by_air and self.is_written)
        return self.reversal is None and self.payment is not None and is_known and not self.is_reversed

    @property
    def may_be_written(self) -> bool:
        return self.top_up.can_be_written


def sold(reference: str, *, at: datetime) -> Sold:
    """What became of an order. Raises TopUpNotFound."""
    top_up = get_top_up(reference)
    papers = {receipt.kind: receipt for receipt in Receipt.objects.filter(top_up=top_up).select_related("hall")}
    red_letter = papers.get(Receipt.Kind.RED_LETTER)
    paper = red_letter or papers.get(Receipt.Kind.PAYMENT)
    prints = paper is not None and _is_fresh(paper.issued_at, at)
    return Sold(
        top_up=top_up,
        payment=getattr(top_up, "payment", None),
        receipt=papers.get(Receipt.Kind.PAYMENT),
        red_letter=red_letter,
        sheet=billing.queries.receipts.sheet_of(paper) if paper else None,
        reversal=top_up.reversals.exclude(status=Reversal.Status.REFUSED).order_by("-pk").first(),
        prints=prints,
        is_fresh=prints or (top_up.written_at is not None and _is_fresh(top_up.written_at, at)),
        promises=promises_of(top_up, at=at),
    )


def _is_fresh(moment: datetime, at: datetime) -> bool:
    return at - moment < in_business_time(FRESH_FOR)


def get_top_up(reference: str) -> TopUp:
    """With its account, card and payment. Raises TopUpNotFound."""
    rows = TopUp.objects.select_related("account__customer", "account__premises", "payment", "card", "meter")
    top_up = rows.filter(reference=reference).first()
    if top_up is None:
        raise TopUpNotFound
    return top_up
