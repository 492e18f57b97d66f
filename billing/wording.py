"""Amounts, volumes, prices and days as people read them, in the language now active. Nothing in them breaks at a line's end."""

from datetime import date
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from .money import LITRES_PER_M3, PRICE_SCALE

NBSP, MINUS = "\u00a0", "\u2212"
_SYMBOLS = {"CNY": "¥", "RUB": "₽", "USD": "$"}


def _locale() -> Locale:
    return Locale.parse(to_locale(get_language() or "en"))


def money(amount: int, currency: str = "") -> str:
    """Minor units with the currency's sign where the language puts it: 17100 is ¥171.00, in Russian 171,00 ¥."""
    return _with_sign(Decimal(amount) / 100, "#,##0.00", currency)


def unit_price(price: int, currency: str = "") -> str:
    """A price per m3, with as many digits as it has, but two at least: 27500 is ¥2.75, 41250 is ¥4.125."""
    return _with_sign(Decimal(price) / PRICE_SCALE, "#,##0.00##", currency)


def _with_sign(amount: Decimal, pattern: str, currency: str) -> str:
    locale, currency = _locale(), currency or settings.CURRENCY
    number = format_decimal(abs(amount), format=pattern, locale=locale)
    symbol = _SYMBOLS.get(currency, currency + NBSP)
    # The locale's own pattern says which side the sign stands on; Babel's sign for yuan in English is “CN¥”.
    leads = locale.currency_formats["standard"].pattern.startswith("¤")
    signed = f"{symbol}{number}" if leads else f"{number}{NBSP}{symbol.strip()}"
    return MINUS + signed if amount < 0 else signed


def cubic_metres(litres: int) -> str:
    """Litres as m3 with the unit: 42500 is 42.5 m³."""
    volume = format_decimal(Decimal(abs(litres)) / LITRES_PER_M3, format="#,##0.###", locale=_locale())
    phrase = (_("%(volume)s m³") % {"volume": volume}).replace(" ", NBSP)
    return MINUS + phrase if litres < 0 else phrase


def day(value: date | None) -> str:
    """A calendar day, written as everywhere; a dash for none."""
    return date_format(value, "DATE_FORMAT") if value else "–"
