"""What we write about papers: to applicants what is still missing or was not accepted, to stewards what is late."""

from django.utils.translation import gettext_lazy as _

from notices.letter import Letter
from notices.models import Channel

_CUSTOMER = (Channel.SMS, Channel.EMAIL, Channel.CABINET)

PAPER_LETTERS = {
    "connection_papers": Letter("connections", _CUSTOMER, _("papers of an application are due")),
    "connection_paper_rejected": Letter("connections", _CUSTOMER, _("a paper was not accepted")),
    "connection_paper_wanted_again": Letter("connections", _CUSTOMER, _("a paper that was accepted is wanted again")),
    "connection_papers_late": Letter("connections", (Channel.INBOX, Channel.SMS, Channel.EMAIL), _("papers of an application are late")),
}
