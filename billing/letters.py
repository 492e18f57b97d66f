"""What we write to customers about money."""

from notices.letter import Letter
from notices.models import Channel

_ANY = (Channel.SMS, Channel.EMAIL, Channel.CABINET)

LETTERS = {
    "receipt": Letter("billing", _ANY),
    "red_letter": Letter("billing", _ANY),
}
