"""What we write to customers about money."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from notices.letter import Letter
from notices.models import Channel

_ANY = (Channel.SMS, Channel.EMAIL, Channel.CABINET)
_KEEPERS = (Channel.INBOX, Channel.SMS, Channel.EMAIL)

_SMS = (Channel.SMS,)
_TODAY = timedelta(hours=12)

LETTERS = {
    "kiosk_stopped": Letter("billing", _KEEPERS, _("a kiosk has stopped working"), lives=timedelta(hours=12)),
    "receipt": Letter("billing", _ANY, _("receipt")),
    "money_held": Letter("billing", _ANY, _("money that goes back")),
    "refund_done": Letter("billing", _ANY, _("money given back")),
    "money_credited": Letter("billing", _ANY, _("payment that became credit")),
    "credit_paid_out": Letter("billing", _ANY, _("credit that was paid out")),
    "bill_issued": Letter("billing", _ANY, _("bill of a month")),
    "bill_settled": Letter("billing", _ANY, _("bill with nothing left to pay")),
    "bill_paid": Letter("billing", _ANY, _("bill paid")),
    "bill_due_soon": Letter("billing", _ANY, _("bill due soon")),
    "bill_overdue": Letter("billing", _ANY, _("bill overdue")),
    "bill_long_overdue": Letter("billing", _ANY, _("bill overdue, second reminder")),
    "reading_wanted": Letter("billing", _ANY, _("meter reading wanted"), lives=timedelta(days=4)),
    "reading_rejected": Letter("billing", _ANY, _("meter reading not believed")),
    "reading_taken": Letter("billing", _SMS, _("meter reading understood"), lives=_TODAY, is_prompt=True),
    "reading_doubtful": Letter("billing", _SMS, _("meter reading to be checked"), lives=_TODAY, is_prompt=True),
    "reading_unsure": Letter("billing", _SMS, _("meter reading from an unknown phone"), lives=_TODAY, is_prompt=True),
    "reading_refused": Letter("billing", _SMS, _("meter reading refused"), lives=_TODAY, is_prompt=True),
    "reading_unreadable": Letter("billing", _SMS, _("text message not understood"), lives=_TODAY, is_prompt=True),
    "allowance_ends": Letter("billing", _ANY, _("proof of a household that will run out")),
    "compensation": Letter("billing", _ANY, _("compensation for a broken promise")),
    "compensation_back": Letter("billing", _ANY, _("compensation taken back")),
    "credit_ends": Letter("billing", _ANY, _("credit that will soon be used up")),
    "credit_holiday": Letter("billing", _ANY, _("credit that may not last over the holidays")),
    "meter_low": Letter("billing", _ANY, _("little credit in the meter")),
    "meter_closed": Letter("billing", _ANY, _("the meter has closed its valve")),
    "recharge_late": Letter("billing", _ANY, _("paid gas the meter has not fetched")),
    "red_letter": Letter("billing", _ANY, _("red-letter receipt")),
}
