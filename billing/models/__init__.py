"""One subject a file; imported here so that Django and callers find them under one name."""

from .ledger import Book, Entry, Posting
from .receipt import Paper, Receipt
from .shift import HallDay, ReopenReason, Shift, ShiftReturn
from .simulated_chip import SimulatedChip
from .tariff import Allowance, PurchaseLimit, Tariff, TariffVersion, Tier
from .top_up import CardWrite, Payment, Reversal, TopUp

__all__ = [
    "Allowance",
    "Book",
    "CardWrite",
    "Entry",
    "HallDay",
    "Paper",
    "Payment",
    "Posting",
    "PurchaseLimit",
    "Receipt",
    "ReopenReason",
    "Reversal",
    "Shift",
    "ShiftReturn",
    "SimulatedChip",
    "Tariff",
    "TariffVersion",
    "Tier",
    "TopUp",
]
