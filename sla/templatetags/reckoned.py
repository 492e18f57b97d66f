"""What was reckoned, for templates: lengths of counted time."""

from datetime import timedelta

from django import template

from ..wording import length_in_words

register = template.Library()


@register.filter
def length_words(length: timedelta | None) -> str:
    """4 hours 30 minutes; empty without a length."""
    return "" if length is None else length_in_words(length)
