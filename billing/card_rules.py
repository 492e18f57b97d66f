"""The counter table of prepaid card systems: what each operation leaves on the card, and what a later read proves.

========================  =============  =================  =================================
operation                 counter        cumulative volume  condition
========================  =============  =================  =================================
first card                0 (1 at sale)  0                  a new chip
purchase                  last + 1       grows              the meter loaded the one before
cancel                    last - 1       minus this order   the order is still on the card
lost gas                  unchanged      unchanged          counter is not 0
credit of an old meter    last + 1       unchanged          counter is 0: new card, new meter
gift                      last + 1       unchanged          a reason
replacement card          unchanged      unchanged          a new chip
========================  =============  =================  =================================

The meter takes an order only when its counter is the next in line, which is what makes copied cards useless.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from .devices.cards import CardImage


class Operation(StrEnum):
    """Why a card is written."""

    FIRST_CARD = "first_card"
    PURCHASE = "purchase"
    CANCEL = "cancel"
    LOST_GAS = "lost_gas"
    METER_CHANGE = "meter_change"
    GIFT = "gift"
    REPLACEMENT = "replacement"


class Verdict(StrEnum):
    """What a read proves about an earlier write."""

    WRITTEN = "written"
    NOT_WRITTEN = "not_written"
    UNKNOWN = "unknown"


class RuleBroken(Exception):
    """The table does not allow this; ``rule`` is ``counter_is_zero`` or ``counter_not_zero``."""

    def __init__(self, rule: str) -> None:
        self.rule = rule
        super().__init__(rule)


_COUNTER: Mapping[Operation, int] = {
    Operation.FIRST_CARD: 0,
    Operation.PURCHASE: 1,
    Operation.CANCEL: -1,
    Operation.LOST_GAS: 0,
    Operation.METER_CHANGE: 1,
    Operation.GIFT: 1,
    Operation.REPLACEMENT: 0,
}


def check(operation: Operation, counter: int) -> None:
    """Raises RuleBroken where the table's condition on the counter does not hold."""
    if operation in {Operation.CANCEL, Operation.LOST_GAS} and counter == 0:
        raise RuleBroken("counter_is_zero")
    if operation in {Operation.METER_CHANGE, Operation.FIRST_CARD} and counter != 0:
        raise RuleBroken("counter_not_zero")


def next_counter(operation: Operation, counter: int) -> int:
    """The purchase counter an operation leaves behind. Raises RuleBroken."""
    check(operation, counter)
    return counter + _COUNTER[operation]


def next_cumulative(operation: Operation, cumulative: int, litres: int) -> int:
    """The bought volume of the meter after an operation."""
    change = {Operation.PURCHASE: litres, Operation.CANCEL: -litres}.get(operation, 0)
    return max(0, cumulative + change)


@dataclass(frozen=True, kw_only=True)
class Load:
    """What is to be put on the card: litres, and for amount meters the money and the price plan they apply."""

    litres: int
    money: int = 0
    prices: tuple[int, ...] = ()
    bounds: tuple[int, ...] = ()
    cycle_starts: date | None = None
    price_version: int = 0


def image_after(operation: Operation, seen: CardImage, load: Load, *, password: str, today: date) -> CardImage:
    """The image to write on a card as it was seen. ``load`` is what a purchase adds or a cancel takes off. Raises RuleBroken."""
    counter = next_counter(operation, seen.counter)
    base = replace(
        seen,
        counter=counter,
        cumulative_litres=next_cumulative(operation, seen.cumulative_litres, load.litres),
        password=password,
        unlock=seen.password,
    )
    if operation is Operation.CANCEL:
        return replace(base, litres=0, money=0, last_litres=seen.previous_litres, previous_litres=0, sold_on=seen.previous_sold_on)
    loaded = replace(
        base,
        litres=0 if load.prices else load.litres,
        money=load.money if load.prices else 0,
        prices=load.prices,
        bounds=load.bounds,
        cycle_starts=load.cycle_starts,
        price_version=load.price_version,
    )
    if operation is Operation.LOST_GAS:
        return loaded
    return replace(loaded, last_litres=load.litres, previous_litres=seen.last_litres, sold_on=today, previous_sold_on=seen.sold_on)


def settle(before: CardImage, wanted: CardImage, seen: CardImage) -> Verdict:
    """Whether the write from ``before`` to ``wanted`` happened, by the card as it is seen now.

    The card's own counter is the witness. Where an operation leaves the counter alone, the password is: each write
    leaves one of its own.
    """
    if seen.card_number != wanted.card_number:
        return Verdict.UNKNOWN
    if wanted.counter != before.counter:
        witness, yes, no = seen.counter, wanted.counter, before.counter
        return _judge(witness, yes, no)
    return _judge(seen.password, wanted.password, before.password)


def _judge[T](witness: T, yes: T, no: T) -> Verdict:
    if witness == yes:
        return Verdict.WRITTEN
    return Verdict.NOT_WRITTEN if witness == no else Verdict.UNKNOWN
