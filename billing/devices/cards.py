"""What is on a gas card, independent of the maker: the image, how it is laid out in bytes, and what can be wrong with it.

The layout has a version byte and ends in a CRC16, so that a torn write is noticed at the next read. Volumes are litres,
money is minor units, prices are 1/10 000 per m3. Amount meters (金额表) apply the price themselves: for them money, prices,
tier bounds, the start of the tier year and the price version are written as well.

``password`` is what the chip holds: every write leaves a new one. ``unlock`` is the password a write must present and is
never stored on the chip: a write against a card that somebody wrote in between is refused by the card itself.
"""

import struct
from binascii import crc_hqx
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Self

_LAYOUT = 1
_FIXED = struct.Struct(">BBHHQ8s8s IQQQQIII HHHQHBB")
_EPOCH = date(2000, 1, 1).toordinal()
_NEW_CHIP = ""


class CardFault(Exception):
    """Something is wrong with the card or the reader. ``code`` names it everywhere alike (``billing.diagnoses``).

    ``untouched``: the driver knows that nothing was written. Otherwise only the next read can tell.
    """

    code = "fault"
    untouched = True


class NoCard(CardFault):
    """Nothing lies on the reader."""

    code = "no_card"


class ForeignCard(CardFault):
    """Another company's card, or another city's."""

    code = "foreign"


class DamagedCard(CardFault):
    """The content does not match its checksum."""

    code = "damaged"
    untouched = False


class EmptyCard(CardFault):
    """A new card: nothing was ever written to it."""

    code = "empty"


class ToolCard(CardFault):
    """A card of the service people, not of a customer."""

    code = "tool"


class WrongPassword(CardFault):
    """The card refused the write: somebody else wrote it since it was read, or it is a copy."""

    code = "wrong_password"


class CardPulled(CardFault):
    """Taken out in the middle of a write."""

    code = "pulled"
    untouched = False


class PowerLost(CardFault):
    """The reader went dark; whether it wrote is unknown."""

    code = "power_lost"
    untouched = False


class TooLargeForCard(CardFault):
    """A number does not fit the card's field for it: nothing was written, and nothing may be sold for it."""

    code = "too_large_for_card"


class CardKind(StrEnum):
    """Whose hands it is made for."""

    USER = "user"
    TOOL = "tool"


@dataclass(frozen=True, kw_only=True)
class CardImage:
    """The content of one card. ``litres`` (or ``money``) is what was bought and not yet loaded by the meter."""

    factory_code: str
    area_code: str
    card_number: str
    password: str
    counter: int
    litres: int = 0
    last_litres: int = 0
    previous_litres: int = 0
    cumulative_litres: int = 0
    alarm_litres: int = 0
    cap_litres: int = 0
    overdraft_litres: int = 0
    sold_on: date | None = None
    previous_sold_on: date | None = None
    kind: CardKind = CardKind.USER
    money: int = 0
    prices: tuple[int, ...] = ()
    bounds: tuple[int, ...] = ()
    cycle_starts: date | None = None
    price_version: int = 0
    unlock: str = ""

    @property
    def is_loaded(self) -> bool:
        """The meter took everything: nothing bought is left on the card."""
        return self.litres == 0 and self.money == 0

    def as_json(self) -> dict[str, Any]:
        """For rows that keep it as evidence."""
        plain = asdict(self)
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in plain.items()}

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Self:
        """The other way round of ``as_json``."""
        dates = {"sold_on", "previous_sold_on", "cycle_starts"}
        values = {field.name: plain[field.name] for field in fields(cls) if field.name in plain}
        for name in dates & values.keys():
            values[name] = date.fromisoformat(values[name]) if values[name] else None
        values |= {"kind": CardKind(values["kind"]), "prices": tuple(values["prices"]), "bounds": tuple(values["bounds"])}
        return cls(**values)


def encode(image: CardImage) -> str:
    """The image as hex with its checksum: what a chip holds, and what a reader bridge sends and gets. Raises TooLargeForCard."""
    try:
        body = _pack(image)
    except (struct.error, ValueError):
        raise TooLargeForCard from None
    return (body + crc_hqx(body, 0xFFFF).to_bytes(2)).hex()


def _pack(image: CardImage) -> bytes:
    body = _FIXED.pack(
        _LAYOUT,
        image.kind == CardKind.TOOL,
        int(image.factory_code),
        int(image.area_code),
        int(image.card_number),
        bytes.fromhex(image.password).rjust(8, b"\0"),
        bytes.fromhex(image.unlock).rjust(8, b"\0"),
        image.counter,
        image.litres,
        image.last_litres,
        image.previous_litres,
        image.cumulative_litres,
        image.alarm_litres,
        image.cap_litres,
        image.overdraft_litres,
        *(_day_number(day) for day in (image.sold_on, image.previous_sold_on, image.cycle_starts)),
        image.money,
        image.price_version,
        len(image.prices),
        len(image.bounds),
    )
    return body + struct.pack(f">{len(image.prices)}I{len(image.bounds)}Q", *image.prices, *image.bounds)


def decode(content: str) -> CardImage:
    """The image in a chip's content. Raises EmptyCard on a new chip, DamagedCard when the checksum or layout is wrong."""
    if content == _NEW_CHIP or set(content) <= {"f"}:
        raise EmptyCard
    try:
        whole = bytes.fromhex(content)
        if crc_hqx(whole, 0xFFFF) != 0 or whole[0] != _LAYOUT:
            raise DamagedCard
        return _unpack(whole[:-2])
    except (ValueError, IndexError, struct.error):
        raise DamagedCard from None


def _unpack(body: bytes) -> CardImage:
    _layout, is_tool, factory, area, number, password, unlock, *volumes, sold, before, cycle, money, version, prices, bounds = (
        _FIXED.unpack(body[: _FIXED.size])
    )
    plan = struct.unpack(f">{prices}I{bounds}Q", body[_FIXED.size :])
    counter, litres, last, previous, cumulative, alarm, cap, overdraft = volumes
    return CardImage(
        factory_code=f"{factory:04d}",
        area_code=f"{area:04d}",
        card_number=f"{number:010d}",
        password=password.hex(),
        unlock=unlock.hex() if any(unlock) else "",
        counter=counter,
        litres=litres,
        last_litres=last,
        previous_litres=previous,
        cumulative_litres=cumulative,
        alarm_litres=alarm,
        cap_litres=cap,
        overdraft_litres=overdraft,
        sold_on=_day(sold),
        previous_sold_on=_day(before),
        cycle_starts=_day(cycle),
        kind=CardKind.TOOL if is_tool else CardKind.USER,
        money=money,
        price_version=version,
        prices=plan[:prices],
        bounds=plan[prices:],
    )


def _day_number(day: date | None) -> int:
    return day.toordinal() - _EPOCH if day else 0


def _day(number: int) -> date | None:
    return date.fromordinal(number + _EPOCH) if number else None


def check_is_ours(image: CardImage, *, factory_code: str, area_code: str) -> None:
    """Raises ForeignCard for another maker's or city's card, ToolCard for one of the service people."""
    if (image.factory_code, image.area_code) != (factory_code, area_code):
        raise ForeignCard
    if image.kind == CardKind.TOOL:
        raise ToolCard
