"""What we write about a fault: to who reported it, and to dispatchers when somebody must look."""

from django.utils.translation import gettext_lazy as _

from notices.letter import Letter
from notices.models import Channel

from .outage_letters import OUTAGE_LETTERS

_CUSTOMER = (Channel.SMS, Channel.EMAIL, Channel.CABINET)
_STAFF = (Channel.INBOX, Channel.SMS, Channel.EMAIL)

LETTERS = {
    "repair_received": Letter("repairs", _CUSTOMER, _("a fault is reported"), is_prompt=True),
    "repair_coming": Letter("repairs", _CUSTOMER, _("a crew has the repair"), is_prompt=True),
    "repair_finished": Letter("repairs", _CUSTOMER, _("a crew has finished a repair")),
    "repair_no_access": Letter("repairs", _CUSTOMER, _("a crew found nobody at home")),
    "repair_held": Letter("repairs", _STAFF, _("reports of one source are set aside")),
    "repair_outside": Letter("repairs", _STAFF, _("a report from outside our area")),
    "repair_disputed": Letter("repairs", _STAFF, _("a customer says once more that a repair is not mended")),
    **OUTAGE_LETTERS,
}
