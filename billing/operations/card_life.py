"""The life of a card: the first one, a replacement, a loss. A new one for a new meter: ``meter_changes``.

Each makes a row of the new card and notes the write of a new chip; the driver is asked after that, and ``finish_card``
says what became of it. A card that could not be made is simply replaced again.
"""

import secrets
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.actors import Actor
from accounts.models import Account, GasCard
from accounts.signing import signed
from casework.operations import move

from ..card_rules import Operation, Verdict
from ..devices.cards import CardImage, encode
from ..models import CardWrite, TopUp
from ..queries.purchases import COMES_FIRST
from ..queries.quotes import card_meter
from ..queries.writes import open_writes, open_writes_of
from ..refusals import AccountClosed, CardBusy, CardNotInUse, HasCard, MeterCounterNeeded, ReasonMissing
from ..states import NOT_ON_A_CARD, TOP_UP, TopUpStatus
from .card_writes import check_is_this_card, close_write, image_as_left, judge_write, new_password, settle_card

_MAKING = (Operation.FIRST_CARD, Operation.REPLACEMENT)


@transaction.atomic
def issue_first_card(*, account: Account, by: Actor, at: datetime) -> CardWrite:
    """A card for an account that has none, its counter at 0. Raises HasCard, AccountClosed, NoCardMeter.

    A lost card is replaced, not followed by a first one: its meter goes on counting where it stands.
    """
    lock_cards(account)
    meter = card_meter(account)
    lost = account.cards.filter(status=GasCard.Status.LOST, meter=meter).order_by("-issued_at").first()
    present = account.cards.filter(status=GasCard.Status.ACTIVE).first()
    if present is not None:
        if _was_made(present):
            raise HasCard(present.number)
        _release(present, by=by, at=at)
        _end(present, GasCard.Status.REPLACED, by=by, at=at)
    elif lost is not None:
        raise HasCard(lost.number)
    return make_card_row(GasCard(account=account, meter=meter), Operation.FIRST_CARD, by=by, at=at)


@transaction.atomic
def replace_card(
    *, card: GasCard, reason: str, by: Actor, at: datetime, seen: CardImage | None = None, meter_counter: int | None = None
) -> CardWrite:
    """A new card that carries on where the old one stopped: its counter, its cumulative volume, what it still carries.

    ``seen`` is the old card if it can still be read; it stays in the hall. Without it a write nobody saw the end of is
    judged by ``meter_counter``, the purchase counter the meter shows. Raises ReasonMissing, CardNotInUse, WrongCard,
    WrongCounter, MeterCounterNeeded, AccountClosed, NoCardMeter.
    """
    if not reason.strip():
        raise ReasonMissing
    lock_cards(card.account)
    card = GasCard.objects.select_related("account", "meter").get(pk=card.pk)
    _check_can_be_replaced(card)
    _settle_old(card, seen, meter_counter, by=by, at=at)
    _release(card, by=by, at=at)
    carried = seen or _still_to_be_carried(card)
    if seen is not None:
        check_is_this_card(card, seen)
    if card.status == GasCard.Status.ACTIVE:
        _end(card, GasCard.Status.REPLACED, by=by, at=at, reason=reason)
    new = GasCard(account=card.account, meter=card.meter, counter=card.counter, cumulative_litres=card.cumulative_litres)
    return make_card_row(new, Operation.REPLACEMENT, by=by, at=at, carried=carried)


@transaction.atomic
def report_loss(*, card: GasCard, by: Actor, at: datetime) -> GasCard:
    """From now on the card is refused everywhere. Doing it twice changes nothing. Raises CardNotInUse."""
    lock_cards(card.account)
    card.refresh_from_db()
    if card.status == GasCard.Status.LOST:
        return card
    if card.status != GasCard.Status.ACTIVE:
        raise CardNotInUse(card.get_status_display())
    _release(card, by=by, at=at)
    _end(card, GasCard.Status.LOST, by=by, at=at)
    return card


@transaction.atomic
def finish_card(*, write: CardWrite, read_back: CardImage | None, error: str = "", by: Actor, at: datetime) -> GasCard:
    """Say what became of a new card; doing it twice changes nothing."""
    close_write(write=write, read_back=read_back, error=error, by=by, at=at)
    return write.card


def lock_cards(account: Account) -> None:
    """The account, then all its cards, before any write or order of theirs (docs/decisions/0014). Raises AccountClosed."""
    locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if locked.status == Account.Status.CLOSED:
        raise AccountClosed
    list(GasCard.objects.select_for_update(no_key=True).filter(account=account).order_by("pk").values_list("pk"))


def _was_made(card: GasCard) -> bool:
    """A card without any noted write came from the system before ours, and exists; so does one that an order was written to."""
    tries = card.writes.filter(operation__in=_MAKING)
    is_in_use = card.writes.exclude(operation__in=_MAKING)
    return not tries.exists() or tries.filter(outcome=CardWrite.Outcome.WRITTEN).exists() or is_in_use.exists()


def _still_to_be_carried(card: GasCard) -> CardImage | None:
    """What this card was to take over from the one before it, where its chip did not take it: the next one is to have it."""
    begun = card.writes.filter(operation=Operation.REPLACEMENT).order_by("-pk").first()
    return None if begun is None or _was_made(card) else begun.wanted_image


def make_card_row(card: GasCard, operation: Operation, *, by: Actor, at: datetime, carried: CardImage | None = None) -> CardWrite:
    """The new card and what is to be written on its chip, in the caller's transaction. Raises TooLargeForCard."""
    card.number, card.password, card.issued_at = _new_number(), new_password(), at
    signed(card, by=by, at=at).save()
    wanted = _image(card, carried)
    encode(wanted)  # before anything is kept
    return CardWrite.objects.create(card=card, operation=operation, before={}, wanted=wanted.as_json(), started_at=at, by=by.actor_label)


def _image(card: GasCard, carried: CardImage | None) -> CardImage:
    if carried is None:
        return image_as_left(card, card.meter)
    return replace(carried, card_number=card.number, password=card.password, unlock="")


def _new_number() -> str:
    """Ten digits that nobody has, and that do not follow from anybody else's."""
    while True:
        number = str(1_000_000_000 + secrets.randbelow(9_000_000_000))
        if not GasCard.objects.filter(number=number).exists():
            return number


def _check_can_be_replaced(card: GasCard) -> None:
    present = card.account.cards.filter(status=GasCard.Status.ACTIVE).first()
    if card.status == GasCard.Status.LOST and present is not None:
        raise HasCard(present.number)
    if card.status not in {GasCard.Status.ACTIVE, GasCard.Status.LOST}:
        raise CardNotInUse(card.get_status_display())


def _settle_old(card: GasCard, seen: CardImage | None, meter_counter: int | None, *, by: Actor, at: datetime) -> None:
    if seen is not None:
        settle_card(card=card, seen=seen, by=by, at=at)
    for write in open_writes(card):
        if write.top_up is None:
            judge_write(write, Verdict.NOT_WRITTEN, error="replaced", by=by, at=at)
            continue
        if meter_counter is None:
            raise MeterCounterNeeded(write.top_up.reference)
        judge_write(write, _verdict_by_meter(write, meter_counter), error="meter_counter", by=by, at=at)
    card.refresh_from_db(fields=["counter", "cumulative_litres"])


def _verdict_by_meter(write: CardWrite, meter_counter: int) -> Verdict:
    """A meter that shows an order's counter has loaded it: so it was written, and nobody took it off the card again."""
    before, is_cancel = write.before_image, write.operation == Operation.CANCEL
    order_counter = before.counter if is_cancel and before else write.wanted_image.counter
    has_loaded = meter_counter >= order_counter
    return Verdict.WRITTEN if has_loaded != is_cancel else Verdict.NOT_WRITTEN


def _release(card: GasCard, *, by: Actor, at: datetime) -> None:
    for order in TopUp.objects.filter(card=card, status=TopUpStatus.RESERVED):
        move(order, TOP_UP, "release", by=by, at=at)


def take_in(card: GasCard, seen: CardImage | None, status: GasCard.Status, *, by: Actor, at: datetime) -> int:
    """Take the card of an old meter out of use; the litres it still carried. Raises WrongCard, WrongCounter."""
    if seen is not None:
        settle_card(card=card, seen=seen, by=by, at=at)
        card.refresh_from_db(fields=["counter", "cumulative_litres"])
        check_is_this_card(card, seen)
    _release(card, by=by, at=at)
    _end(card, status, by=by, at=at)
    return _litres_on(card, seen) if seen is not None else 0


def _litres_on(card: GasCard, seen: CardImage) -> int:
    """What the card carries. For an amount meter that is money: the last order as a whole, for the meter takes all or nothing."""
    if not seen.money:
        return seen.litres
    written = TopUp.objects.filter(account=card.account_id, meter=card.meter_id, counter=seen.counter, status=TopUpStatus.WRITTEN)
    last = written.order_by("-written_at", "-pk").first()
    return last.litres if last else seen.last_litres


def check_nothing_open(account: Account) -> None:
    """What is open on a card of the old meter could never be settled after it is gone, two old credits block each other, and lost gas
    bears a counter of the old meter. Raises CardBusy.
    """
    comes_first = Q(kind__in=COMES_FIRST, status__in=NOT_ON_A_CARD)
    waiting = TopUp.objects.filter(comes_first | Q(writes__in=open_writes_of(account)), account=account).first()
    if waiting is not None:
        raise CardBusy(waiting.reference)


def _end(card: GasCard, status: GasCard.Status, *, by: Actor, at: datetime, reason: str = "") -> None:
    card.status, card.ended_at = status, at
    signed(card, by=by, at=at, reason=reason).save(update_fields=["status", "ended_at"])
