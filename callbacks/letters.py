"""What we write about follow-ups."""

from django.utils.translation import gettext_lazy as _

from notices.letter import Letter
from notices.models import Channel

_CUSTOMER = (Channel.SMS, Channel.EMAIL, Channel.CABINET)
_STAFF = (Channel.INBOX, Channel.SMS, Channel.EMAIL)

LETTERS = {
    "callback_link": Letter("callbacks", _CUSTOMER, _("a customer is asked how it went, with a link to answer by")),
    "callback_dissatisfied": Letter("callbacks", _STAFF, _("a customer who was called back is not satisfied")),
    "care_matter": Letter("callbacks", _STAFF, _("somebody who is looked after by name has a matter")),
    "care_nobody": Letter("callbacks", _STAFF, _("nobody is named for a matter of somebody who comes first")),
    "callback_wrong_number": Letter("callbacks", _STAFF, _("the number of a customer is somebody else's")),
}
