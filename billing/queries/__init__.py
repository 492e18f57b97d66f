"""Reads that cross models or feed a screen."""

from .explanations import Reason, why_price
from .pricing import Pricing
from .purchases import account_position, purchases, unwritten
from .quotes import Quote, quote

__all__ = ["Pricing", "Quote", "Reason", "account_position", "purchases", "quote", "unwritten", "why_price"]
