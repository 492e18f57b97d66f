"""Figures of the open score in templates."""

import json
from datetime import date

from babel.dates import format_skeleton
from babel.numbers import format_decimal
from django import template

from accounts.amounts import locale_now

register = template.Library()


@register.filter
def plain(value: float) -> str:
    """A number as machines write it: the same characters as in JSON and CSV."""
    return json.dumps(value)


@register.filter
def grouped(value: float) -> str:
    """A number as people write it in the language now active."""
    return format_decimal(value, format="#,##0.####", locale=locale_now())


@register.filter
def hours(value: float) -> str:
    """To the hundredth, which is half a minute."""
    return format_decimal(value, format="#,##0.##", locale=locale_now())


@register.filter
def month_name(month: date) -> str:
    """October 2026; 2026年10月; октябрь 2026 г."""
    return format_skeleton("yMMMM", month, locale=locale_now())


@register.filter
def month_short(month: date) -> str:
    """Oct 2026."""
    return format_skeleton("yMMM", month, locale=locale_now())
