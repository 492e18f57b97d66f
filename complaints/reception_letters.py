"""What the virtual reception writes: to who wrote to it, and to colleagues who are asked."""

from django.utils.translation import gettext_lazy as _

from notices.letter import Letter
from notices.models import Channel

_CUSTOMER = (Channel.SMS, Channel.EMAIL, Channel.CABINET)
_STAFF = (Channel.INBOX, Channel.SMS, Channel.EMAIL)

RECEPTION_LETTERS = {
    "reception_received": Letter("complaints", _CUSTOMER, _("the virtual reception has a letter"), is_prompt=True),
    "reception_question": Letter("complaints", _CUSTOMER, _("a letter to the reception is not complete")),
    "reception_declined": Letter("complaints", _CUSTOMER, _("a letter is not ours to answer")),
    "reception_typical": Letter("complaints", _CUSTOMER, _("a typical question is answered")),
    "reception_answered": Letter("complaints", _CUSTOMER, _("a letter to the reception is answered")),
    "reception_forwarded": Letter("complaints", _CUSTOMER, _("a letter is with the department in charge")),
    "reception_date": Letter("complaints", _CUSTOMER, _("a hard case: the date of the answer")),
    "service_agreed": Letter("complaints", _CUSTOMER, _("a time for a service is agreed")),
    "direction_asked": Letter("complaints", _STAFF, _("the reception asks a specialist what to answer")),
    "direction_answered": Letter("complaints", _STAFF, _("a specialist told the reception what to answer")),
    "service_routed": Letter("complaints", _STAFF, _("an application for a service came to a specialist")),
}
