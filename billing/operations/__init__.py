"""The verbs of money."""

from .allowances import NewAllowance, end_allowance, grant_allowance
from .card_life import finish_card, issue_first_card, replace_card, report_loss
from .card_reads import CardReading, read_card
from .card_writes import begin_write, finish_write, settle_card
from .closing import close_account
from .credits import credit_gift, restore_lost_gas
from .ledger import Line, Unbalanced, post
from .meter_changes import change_meter
from .reversals import ask_reversal, begin_reversal, carry_out_reversal, decide_reversal
from .sales import Order, sell, sell_and_begin
from .tariffs import NewVersion, publish_tariff, set_purchase_limit

__all__ = [
    "CardReading",
    "Line",
    "NewAllowance",
    "NewVersion",
    "Order",
    "Unbalanced",
    "ask_reversal",
    "begin_reversal",
    "begin_write",
    "carry_out_reversal",
    "change_meter",
    "close_account",
    "credit_gift",
    "decide_reversal",
    "end_allowance",
    "finish_card",
    "finish_write",
    "grant_allowance",
    "issue_first_card",
    "post",
    "publish_tariff",
    "read_card",
    "replace_card",
    "report_loss",
    "restore_lost_gas",
    "sell",
    "sell_and_begin",
    "set_purchase_limit",
    "settle_card",
]
