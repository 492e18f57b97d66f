"""What we write to customers about money."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from notices.letter import Letter
from notices.models import Channel

_ANY = (Channel.SMS, Channel.EMAIL, Channel.CABINET)
_KEEPERS = (Channel.INBOX, Channel.SMS, Channel.EMAIL)

LETTERS = {
    "kiosk_stopped": Letter("billing", _KEEPERS, _("a kiosk has stopped working"), lives=timedelta(hours=12)),
    "receipt": Letter("billing", _ANY, _("receipt")),
    "compensation": Letter("billing", _ANY, _("compensation for a broken promise")),
    "compensation_back": Letter("billing", _ANY, _("compensation taken back")),
    "meter_low": Letter("billing", _ANY, _("little credit in the meter")),
    "meter_closed": Letter("billing", _ANY, _("the meter has closed its valve")),
    "recharge_late": Letter("billing", _ANY, _("paid gas the meter has not fetched")),
    "red_letter": Letter("billing", _ANY, _("red-letter receipt")),
}
