"""Money as people read it, in the language now active, the same on every floor. Nothing in it breaks at a line's end."""

from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal
from django.conf import settings
from django.utils.translation import get_language, to_locale

NBSP, MINUS = "\u00a0", "\u2212"
_SYMBOLS = {"CNY": "¥", "RUB": "₽", "USD": "$"}


def locale_now() -> Locale:
    """Of the language now active."""
    return Locale.parse(to_locale(get_language() or "en"))


def money(amount: int, currency: str = "") -> str:
    """Minor units with the currency's sign where the language puts it: 17100 is ¥171.00, in Russian 171,00 ¥."""
    return with_sign(Decimal(amount) / 100, "#,##0.00", currency)


def with_sign(amount: Decimal, pattern: str, currency: str = "") -> str:
    """A number of so many digits with the sign of a currency (ours, if none is named)."""
    locale, currency = locale_now(), currency or settings.CURRENCY
    number = format_decimal(abs(amount), format=pattern, locale=locale)
    symbol = _SYMBOLS.get(currency, currency + NBSP)
    # The locale's own pattern says which side the sign stands on; Babel's sign for yuan in English is “CN¥”.
    leads = locale.currency_formats["standard"].pattern.startswith("¤")
    signed = f"{symbol}{number}" if leads else f"{number}{NBSP}{symbol.strip()}"
    return MINUS + signed if amount < 0 else signed
