"""What we write about offers and their money: to applicants, and to whoever must say what was done before money goes back."""

from django.utils.translation import gettext_lazy as _

from notices.letter import Letter
from notices.models import Channel

_CUSTOMER = (Channel.SMS, Channel.EMAIL, Channel.CABINET)
_STAFF = (Channel.INBOX, Channel.SMS, Channel.EMAIL)

OFFER_LETTERS = {
    "connection_offer": Letter("connections", _CUSTOMER, _("quote and contract of a connection")),
    "connection_offer_back": Letter("connections", _CUSTOMER, _("an offer is taken back")),
    "connection_to_pay": Letter("connections", _CUSTOMER, _("an accepted contract is to be paid")),
    "connection_paid": Letter("connections", _CUSTOMER, _("a connection is paid")),
    "connection_withdrawn": Letter("connections", _CUSTOMER, _("an application is withdrawn")),
    "connection_accepted_offer": Letter("connections", _STAFF, _("an applicant has accepted the contract")),
    "connection_refund": Letter("connections", _STAFF, _("money of a withdrawn application is to be reckoned")),
}
