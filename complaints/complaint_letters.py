"""What we write about complaints: to who complained, and to colleagues who must look."""

from django.utils.translation import gettext_lazy as _

from notices.letter import Letter
from notices.models import Channel

_CUSTOMER = (Channel.SMS, Channel.EMAIL, Channel.CABINET)
_STAFF = (Channel.INBOX, Channel.SMS, Channel.EMAIL)

COMPLAINT_LETTERS: dict[str, Letter] = {
    "complaint_received": Letter("complaints", _CUSTOMER, _("a complaint is taken down"), is_prompt=True),
    "complaint_answer": Letter("complaints", _CUSTOMER, _("the answer to a complaint, in its words")),
    "complaint_letter": Letter("complaints", _CUSTOMER, _("a letter that answers a complaint is on its way")),
    "complaint_new": Letter("complaints", _STAFF, _("a complaint that nobody has in hand")),
    "complaint_major": Letter("complaints", _STAFF, _("a major complaint")),
    "complaint_threat": Letter("complaints", _STAFF, _("a complaint with a threat")),
    "complaint_inquiry": Letter("complaints", _STAFF, _("a department is asked what happened")),
    "complaint_finding": Letter("complaints", _STAFF, _("a department said what happened")),
}
