"""What we write to customers about money."""

from django.utils.translation import gettext_lazy as _

from notices.letter import Letter
from notices.models import Channel

_ANY = (Channel.SMS, Channel.EMAIL, Channel.CABINET)

LETTERS = {
    "receipt": Letter("billing", _ANY, _("receipt")),
    "compensation": Letter("billing", _ANY, _("compensation for a broken promise")),
    "compensation_back": Letter("billing", _ANY, _("compensation taken back")),
    "red_letter": Letter("billing", _ANY, _("red-letter receipt")),
}
