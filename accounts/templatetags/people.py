"""Phones and names as screens show them."""

from django import template

from .. import masking

register = template.Library()


@register.filter
def phone(number: object) -> str:
    """As people of its country write it."""
    return masking.format_phone(str(number or ""))


@register.filter
def masked_phone(number: object) -> str:
    """The last four digits."""
    return masking.mask_phone(str(number or ""))


@register.filter
def masked_identity(tail: str) -> str:
    """The end of an identity number."""
    return masking.mask_identity(tail)
