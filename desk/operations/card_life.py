"""The clerk's verbs about cards and meters, with the clerk's own reader: each says in one sentence what became of it."""

from datetime import datetime

from django.utils.translation import gettext as _

import accounts.operations
import accounts.queries
import billing.operations
import billing.operations.counter
import billing.queries.shifts
from accounts.models import Account, GasCard, Meter, User
from billing import sentences, wording
from billing.devices.cards import CardFault, CardImage
from billing.devices.driver import CardReader
from billing.models import CardWrite, Reversal, TopUp
from billing.operations import counter_visits
from billing.refusals import NoCardIssued, NotApproved, Refused
from billing.states import TopUpStatus

from .. import readers
from .counter import till_of


class CardNotMade(Refused):
    """The new card was noted, but the chip on the reader did not take it."""

    code = "card_not_made"

    def __init__(self, why: str) -> None:
        super().__init__(_("The card could not be made. %(why)s Then replace it with another new one.") % {"why": why})


class InTheMeter(Refused):
    """The meter has counted the purchase: its volume was not lost."""

    code = "in_the_meter"

    def __init__(self, counter: int) -> None:
        super().__init__(_("The meter has taken it: this was purchase %(counter)s. Nothing was lost.") % {"counter": counter})


def first_card(*, account: Account, by: User, at: datetime) -> str:
    """Make the first card out of the new one on the reader. Raises Refused, CardFault."""
    card = billing.operations.counter.issue_now(account=account, reader=_reader(by), by=by, at=at)
    _came_for_that(account, by, at)
    return _made(card)


def replacement(*, account: Account, reason: str, meter_counter: int | None, seen: CardImage | None, by: User, at: datetime) -> str:
    """Make a replacement for the card in use, or for the last one lost; ``seen`` is the old card as read just before.

    Raises NoCardIssued, ChipNotNew, Refused, CardFault.
    """
    reader = _reader(by)
    billing.operations.counter.check_chip_is_new(reader)
    write = billing.operations.replace_card(
        card=_card_to_replace(account), reason=reason, seen=seen, meter_counter=meter_counter, by=by, at=at
    )
    _came_for_that(account, by, at)
    return _made(billing.operations.counter.make_card(write=write, reader=reader, by=by, at=at))


def loss(*, account: Account, by: User, at: datetime) -> str:
    """Refuse the card in use everywhere from now on. Raises NoCardIssued."""
    card = account.cards.filter(status=GasCard.Status.ACTIVE).first()
    if card is None:
        raise NoCardIssued
    billing.operations.report_loss(card=card, by=by, at=at)
    _came_for_that(account, by, at)
    return _("Card %(number)s is refused everywhere from now on.") % {"number": card.number}


def meter_change(
    *, account: Account, new: accounts.operations.NewMeter, residual_litres: int, seen: CardImage | int | None, by: User, at: datetime
) -> str:
    """Note the new meter; make its card, or send it what the old one still showed. ``seen`` as in billing.operations.change_meter.

    Raises Refused, MeterInUse, CardFault.
    """
    reader = None if new.kind == Meter.Kind.IOT else _reader(by)
    if reader is not None:
        billing.operations.counter.check_chip_is_new(reader)
    write = billing.operations.change_meter(account=account, new=new, residual_litres=residual_litres, seen=seen, by=by, at=at)
    _came_for_that(account, by, at)
    if write is None or reader is None:
        return _("Meter %(serial)s is noted. It fetches what waits for it when it first connects.") % {"serial": new.serial}
    return _made(billing.operations.counter.make_card(write=write, reader=reader, by=by, at=at))


def gift(*, account: Account, litres: int, reason: str, by: User, at: datetime) -> str:
    """Give volume away, to be written like a purchase. Raises Refused."""
    billing.operations.credit_gift(account=account, litres=litres, reason=reason, by=by, at=at)
    return _("The gift waits to be written to the card.")


def lost_gas(*, top_up: TopUp, reason: str, by: User, at: datetime) -> str:
    """Write the last purchase once more, whose volume vanished on the way. Raises Refused."""
    billing.operations.restore_lost_gas(top_up=top_up, reason=reason, by=by, at=at)
    return _("The volume waits to be written to the card once more.")


def lost_with_card(*, top_up: TopUp, meter_counter: int, by: User, at: datetime) -> str:
    """Write the last purchase once more because it went with its card; the meter's own counter is the witness.

    Raises InTheMeter, Refused.
    """
    if top_up.counter is not None and meter_counter >= top_up.counter:
        raise InTheMeter(top_up.counter)
    reason = _("lost with its card; the meter shows %(counter)s") % {"counter": meter_counter}
    return lost_gas(top_up=top_up, reason=reason, by=by, at=at)


def take_back(*, top_up: TopUp, cause: str, reason: str, by: User, at: datetime) -> str:
    """Ask for a purchase to be taken back. Raises Refused."""
    reversal = billing.operations.ask_reversal(top_up=top_up, cause=cause, reason=reason, by=by, at=at)
    told = {"sum": wording.money(top_up.amount)}
    if reversal.status == Reversal.Status.APPROVED:
        return _("Approved. %(sum)s can go back now.") % told
    return _("Asked to give back %(sum)s. Somebody else has to approve it; then it is carried out here.") % told


def carry_out(*, top_up: TopUp, by: User, at: datetime) -> str:
    """Take the volume off the card if it is there, then give the money back out of the clerk's till. Raises Refused, CardFault."""
    reversal, shift = _open_reversal(top_up), till_of(by)
    if top_up.status == TopUpStatus.WRITTEN and not _is_off_the_card(top_up):
        billing.operations.counter.reverse_now(reversal=reversal, shift=shift, reader=_reader(by), by=by, at=at)
    else:
        billing.operations.carry_out_reversal(reversal=reversal, shift=shift, by=by, at=at)
    _came_for_that(top_up.account, by, at)
    return _("Taken back. Give back %(sum)s and the red-letter receipt.") % {"sum": wording.money(top_up.amount)}


def _came_for_that(account: Account, by: User, at: datetime) -> None:
    """Whoever stands at the counter came for this and for no top-up: what is promised about one falls away."""
    shift = billing.queries.shifts.current_shift(accounts.queries.current_staff(by))
    if shift is not None:
        counter_visits.leave(account=account, shift=shift, because="something_else", by=by, at=at)


def _reader(user: User) -> CardReader:
    return readers.reader_of(till_of(user).counter)


def _card_to_replace(account: Account) -> GasCard:
    """The card in use; else the one lost last. Raises NoCardIssued."""
    replaceable = account.cards.filter(status__in=[GasCard.Status.ACTIVE, GasCard.Status.LOST])
    card = replaceable.select_related("account", "meter").order_by("status", "-issued_at").first()
    if card is None:
        raise NoCardIssued
    return card


def _made(card: GasCard) -> str:
    """Raises CardNotMade when the chip did not take it."""
    write = card.writes.order_by("-pk").first()
    if write is None or write.outcome != CardWrite.Outcome.WRITTEN:
        raise CardNotMade(_why(write))
    return _("Card %(number)s is made. Hand it over with the book.") % {"number": card.number}


def _why(write: CardWrite | None) -> str:
    fault = next((kind for kind in CardFault.__subclasses__() if write and kind.code == write.error), CardFault)
    return sentences.of_card(fault())


def _open_reversal(top_up: TopUp) -> Reversal:
    reversal = top_up.reversals.order_by("-pk").first()
    if reversal is None or reversal.status != Reversal.Status.APPROVED:
        raise NotApproved(reversal.get_status_display() if reversal else _("nobody asked for it"))
    return reversal


def _is_off_the_card(top_up: TopUp) -> bool:
    return top_up.writes.filter(operation="cancel", outcome=CardWrite.Outcome.WRITTEN).exists()
