"""What we write about interruptions: to everybody they touch, and to whom must decide or look."""

from django.utils.translation import gettext_lazy as _

from notices.letter import Letter
from notices.models import Channel

_CUSTOMER = (Channel.SMS, Channel.VOICE, Channel.EMAIL, Channel.CABINET)
_STAFF = (Channel.INBOX, Channel.SMS, Channel.EMAIL)

OUTAGE_LETTERS = {
    "outage_planned": Letter("repairs", _CUSTOMER, _("gas will be off for works")),
    "outage_begun": Letter("repairs", _CUSTOMER, _("gas is off after an accident")),
    "outage_changed": Letter("repairs", _CUSTOMER, _("gas is off at other hours than said")),
    "outage_ended": Letter("repairs", _CUSTOMER, _("gas is on again")),
    "outage_cancelled": Letter("repairs", _CUSTOMER, _("works that were announced are called off")),
    "outage_proposed": Letter("repairs", _STAFF, _("reports propose an interruption of supply")),
    "outage_exception": Letter("repairs", _STAFF, _("an exception for an interruption waits for approval")),
    "outage_decided": Letter("repairs", (Channel.INBOX,), _("an exception for an interruption is decided")),
}
