"""Amounts, volumes and prices as people read them, in the language of the page."""

from decimal import Decimal

from babel.numbers import format_currency, format_decimal
from django import template
from django.conf import settings
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from ..money import LITRES_PER_M3, PRICE_SCALE

register = template.Library()


def _locale() -> str:
    return to_locale(get_language() or "en")


@register.filter
def money(amount: int) -> str:
    """Minor units with the currency: 17100 -> ¥171.00."""
    return format_currency(Decimal(amount) / 100, settings.CURRENCY, locale=_locale())


@register.filter
def cubic_metres(litres: int) -> str:
    """Litres as m3 with the unit: 42500 -> 42.5 m³."""
    return _("%(volume)s m³") % {"volume": format_decimal(Decimal(litres) / LITRES_PER_M3, locale=_locale())}


@register.filter
def unit_price(price: int) -> str:
    """A price per m3: 27500 -> ¥2.75."""
    plain = Decimal(price) / PRICE_SCALE
    digits = 2 if plain == round(plain, 2) else 4
    return format_currency(plain, settings.CURRENCY, format=None, locale=_locale(), currency_digits=False, decimal_quantization=digits == 2)
