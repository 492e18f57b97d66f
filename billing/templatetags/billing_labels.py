"""Words for codes that stand in snapshots."""

from django import template

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
