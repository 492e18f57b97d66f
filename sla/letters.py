"""What promises make us write: to staff when one is about to be broken or is, to a customer when one takes longer."""

from django.utils.translation import gettext_lazy as _

from notices.letter import Letter
from notices.models import Channel

_STAFF = (Channel.INBOX, Channel.SMS, Channel.EMAIL, Channel.VOICE)
_CUSTOMER = (Channel.SMS, Channel.EMAIL, Channel.CABINET)

LETTERS = {
    "alarm": Letter("sla", _STAFF, _("a promise is due")),
    "extension_asked": Letter("sla", (Channel.INBOX, Channel.EMAIL), _("somebody asks for more time")),
    "extension_decided": Letter("sla", (Channel.INBOX, Channel.EMAIL), _("a wish for more time was decided")),
    "calendar_missing": Letter("sla", (Channel.INBOX, Channel.EMAIL), _("a calendar year is missing")),
    "promise_extended": Letter("sla", _CUSTOMER, _("a promise takes longer")),
}
