"""What we write about works, inspections and gas on."""

from django.utils.translation import gettext_lazy as _

from notices.letter import Letter
from notices.models import Channel

_CUSTOMER = (Channel.SMS, Channel.EMAIL, Channel.CABINET)
_STAFF = (Channel.INBOX, Channel.SMS, Channel.EMAIL)

WORKS_LETTERS = {
    "connection_corrections": Letter("connections", _CUSTOMER, _("the inspection of a connection found defects")),
    "connection_told_mended": Letter("connections", _STAFF, _("an applicant says that a defect is mended")),
    "connection_gas_on": Letter("connections", _CUSTOMER, _("gas is on")),
}
