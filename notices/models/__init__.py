"""One model a file; imported here so that Django and callers find them under one name."""

from .letter_text import LetterText
from .message import Channel, Message, MessageQuerySet, MessageStatus
from .preference import Preference
from .subscription import DisabledReason, Subscription

__all__ = ["Channel", "DisabledReason", "LetterText", "Message", "MessageQuerySet", "MessageStatus", "Preference", "Subscription"]
