"""One subject a file; imported here so that Django and callers find them under one name."""

from .assignment import HeldAssignment
from .bill import Bill, BillFault, BillPayment, Reading
from .card_sighting import CardSighting
from .charge import Charge, ChargeReceipt, ChargeReturn
from .checkout import Checkout, Provider, ProviderNotice, ProviderPayment, Refund
from .connected_meter import ConnectedMeter, MeterCommand, MeterDay
from .counter_visit import CounterVisit
from .credit_forecast import CreditForecast, ForecastTrial
from .credit_payout import CreditPayout
from .hall_day import BankDeposit, DaySignature, HallDay
from .kiosk import DeviceKey, Kiosk, KioskCash
from .ledger import Book, Entry, Posting
from .ledger_break import Break
from .receipt import Paper, Receipt
from .shift import ReopenReason, Shift, ShiftReturn
from .simulated_chip import SimulatedChip
from .statement import Payout, Statement, StatementLine
from .tariff import Allowance, PurchaseLimit, Tariff, TariffVersion, Tier
from .top_up import CardWrite, Payment, Reversal, TopUp

__all__ = [
    "Allowance",
    "BankDeposit",
    "Bill",
    "BillFault",
    "BillPayment",
    "Book",
    "Break",
    "CardSighting",
    "CardWrite",
    "Charge",
    "ChargeReceipt",
    "ChargeReturn",
    "Checkout",
    "ConnectedMeter",
    "CounterVisit",
    "CreditForecast",
    "CreditPayout",
    "DaySignature",
    "DeviceKey",
    "Entry",
    "ForecastTrial",
    "HallDay",
    "HeldAssignment",
    "Kiosk",
    "KioskCash",
    "MeterCommand",
    "MeterDay",
    "Paper",
    "Payment",
    "Payout",
    "Posting",
    "Provider",
    "ProviderNotice",
    "ProviderPayment",
    "PurchaseLimit",
    "Reading",
    "Receipt",
    "Refund",
    "ReopenReason",
    "Reversal",
    "Shift",
    "ShiftReturn",
    "SimulatedChip",
    "Statement",
    "StatementLine",
    "Tariff",
    "TariffVersion",
    "Tier",
    "TopUp",
]
