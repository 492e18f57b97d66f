"""What a clerk does at one desk with one reader: the sale in its transaction, the card outside of any."""

from dataclasses import replace
from datetime import datetime

from accounts.actors import Actor

from ..devices.cards import CardFault, CardImage
from ..devices.driver import CardReader
from ..diagnoses import Diagnosis
from ..models import CardWrite, TopUp
from . import card_reads
from .card_writes import begin_write, finish_write
from .sales import Order, sell_and_begin


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
    top_up, write = sell_and_begin(order=replace(order, seen=reader.read()), by=by, at=at)
    return top_up if write is None else _write(write, reader, by=by, at=at)


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
