"""What we write about who looks after an application: to stewards and their deputies, and to the applicant."""

from django.utils.translation import gettext_lazy as _

from notices.letter import Letter
from notices.models import Channel

_CUSTOMER = (Channel.SMS, Channel.EMAIL, Channel.CABINET)
_STAFF = (Channel.INBOX, Channel.SMS, Channel.EMAIL)

STEWARD_LETTERS = {
    "connection_yours": Letter("connections", _STAFF, _("an application for gas has a new steward")),
    "connection_desk": Letter("connections", _STAFF, _("applications of a colleague come to a steward")),
    "connection_cover": Letter("connections", _STAFF, _("somebody stands in for a steward")),
    "connection_no_steward": Letter("connections", _STAFF, _("nobody can be the steward of an application")),
    "connection_word": Letter("connections", _STAFF, _("an applicant wrote or rang")),
    "connection_mandate": Letter("connections", _STAFF, _("an applicant gave a mandate, or took it back")),
    "connection_stopped": Letter("connections", _STAFF, _("an application for gas was withdrawn")),
    "connection_time": Letter("connections", _STAFF, _("an applicant's time for a visit changed")),
    "connection_steward": Letter("connections", _CUSTOMER, _("the applicant has another steward")),
}
