"""What was reckoned, for templates: lengths of counted time."""

from datetime import timedelta

from babel.numbers import format_percent
from django import template
from django.utils.translation import get_language, to_locale

from ..wording import length_in_words

register = template.Library()


@register.filter
def length_words(length: timedelta | None) -> str:
    """4 hours 30 minutes; empty without a length."""
    return "" if length is None else length_in_words(length)


@register.filter
def share_words(found: tuple[int, int]) -> str:
    """So many of so many as percent; a dash where there is nothing to judge."""
    part, whole = found
    return format_percent(part / whole, "#,##0.0%", locale=to_locale(get_language() or "en")) if whole else "–"
