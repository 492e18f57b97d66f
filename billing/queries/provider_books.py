"""Where money at a provider stands in the ledger."""

from collections.abc import Mapping

from ..models import Book, Payment, Provider

BOOK_OF_PROVIDER: Mapping[str, Book] = {Provider.WECHAT: Book.WECHAT, Provider.ALIPAY: Book.ALIPAY, Provider.BANK: Book.BANK}
#: Payment methods that are named like their provider.
ONLINE_METHODS = (Payment.Method.WECHAT, Payment.Method.ALIPAY, Payment.Method.BANK)


def book_of(provider: str) -> Book:
    """The book of money at a provider."""
    return BOOK_OF_PROVIDER[provider]


def is_online(method: str) -> bool:
    """Whether money came in through a provider, and goes back through it."""
    return method in ONLINE_METHODS
