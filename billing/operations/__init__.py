"""The verbs of money."""

from .card_life import change_meter, credit_gift, finish_card, issue_first_card, replace_card, report_loss, restore_lost_gas
from .card_reads import CardReading, read_card
from .card_writes import begin_write, finish_write, settle_card
from .ledger import Line, Unbalanced, post
from .reversals import ask_reversal, begin_reversal, carry_out_reversal, decide_reversal
from .sales import Order, sell, sell_and_begin

__all__ = [
    "CardReading",
    "Line",
    "Order",
    "Unbalanced",
    "ask_reversal",
    "begin_reversal",
    "begin_write",
    "carry_out_reversal",
    "change_meter",
    "credit_gift",
    "decide_reversal",
    "finish_card",
    "finish_write",
    "issue_first_card",
    "post",
    "read_card",
    "replace_card",
    "report_loss",
    "restore_lost_gas",
    "sell",
    "sell_and_begin",
    "settle_card",
]
