"""Shares of the hotline's figures as people read them."""

from fractions import Fraction

from django import template

register = template.Library()


@register.simple_tag
def share(value: Fraction | None) -> str:
    """A share as a rounded per cent; a dash where there is nothing to share."""
    return "–" if value is None else f"{round(value * 100)} %"
