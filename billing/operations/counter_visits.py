"""A customer's time at a counter, as the promises T01 and T02 see it: begun and ended by what the clerk does anyway.

Note [What ends a visit]
    Handed back: the card is written (or the volume is on its way to a connected meter), and the page says what to hand back. Left: the
    clerk turns to somebody else, or counts the till, and nothing is paid that is not on the card. Whatever is paid and not written keeps
    the visit open, and its clock runs on until it rings. Nobody leaves a broken promise behind by leaving: once the time is up, a visit
    that was not served ends as unserved, and so does one that everybody forgot.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts.actors import Actor, System
from accounts.models import Account, Hall, User
from casework.operations import Step, amend, move, open_timeline, record

from ..devices.cards import CardImage
from ..models import CardWrite, CounterVisit, Shift, TopUp
from ..queries.counter_visits import facts_of, forgotten, is_overdue, open_visits, owes_a_write
from ..references import new_reference
from ..states import COUNTER_VISIT, TopUpStatus
from .card_reads import CardReading, read_card
from .card_writes import finish_write
from .sales import Order, Sale, sell_and_begin

_BY = System("counter visits")


@transaction.atomic
def begin(*, account: Account, shift: Shift, by: Actor, at: datetime) -> CounterVisit | None:
    """The card was read, or the customer found, at this counter; whoever stood there before and bought nothing has left.

    Again for the same customer it is the same visit. None at a till that is not open: nothing can be sold there.
    """
    return _begin(account, shift, by, at)


@transaction.atomic
def note_papers(*, account: Account, shift: Shift, queue_number: str, by: Actor, at: datetime) -> None:
    """A government hall: the customer was called, and now handed card, book and identity card in."""
    visit = _begin(account, shift, by, at)
    if visit is not None:
        step = Step("visit.papers_handed_in", {"hall_kind": "government", "queue_number": queue_number})
        record(timeline_id=visit.timeline_id, steps=[step], by=by, at=at)


@transaction.atomic
def see_card(*, reading: CardReading, shift: Shift, by: Actor, at: datetime) -> None:
    """A card was read at this counter: its customer is here, unless it proved what a visit waited for; then it goes back to them."""
    has_ended = [_follow(top_up, _in_hall(shift), by, at) for top_up in reading.settled]
    if reading.account is not None and not any(has_ended):
        _begin(reading.account, shift, by, at)


@transaction.atomic
def follow_sale(*, top_up: TopUp, shift: Shift, by: Actor, at: datetime) -> None:
    """A purchase was made at this counter; a repeated sale tells nothing.

    Of whoever was neither read nor found before nobody knows since when they waited: a clock begins only where they still do, for the card.
    """
    if top_up.paid_at == at and not _is_there(top_up):
        _begin(top_up.account, shift, by, at)
    _follow(top_up, _in_hall(shift), by, at)


@transaction.atomic
def follow_write(*, top_up: TopUp, shift: Shift, by: Actor, at: datetime) -> None:
    """A paid order was written at this counter, or should have been."""
    _follow(top_up, _in_hall(shift), by, at)


def read_at_counter(*, seen: CardImage, shift: Shift | None, by: Actor, at: datetime) -> CardReading:
    """As ``read_card``, where a connected system reads at a clerk's counter: whoever's card it is stands there."""
    reading = read_card(seen=seen, by=by, at=at)
    if shift is not None:
        see_card(reading=reading, shift=shift, by=by, at=at)
    return reading


def sell_at_counter(*, order: Order, by: Actor, at: datetime) -> Sale:
    """As ``sell_and_begin``, where a connected system sells at a clerk's counter: without a card to be written that is all."""
    sale = sell_and_begin(order=order, by=by, at=at)
    if order.card is None and not sale.is_repeated:
        follow_sale(top_up=sale.top_up, shift=order.shift, by=by, at=at)
    return sale


def finish_write_at_counter(*, write: CardWrite, read_back: CardImage | None, error: str = "", by: User, at: datetime) -> TopUp:
    """As ``finish_write``, where a connected system writes at a clerk's counter."""
    top_up = finish_write(write=write, read_back=read_back, error=error, by=by, at=at)
    with transaction.atomic():
        _follow(top_up, open_visits().filter(shift__clerk__user=by), by, at)
    return top_up


@transaction.atomic
def leave(*, account: Account, shift: Shift, because: str, by: Actor, at: datetime) -> None:
    """The customer has gone, or came for something else: ``because`` says which, in a word. Nothing where a write is still owed."""
    for visit in _held(_in_hall(shift).filter(account=account)):
        _leave(visit, because=because, by=by, at=at)


@transaction.atomic
def leave_till(*, shift: Shift, by: Actor, at: datetime) -> None:
    """The till is counted: nobody stands at this counter any more."""
    for visit in _held(open_visits().filter(shift=shift)):
        _leave(visit, because="till_counted", by=by, at=at)


def end_forgotten(*, at: datetime) -> int:
    """End what nobody ended, as broken; how many. Before its time is up a promise could still be kept: then it is left alone."""
    return sum(_end_forgotten(key, at) for key in forgotten(at=at))


@transaction.atomic
def _end_forgotten(key: int, at: datetime) -> int:
    visit = _held(open_visits().filter(pk=key)).first()
    if visit is None:
        return 0
    move(visit, COUNTER_VISIT, "give_up", by=_BY, at=at, fields={"ended_at": at}, because="forgotten")
    return 1


def _begin(account: Account, shift: Shift, by: Actor, at: datetime) -> CounterVisit | None:
    if not shift.is_open:
        return None
    before = list(_held(open_visits().filter(shift=shift)))
    for visit in before:
        if visit.account_id != account.pk:
            _leave(visit, because="next_customer", by=by, at=at)
    again = next((visit for visit in before if visit.account_id == account.pk), None)
    return again or _open(account, shift, by, at)


def _follow(top_up: TopUp, visits: QuerySet[CounterVisit], by: Actor, at: datetime) -> bool:
    """Whether its customer's visit has ended by it."""
    is_there = _is_there(top_up)
    found = list(_held(visits.filter(account=top_up.account_id)))
    for visit in found:
        if is_there:
            fields = {"top_up": top_up, "ended_at": at}
            move(visit, COUNTER_VISIT, "hand_back", by=by, at=at, fields=fields, top_up=top_up.reference)
        elif visit.top_up_id != top_up.pk:
            steps = [Step("visit.payment_taken", {"top_up": top_up.reference})]
            amend(visit, fields={"top_up": top_up}, steps=steps, by=by, at=at)
    return is_there and bool(found)


def _is_there(top_up: TopUp) -> bool:
    """Whether nothing is left to be done at the counter."""
    return top_up.status == TopUpStatus.WRITTEN or top_up.goes_by_air


def _in_hall(shift: Shift) -> QuerySet[CounterVisit]:
    """Whom any counter of this hall may serve to the end."""
    return open_visits().filter(shift__counter__hall=shift.counter.hall_id)


def _held(visits: QuerySet[CounterVisit]) -> QuerySet[CounterVisit]:
    """Locked, in one order: each before its timeline."""
    return visits.select_for_update(no_key=True, of=("self",)).order_by("pk")


def _leave(visit: CounterVisit, *, because: str, by: Actor, at: datetime) -> None:
    if owes_a_write(visit):
        return
    verb = "give_up" if is_overdue(visit, at=at) else "leave"
    move(visit, COUNTER_VISIT, verb, by=by, at=at, fields={"ended_at": at}, because=because)


def _open(account: Account, shift: Shift, by: Actor, at: datetime) -> CounterVisit:
    is_government = shift.counter.hall.kind == Hall.Kind.GOVERNMENT
    facts = facts_of(account, shift)
    step = Step("visit.called", facts) if is_government else Step("visit.papers_handed_in", facts)
    try:
        with transaction.atomic():
            timeline = open_timeline(kind=COUNTER_VISIT.kind, steps=[step], by=by, at=at)
            return CounterVisit.objects.create(reference=new_reference("V"), account=account, shift=shift, opened_at=at, timeline=timeline)
    except IntegrityError:
        # The same page sent twice at once.
        return open_visits().get(shift=shift, account=account)
