"""What a clerk does at one desk with one reader: the sale in its transaction, the card outside of any."""

from dataclasses import replace
from datetime import datetime

from accounts.actors import Actor
from accounts.models import Account, GasCard

from ..devices.cards import CardFault, CardImage, EmptyCard
from ..devices.driver import CardReader
from ..diagnoses import Diagnosis
from ..models import CardWrite, Reversal, Shift, TopUp
from ..refusals import ChipNotNew, NotTakenOff
from . import card_reads
from .card_life import finish_card, issue_first_card
from .card_writes import begin_write, finish_write
from .reversals import begin_reversal, carry_out_reversal
from .sales import Order, sell_and_begin, sold_before


def read_now(*, reader: CardReader, by: Actor, at: datetime) -> card_reads.CardReading:
    """Read the card on the desk. A fault of card or reader is a diagnosis, not an exception."""
    try:
        seen = reader.read()
    except CardFault as fault:
        return card_reads.CardReading(diagnosis=Diagnosis(fault.code))
    return card_reads.read_card(seen=seen, by=by, at=at)


def sell_and_write(*, order: Order, reader: CardReader, by: Actor, at: datetime) -> TopUp:
    """Sell to the card on the reader and write it. What the card says is in the status of the top-up returned.

    Before any money is noted the card must be readable and able to take the order: raises CardFault (no card, damaged,
    foreign …) and everything ``sell`` raises. After that nothing is raised: a fault while writing leaves the order
    failed (try again) or unknown (read the card).
    """
    try:
        seen = reader.read()
    except CardFault:
        # The card of a sale that is repeated may have been handed back already.
        if (sold := sold_before(order)) is None:
            raise
        return sold
    sale = sell_and_begin(order=replace(order, seen=seen), by=by, at=at)
    return sale.top_up if sale.write is None else _write(sale.write, reader, by=by, at=at)


def write_now(*, top_up: TopUp, reader: CardReader, by: Actor, at: datetime) -> TopUp:
    """Write a paid order to the card on the reader: the first time, or again after a failure.

    Raises CardFault while reading, and what ``begin_write`` raises.
    """
    return _write(begin_write(top_up=top_up, seen=reader.read(), by=by, at=at), reader, by=by, at=at)


def _write(write: CardWrite, reader: CardReader, *, by: Actor, at: datetime) -> TopUp:
    read_back, error = drive(reader, write.wanted_image)
    return finish_write(write=write, read_back=read_back, error=error, by=by, at=at)


def drive(reader: CardReader, wanted: CardImage) -> tuple[CardImage | None, str]:
    """Ask the driver to write: what it read back, or the code of what went wrong."""
    try:
        return reader.write(wanted), ""
    except CardFault as fault:
        return None, fault.code


def issue_now(*, account: Account, reader: CardReader, by: Actor, at: datetime) -> GasCard:
    """Make the first card out of the new one on the reader. Raises ChipNotNew, CardFault, and what ``issue_first_card`` raises."""
    check_chip_is_new(reader)
    return make_card(write=issue_first_card(account=account, by=by, at=at), reader=reader, by=by, at=at)


def make_card(*, write: CardWrite, reader: CardReader, by: Actor, at: datetime) -> GasCard:
    """Write a new card that was begun. What became of it is in ``write.outcome``."""
    read_back, error = drive(reader, write.wanted_image)
    return finish_card(write=write, read_back=read_back, error=error, by=by, at=at)


def reverse_now(*, reversal: Reversal, shift: Shift, reader: CardReader, by: Actor, at: datetime) -> Reversal:
    """Take the volume off the card on the reader, then give the money back.

    When nobody knows whether the card was written the money stays: read the card, then carry the reversal out.
    Raises CardFault, NotTakenOff, and what ``begin_reversal`` and ``carry_out_reversal`` raise.
    """
    write = begin_reversal(reversal=reversal, shift=shift, seen=reader.read(), by=by, at=at)
    _write(write, reader, by=by, at=at)
    if write.outcome != CardWrite.Outcome.WRITTEN:
        raise NotTakenOff(is_known=write.outcome == CardWrite.Outcome.NOT_WRITTEN)
    return carry_out_reversal(reversal=reversal, shift=shift, by=by, at=at)


def check_chip_is_new(reader: CardReader) -> None:
    """Raises ChipNotNew, or the CardFault of the reader."""
    try:
        reader.read()
    except EmptyCard:
        return
    raise ChipNotNew
