"""Put a paid order on a card that can be pulled out at any moment, and find out afterwards what happened.

Note [The card is the witness]
    ``begin_write`` notes the images before and wanted, and commits, before the reader is asked. ``finish_write`` compares
    what was read back: written, or surely not written, or unknown. Unknown (and a write left open by a crash) is settled by
    ``settle_card`` at the next read at any terminal. Each step is a compare-and-set on the order's version and on the
    write's outcome, so that repeating one, or two of them at once, changes nothing twice.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from accounts.actors import Actor
from accounts.clock import business_date
from accounts.models import GasCard, Meter
from casework.operations import StaleRow, Step, move
from casework.operations.rows import insert, one_insert

from .. import tariffs
from ..card_rules import Operation, RuleBroken, Verdict, image_after, next_counter
from ..devices.cards import CardImage, EmptyCard, ForeignCard, NoCard, TooLargeForCard, ToolCard, WrongPassword, encode
from ..models import Book, CardWrite, Posting, TopUp
from ..queries.loads import load_of
from ..queries.matching import taken_back
from ..queries.purchases import COMES_FIRST
from ..queries.writes import open_writes, verdict_of
from ..refusals import AlreadyWritten, CardBusy, CardRuleBroken, CardStillFull, NoCardIssued, WrongCard, WrongCounter
from ..states import NOT_ON_A_CARD, TOP_UP, UNSETTLED, TopUpStatus
from .breaks import note_break
from .ledger import Line, post

OPERATION_OF = {
    TopUp.Kind.PURCHASE: Operation.PURCHASE,
    TopUp.Kind.METER_CHANGE: Operation.METER_CHANGE,
    TopUp.Kind.GIFT: Operation.GIFT,
    TopUp.Kind.LOST_GAS: Operation.LOST_GAS,
}


UNTOUCHED = frozenset(fault.code for fault in (NoCard, ForeignCard, EmptyCard, ToolCard, WrongPassword, TooLargeForCard) if fault.untouched)


def steps_of_write() -> tuple[Step, ...]:
    """For the journal of an order whose write begins with its sale."""
    return (Step("top_up.begin_write"),)


def check_card_takes_order(card: GasCard, seen: CardImage) -> None:
    """Raises WrongCard, WrongCounter or CardStillFull unless this is the card, as we left it, emptied by its meter."""
    check_is_this_card(card, seen)
    if not seen.is_loaded:
        # The meter takes orders one by one, by their counter: a second one on top would make both worthless.
        raise CardStillFull(seen.litres)


def check_is_this_card(card: GasCard, seen: CardImage) -> None:
    """Raises WrongCard or WrongCounter."""
    if seen.card_number != card.number:
        raise WrongCard(card.number)
    if seen.counter != card.counter:
        raise WrongCounter(expected=card.counter, seen=seen.counter)


@transaction.atomic
def begin_write(*, top_up: TopUp, seen: CardImage, by: Actor, at: datetime) -> CardWrite:
    """Note that the card is about to be written; the image for the driver is ``write.wanted_image``.

    ``seen`` is the card as just read. Also tries a failed order again, with the same counter as long as nothing else was
    written since. Raises AlreadyWritten, CardNotInUse, NoCardIssued, WrongCard, WrongCounter, CardStillFull, CardBusy,
    CardRuleBroken, TooLargeForCard.
    """
    card = card_in_use(top_up)
    operation = OPERATION_OF[TopUp.Kind(top_up.kind)]
    try:
        if top_up.status in {TopUpStatus.PAID, TopUpStatus.FAILED}:
            reserve(top_up, card, by=by, at=at)
        if top_up.status != TopUpStatus.RESERVED:
            raise CardBusy(top_up.reference) if top_up.status in UNSETTLED else AlreadyWritten(top_up)
        check_card_takes_order(card, seen)
        # Counted anew: since it was reserved, an order may have been taken off the card, or the card have been made once more.
        fields = {"counter": counter_after(operation, card), "card": card, "meter": card.meter}
        move(top_up, TOP_UP, "begin_write", by=by, at=at, fields=fields)
    except StaleRow:
        raise CardBusy(top_up.reference) from None
    return new_write(top_up, seen, operation, by=by, at=at)


def reserve(top_up: TopUp, card: GasCard, *, by: Actor, at: datetime) -> None:
    """Keep the card's next counter for an order. Raises CardBusy, CardRuleBroken, StaleRow."""
    others = TopUp.objects.filter(account=card.account_id).exclude(pk=top_up.pk)
    # The credit of an old meter needs the counter at 0, lost gas the counter that it was lost under.
    comes_first = Q(kind__in=COMES_FIRST, status__in=NOT_ON_A_CARD)
    first = others.filter(Q(card=card, status__in=UNSETTLED) | comes_first).first()
    if first:
        raise CardBusy(first.reference)
    counter = counter_after(OPERATION_OF[TopUp.Kind(top_up.kind)], card)
    # The meter too: it may have been changed since, for one of another kind.
    fields = {"counter": counter, "card": card, "meter": card.meter}
    move(top_up, TOP_UP, "reserve", by=by, at=at, fields=fields, card=card.number, counter=counter)


def counter_after(operation: Operation, card: GasCard) -> int:
    """The purchase counter the card will have. Raises CardRuleBroken."""
    try:
        return next_counter(operation, card.counter)
    except RuleBroken as broken:
        raise CardRuleBroken(broken.rule) from broken


def card_in_use(top_up: TopUp) -> GasCard:
    """The card to write an order to, under lock. Raises NoCardIssued."""
    card = (
        GasCard.objects.select_for_update(no_key=True, of=("self",))
        .select_related("account", "meter")
        .filter(account=top_up.account_id, status=GasCard.Status.ACTIVE)
        .first()
    )
    if card is None:
        raise NoCardIssued
    return card


def new_write(
    top_up: TopUp, seen: CardImage, operation: Operation, *, by: Actor, at: datetime, tiers: Sequence[tariffs.Step] | None = None
) -> CardWrite:
    """The row that says what is about to be written, in the caller's transaction. Raises CardRuleBroken, TooLargeForCard."""
    assert top_up.card is not None
    wanted = check_card_can_hold(top_up, seen, operation, at=at, tiers=tiers)
    write = CardWrite(
        card=top_up.card,
        top_up=top_up,
        operation=operation,
        before=seen.as_json(),
        wanted=wanted.as_json(),
        started_at=at,
        by=by.actor_label,
    )
    insert(write)
    return write


def check_card_can_hold(
    top_up: TopUp, seen: CardImage, operation: Operation, *, at: datetime, tiers: Sequence[tariffs.Step] | None = None
) -> CardImage:
    """The image to write, known to fit the fields of a card. Raises CardRuleBroken, TooLargeForCard."""
    try:
        wanted = image_after(operation, seen, load_of(top_up, tiers=tiers), password=new_password(), today=business_date(at))
    except RuleBroken as broken:
        raise CardRuleBroken(broken.rule) from broken
    encode(wanted)
    return wanted


def image_as_left(card: GasCard, meter: Meter) -> CardImage:
    """What our records say is on a card whose meter has loaded everything."""
    return CardImage(
        factory_code=settings.CARD_FACTORY_CODE,
        area_code=settings.CARD_AREA_CODE,
        card_number=card.number,
        password=card.password,
        counter=card.counter,
        cumulative_litres=card.cumulative_litres,
        alarm_litres=settings.CARD_ALARM_LITRES,
        cap_litres=meter.cap_litres or 0,
    )


def new_password() -> str:
    """What a write leaves on the chip, so that nobody writes it again without us."""
    return secrets.token_hex(8)


@transaction.atomic
def finish_write(*, write: CardWrite, read_back: CardImage | None, error: str = "", by: Actor, at: datetime) -> TopUp:
    """Say what became of an order's write: ``read_back`` as the driver read it, or None and the code of the fault.

    Written: the order is delivered and its money earned. Surely not written: it can be tried again. Else it is unknown
    until the next read. Doing it twice changes nothing.
    """
    assert write.top_up is not None
    close_write(write=write, read_back=read_back, error=error, by=by, at=at)
    return write.top_up


def close_write(*, write: CardWrite, read_back: CardImage | None, error: str = "", by: Actor, at: datetime) -> Verdict:
    """The end of any write of a card, in the caller's transaction. Needs ``write.top_up`` with its account loaded."""
    verdict = verdict_of(write, read_back) if read_back is not None else _verdict_without_a_read(error)
    judge_write(write, verdict, read_back=read_back, error=error, by=by, at=at)
    return verdict


def judge_write(
    write: CardWrite, verdict: Verdict, *, read_back: CardImage | None = None, error: str = "", by: Actor, at: datetime
) -> None:
    """Note a verdict and what follows from it; once, whoever comes first."""
    columns = {"outcome": verdict.value, "read_back": read_back.as_json() if read_back else None, "error": error[:40], "ended_at": at}
    if _note(write, ("", CardWrite.Outcome.UNKNOWN), columns):
        _follow(write, verdict, by=by, at=at)
    elif write.top_up is not None:
        write.top_up.refresh_from_db(fields=["status", "version", "written_at"])
        # A read may have said “not written” in the instant before the write took place: the later proof wins, unless the card
        # was replaced on that word. What went with the old card is owed to the new one.
        if verdict is Verdict.WRITTEN and _is_in_hand(write) and _note(write, (CardWrite.Outcome.NOT_WRITTEN,), columns):
            _follow(write, verdict, by=by, at=at)


def _is_in_hand(write: CardWrite) -> bool:
    """No other card took its place: one that was lost stays lost when it is replaced."""
    newest = GasCard.objects.filter(account=write.card.account_id).latest("pk")
    return newest.pk == write.card_id and newest.status in {GasCard.Status.ACTIVE, GasCard.Status.LOST}


def _verdict_without_a_read(error: str) -> Verdict:
    return Verdict.NOT_WRITTEN if error in UNTOUCHED else Verdict.UNKNOWN


def _note(write: CardWrite, outcomes: Sequence[str], columns: dict[str, Any]) -> bool:
    """Write the end of a write down, once; False where somebody else already did."""
    # The card is locked before its write, without a statement of its own: whoever replaces the card comes from there.
    card = GasCard.objects.select_for_update(no_key=True).filter(pk=write.card_id)
    if not CardWrite.objects.filter(pk=write.pk, outcome__in=outcomes, card__in=card).update(**columns):
        return False
    for name, value in columns.items():
        setattr(write, name, value)
    return True


def _follow(write: CardWrite, verdict: Verdict, *, by: Actor, at: datetime) -> None:
    # A new card began with what is on it; an order may have been written to it since, before anybody knew that it was made.
    if verdict is Verdict.WRITTEN and write.before:
        wanted = write.wanted_image
        GasCard.objects.filter(pk=write.card_id).update(
            counter=wanted.counter, password=wanted.password, cumulative_litres=wanted.cumulative_litres
        )
    if write.top_up is None:
        return
    if write.operation != Operation.CANCEL:
        _move_on(write.top_up, verdict, by=by, at=at)
    elif verdict is Verdict.WRITTEN:
        _take_off(write.top_up, by=by, at=at)


def _move_on(top_up: TopUp, verdict: Verdict, *, by: Actor, at: datetime) -> None:
    is_writing = top_up.status == TopUpStatus.WRITING
    verbs = {
        Verdict.WRITTEN: "confirm" if is_writing else "settle_written",
        Verdict.NOT_WRITTEN: "fail" if is_writing else "settle_unwritten",
        Verdict.UNKNOWN: "lose",
    }
    if TOP_UP.find(verbs[verdict], top_up.status) is None:
        if verdict is Verdict.WRITTEN and top_up.status == TopUpStatus.REVERSED and top_up.kind == TopUp.Kind.PURCHASE:
            note_break(fault=taken_back(top_up, business_date(at)), at=at)
        return
    if verdict is Verdict.WRITTEN:
        deliver(top_up, verbs[verdict], by=by, at=at)
    else:
        move(top_up, TOP_UP, verbs[verdict], by=by, at=at)


def deliver(top_up: TopUp, verb: str, *, by: Actor, at: datetime) -> None:
    """The volume is on the card, or in a connected meter: what was owed is earned. In the caller's transaction."""
    with one_insert(Posting):
        move(top_up, TOP_UP, verb, by=by, at=at, fields={"written_at": at})
        if top_up.amount:
            prepaid = Line(Book.PREPAID, top_up.amount, account=top_up.account)
            post(Posting.Kind.DELIVERY, [prepaid, Line(Book.SALES, -top_up.amount, account=top_up.account)], by=by, at=at, top_up=top_up)


def _take_off(top_up: TopUp, *, by: Actor, at: datetime) -> None:
    """The volume is off the card: we owe it again, until the money goes back or it is written once more."""
    move(top_up, TOP_UP, "take_off", by=by, at=at, fields={"counter": None, "written_at": None})
    delivery = top_up.postings.filter(kind=Posting.Kind.DELIVERY, reversed_by__isnull=True).first()
    if delivery is not None:
        lines = [Line(Book.SALES, top_up.amount, account=top_up.account), Line(Book.PREPAID, -top_up.amount, account=top_up.account)]
        post(Posting.Kind.UNDELIVERY, lines, by=by, at=at, top_up=top_up, reverses=delivery)


@transaction.atomic
def settle_card(*, card: GasCard, seen: CardImage, by: Actor, at: datetime) -> list[TopUp]:
    """Let the card say what became of writes nobody saw the end of. The orders that are clear now; none on most cards."""
    settled = []
    for write in open_writes(card):
        verdict = verdict_of(write, seen)
        if verdict is Verdict.UNKNOWN:
            continue
        close_write(write=write, read_back=seen, by=by, at=at)
        if write.top_up is not None:
            settled.append(write.top_up)
    return settled
