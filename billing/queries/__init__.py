"""Reads that cross models or feed a screen."""

from .pricing import Pricing
from .purchases import account_position, purchases, unwritten
from .quotes import Quote, quote

__all__ = ["Pricing", "Quote", "account_position", "purchases", "quote", "unwritten"]
