"""Amounts, volumes, prices and days as people read them, in the language now active. Nothing in them breaks at a line's end."""

from datetime import date
from decimal import Decimal

from babel.numbers import format_decimal
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.amounts import MINUS, NBSP, locale_now, money, with_sign

from .money import LITRES_PER_M3, PRICE_SCALE

__all__ = ["NBSP", "cubic_metres", "day", "hundredths", "money", "unit_price"]


def unit_price(price: int, currency: str = "") -> str:
    """A price per m3, with as many digits as it has, but two at least: 27500 is ¥2.75, 41250 is ¥4.125."""
    return with_sign(Decimal(price) / PRICE_SCALE, "#,##0.00##", currency)


def cubic_metres(litres: int) -> str:
    """Litres as m3 with the unit: 42500 is 42.5 m³."""
    volume = format_decimal(Decimal(abs(litres)) / LITRES_PER_M3, format="#,##0.###", locale=locale_now())
    phrase = (_("%(volume)s m³") % {"volume": volume}).replace(" ", NBSP)
    return MINUS + phrase if litres < 0 else phrase


def hundredths(number: int) -> str:
    """A number of pieces or metres: 1250 is 12.5."""
    return str(format_decimal(Decimal(number) / 100, format="#,##0.##", locale=locale_now()))


def day(value: date | None) -> str:
    """A calendar day, written as everywhere; a dash for none."""
    return date_format(value, "DATE_FORMAT") if value else "–"
