"""One line of an import, checked cell by cell; every fault names its column."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

import phonenumbers
from django.conf import settings
from django.utils.translation import gettext as _

from .. import addresses, identity_numbers, numbers
from ..listing import listed
from ..models import Account, Customer, Meter, Premises, Segment
from .columns import COLUMNS, PLACES
from .files import BROKEN

_ADDRESS = Premises._meta.get_field("address").max_length or 0
#: As spreadsheets write it in their countries: 2024-03-01, 2024/3/1, 2024.3.1.
_DATE = re.compile(r"[-/.]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_EARLIEST, _LATEST = 1900, 2199


class _Wrong(ValueError):
    """A cell that cannot be read; str() is the reason."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line, without repeating what stands there: it may be somebody's data."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True)
class Row:
    """A line that can be read: values by column, places from the largest down."""

    line: int
    values: Mapping[str, Any]
    places: tuple[tuple[str, str], ...]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


def read_row(line: int, cells: Mapping[str, str]) -> tuple[Row | None, list[Fault]]:
    """The row, or everything that is wrong with it."""
    if BROKEN in cells:
        return None, [Fault(line, "", cells[BROKEN])]
    if _CONTROL.search("\n".join(cells.values())):
        marked = [name for name, text in cells.items() if _CONTROL.search(text)]
        return None, [Fault(line, name, _("holds a character that cannot be printed")) for name in marked]
    values: dict[str, Any] = {}
    faults = []
    for column in COLUMNS:
        text = unicodedata.normalize("NFKC", cells.get(column.name, "")).strip() if column.name not in _KEPT else cells.get(column.name, "")
        try:
            if column.is_needed and not text:
                raise _Wrong(_("is empty"))
            values[column.name] = _READERS.get(column.name, _plain)(text)
        except _Wrong as wrong:
            faults.append(Fault(line, column.name, str(wrong)))
    if not faults:
        faults = [Fault(line, column, reason) for column, reason in _across(values)]
    if faults:
        return None, faults
    places = tuple((level, values[level]) for level in PLACES if values[level])
    return Row(line, values, places), []


def _across(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What only several cells together show."""
    wrong = []
    number, is_entity = values["identity_number"], values["customer_kind"] == Customer.Kind.ENTITY
    fits = identity_numbers.is_valid_for_entity if is_entity else identity_numbers.is_valid_for_person
    if number and not fits(number):
        wrong.append(("identity_number", _("the check digit or the shape is wrong")))
    if bool(values["meter_kind"]) != bool(values["meter_serial"]):
        wrong.append(("meter_serial", _("meter kind and serial number go together")))
    if values["meter_serial"] and not values["meter_use_until"]:
        wrong.append(("meter_use_until", _("is empty")))
    address = [*(values[level] for level in PLACES), values["door"]]
    if len(addresses.written(address)) > _ADDRESS:
        wrong.append(("door", _("the whole address is too long")))
    if values["card_number"] and values["meter_kind"] not in {Meter.Kind.VOLUME, Meter.Kind.AMOUNT}:
        wrong.append(("card_number", _("a card needs a card meter")))
    return wrong


def _plain(text: str) -> str:
    if len(text) > 200:
        raise _Wrong(_("is too long"))
    return text


def _short(most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > most:
            raise _Wrong(_("is too long"))
        return text

    return read


def _number(text: str) -> str:
    if not numbers.is_valid(text):
        raise _Wrong(_("is not ten digits with the right check digit"))
    return text


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > 120:
        raise _Wrong(_("is not a name"))
    return name


def _one_of(choices: list[str], default: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        value = text.lower() or default
        if value not in choices:
            raise _Wrong(_("must be one of %(choices)s") % {"choices": listed(filter(None, choices))})
        return value

    return read


@lru_cache(maxsize=4096)
def _phone(text: str) -> str:
    if not text:
        return ""
    try:
        number = phonenumbers.parse(text, settings.PHONENUMBER_DEFAULT_REGION)
    except phonenumbers.NumberParseException:
        raise _Wrong(_("is not a phone number")) from None
    if not phonenumbers.is_valid_number(number):
        raise _Wrong(_("is not a phone number"))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@lru_cache(maxsize=4096)
def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        day = date(*(int(part) for part in _DATE.split(text, maxsplit=2)))
    except (ValueError, TypeError):
        raise _Wrong(_("is not a date like 2024-03-01")) from None
    if not _EARLIEST <= day.year <= _LATEST:
        raise _Wrong(_("is not a date like 2024-03-01"))
    return day


def _card(text: str) -> str:
    if text and not (len(text) == 10 and text.isascii() and text.isdigit()):
        raise _Wrong(_("is not ten digits"))
    return text


def _count(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise _Wrong(_("is not a whole number"))
    return int(text)


def _litres(text: str) -> int:
    try:
        litres = Decimal(text.replace(",", ".") or "0") * 1000
    except InvalidOperation:
        raise _Wrong(_("is not a volume")) from None
    if not litres.is_finite() or litres < 0 or litres != litres.to_integral_value() or litres > 10**12:
        raise _Wrong(_("is not a volume"))
    return int(litres)


_KEPT = frozenset({"customer_name"})  # a name is kept as typed, full-width letters and all
_READERS: Mapping[str, Callable[[str], Any]] = {
    "account_number": _number,
    "customer_name": _name,
    "customer_kind": _one_of(Customer.Kind.values, Customer.Kind.PERSON),
    "identity_number": identity_numbers.compact,
    "phone": _phone,
    "language": _one_of([code for code, _name in settings.LANGUAGES], "zh-hans"),
    "segment": _one_of(Segment.values, Segment.ORDINARY),
    "use_kind": _one_of(Account.UseKind.values, Account.UseKind.RESIDENTIAL),
    "price_class": _one_of(Account.PriceClass.values, Account.PriceClass.RESIDENT),
    "opened_on": _day,
    "door": _short(20),
    **dict.fromkeys(PLACES, _short(80)),
    "meter_kind": _one_of(["", *Meter.Kind.values], ""),
    "meter_serial": _short(32),
    "meter_maker": _short(60),
    "meter_model": _short(40),
    "meter_installed_on": _day,
    "meter_use_until": _day,
    "card_number": _card,
    "card_counter": _count,
    "card_volume_m3": _litres,
    "card_password": _short(16),
}
