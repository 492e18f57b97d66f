"""Amounts, volumes and prices as people read them, in the language of the page."""

from django import template

from .. import wording

register = template.Library()


@register.filter
def money(amount: int | None, currency: str = "") -> str:
    """Minor units with the currency: 17100 -> ¥171.00; a dash where there is no amount."""
    return "–" if amount is None else wording.money(amount, currency)


@register.filter
def cubic_metres(litres: int | None) -> str:
    """Litres as m3 with the unit: 42500 -> 42.5 m³; a dash where there is no volume."""
    return "–" if litres is None else wording.cubic_metres(litres)


@register.filter
def hundredths(number: int) -> str:
    """How many, kept in hundredths: 1250 -> 12.5."""
    return wording.hundredths(number)


@register.filter
def unit_price(price: int | None, currency: str = "") -> str:
    """A price per m3: 27500 -> ¥2.75; a dash where there is no price."""
    return "–" if price is None else wording.unit_price(price, currency)
