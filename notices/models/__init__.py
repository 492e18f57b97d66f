"""One model a file; imported here so that Django and callers find them under one name."""

from .message import Channel, Message, MessageQuerySet, MessageStatus
from .preference import Preference
from .subscription import DisabledReason, Subscription

__all__ = ["Channel", "DisabledReason", "Message", "MessageQuerySet", "MessageStatus", "Preference", "Subscription"]
