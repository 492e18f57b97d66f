"""Codes by which people prove that a phone is theirs. They live here because accounts stands below this floor."""

from datetime import timedelta

from .letter import Letter
from .models import Channel

_SHORT = timedelta(minutes=3)

LETTERS = {
    "sign_in_code": Letter("accounts", (Channel.SMS,), lives=_SHORT, is_secret=True),
    "binding_code": Letter("accounts", (Channel.SMS,), lives=_SHORT, is_secret=True),
    "unknown_phone": Letter("accounts", (Channel.SMS,), lives=_SHORT),
    "known_phone": Letter("accounts", (Channel.SMS,), lives=_SHORT),
}
