"""What we write about cases: to who asked, and to colleagues who are asked to take one."""

from django.utils.translation import gettext_lazy as _

from notices.letter import Letter
from notices.models import Channel

_CUSTOMER = (Channel.SMS, Channel.EMAIL, Channel.CABINET)
_STAFF = (Channel.INBOX, Channel.SMS, Channel.EMAIL)

LETTERS = {
    "case_received": Letter("desk", _CUSTOMER, _("a request is taken down"), is_prompt=True),
    "case_answered": Letter("desk", _CUSTOMER, _("a request is answered in the cabinet")),
    "case_question": Letter("desk", _CUSTOMER, _("a question about a request")),
    "case_papers": Letter("desk", _CUSTOMER, _("papers are missing with a request")),
    "case_offered": Letter("desk", _STAFF, _("a colleague asks to take a case")),
    "case_leader": Letter("desk", _STAFF, _("a colleague asks the head about a case")),
    "case_declined": Letter("desk", (Channel.INBOX,), _("a colleague declined a case")),
}
