"""Lengths of time as plain numbers, for templates."""

from datetime import timedelta

from django import template

register = template.Library()


@register.filter
def seconds(length: timedelta | None) -> int:
    """Whole seconds; none for no length."""
    return int(length.total_seconds()) if length else 0


@register.filter
def tenths(length: timedelta | None) -> str:
    """Seconds with one decimal."""
    return f"{length.total_seconds():.1f}" if length else "0.0"
