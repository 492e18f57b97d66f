"""The clerk's verbs at the counter: read the card, serve, sell and write, write again. Each finds the clerk's own till and reader."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

import accounts.queries
import billing.operations
import billing.operations.counter
import billing.queries.shifts
import casework.operations
from accounts.models import Account, GasCard, Hall, Meter, User
from billing.models import Payment, Shift, TopUp
from billing.operations import counter_visits
from billing.operations.card_reads import CardReading
from billing.operations.sales import Order
from billing.refusals import ClosedShift, NoCardIssued, Refused
from casework.models import Event

from .. import readers
from ..queries.counter import get_top_up
from ..visits import Visit

PAPERS_SEEN = "top_up.papers_seen"


class PapersNotSeen(Refused):
    """The check-list of a government hall comes before the sale."""

    code = "papers_not_seen"

    def __init__(self) -> None:
        super().__init__(_("Check identity card, gas card and book first, and enter the queue number."))


@dataclass(frozen=True, kw_only=True)
class Sale:
    """A sale as it stands on the counter's screen: volume in litres, the amount shown and cash handed over in minor units."""

    account: str
    litres: int
    shown: int
    fingerprint: str
    method: str
    tendered: int | None
    slip: str
    key: str


def read_card(*, by: User, at: datetime) -> CardReading:
    """Read the card on the clerk's reader and settle what it proves; its customer is at the counter now.

    Raises ClosedShift without a till.
    """
    shift = till_of(by)
    reading = billing.operations.counter.read_now(reader=readers.reader_of(shift.counter), by=by, at=at)
    counter_visits.see_card(reading=reading, shift=shift, by=by, at=at)
    return reading


def serve(*, account: Account, by: User, at: datetime) -> None:
    """The clerk has found the customer in front of them; nothing where the clerk has no open till."""
    shift = billing.queries.shifts.current_shift(accounts.queries.current_staff(by))
    if shift is not None:
        counter_visits.begin(account=account, shift=shift, by=by, at=at)


def see_off(*, account: str, by: User, at: datetime) -> None:
    """The customer has gone without buying. Raises ClosedShift, AccountNotFound."""
    found = accounts.queries.get_account(account)
    counter_visits.leave(account=found, shift=till_of(by), because="gone", by=by, at=at)


def check_papers(*, account: str, queue_number: str, by: User, at: datetime) -> None:
    """The papers of a government hall were seen. Raises ClosedShift, AccountNotFound."""
    found = accounts.queries.get_account(account)
    counter_visits.note_papers(account=found, shift=till_of(by), queue_number=queue_number, by=by, at=at)


def sell(*, sale: Sale, visit: Visit, by: User, at: datetime) -> TopUp:
    """Take the payment and write the card on the clerk's reader; what became of the write is the top-up's status.

    For a connected meter no card is asked for: the volume goes out to it. Cash that was not counted out counts as exact.
    Raises PapersNotSeen, AccountNotFound, a CardFault of the reader, and what ``billing.operations.sell`` and
    ``billing.operations.counter.sell_and_write`` raise; then nothing was sold.
    """
    shift = till_of(by)
    if shift.counter.hall.kind == Hall.Kind.GOVERNMENT and not visit.papers_seen and not _is_repeated(sale):
        raise PapersNotSeen
    order = _order(sale, accounts.queries.get_account(sale.account), shift)
    if order.card is None:
        top_up = billing.operations.sell(order=order, by=by, at=at)
    else:
        top_up = billing.operations.counter.sell_and_write(order=order, reader=readers.reader_of(shift.counter), by=by, at=at)
    counter_visits.follow_sale(top_up=top_up, shift=shift, by=by, at=at)
    if visit.queue_number:
        _note_queue_number(top_up, visit.queue_number, by, at)
    return top_up


def write(*, reference: str, by: User, at: datetime) -> TopUp:
    """Write a paid order to the card on the clerk's reader. Raises TopUpNotFound, ClosedShift, CardFault, Refused."""
    top_up = get_top_up(reference)
    shift = till_of(by)
    written = billing.operations.counter.write_now(top_up=top_up, reader=readers.reader_of(shift.counter), by=by, at=at)
    counter_visits.follow_write(top_up=written, shift=shift, by=by, at=at)
    return written


def _is_repeated(sale: Sale) -> bool:
    """The same page sent again, after its sale ended the visit: it gets the same answer."""
    return TopUp.objects.filter(idempotency_key=sale.key).exists()


def till_of(user: User) -> Shift:
    """The clerk's own shift. Raises ClosedShift when there is none."""
    shift = billing.queries.shifts.current_shift(accounts.queries.current_staff(user))
    if shift is None:
        raise ClosedShift
    return shift


def _order(sale: Sale, account: Account, shift: Shift) -> Order:
    card = GasCard.objects.filter(account=account, status=GasCard.Status.ACTIVE).first()
    if card is None and not account.meters.filter(kind=Meter.Kind.IOT, removed_at=None).exists():
        raise NoCardIssued
    is_cash = sale.method == Payment.Method.CASH
    return Order(
        account=account,
        card=card,
        shift=shift,
        litres=sale.litres,
        fingerprint=sale.fingerprint,
        method=Payment.Method(sale.method),
        tendered=(sale.tendered if sale.tendered is not None else sale.shown) if is_cash else None,
        slip=sale.slip,
        key=sale.key,
    )


def _note_queue_number(top_up: TopUp, number: str, by: User, at: datetime) -> None:
    """Once, however often the sale is repeated."""
    if top_up.timeline_id and not Event.objects.filter(timeline_id=top_up.timeline_id, verb=PAPERS_SEEN).exists():
        step = casework.operations.Step(PAPERS_SEEN, {"queue_number": number})
        casework.operations.record(timeline_id=top_up.timeline_id, steps=[step], by=by, at=at)
