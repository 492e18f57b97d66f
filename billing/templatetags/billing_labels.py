"""Words for codes that stand in snapshots."""

from django import template

from ..bill_refusals import doubt_sentence, fault_sentence
from ..models import Book, Payment

register = template.Library()


@register.filter
def method_label(method: str) -> str:
    """``cash`` in the reader's language."""
    return str(Payment.Method(method).label)


@register.filter
def book_label(book: str) -> str:
    """``prepaid`` in the reader's language."""
    return str(Book(book).label)


@register.filter
def doubt_label(code: str) -> str:
    """Why a reading is not believed at once, in words."""
    return doubt_sentence(code)


@register.filter
def fault_label(code: str) -> str:
    """Why a month could not be billed, in words."""
    return fault_sentence(code)
