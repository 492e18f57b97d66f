"""What is owed, what people were told, and who listens."""

from .administrators import administrators
from .inbox import COUNTED, Heap, count_unread, heaps, inbox, letters_to
from .messages import Lane, count_messages, messages, next_message_at, oldest_message_due, sendable
from .subscriptions import last_calls, listening_to, webhooks

__all__ = [
    "COUNTED",
    "Heap",
    "Lane",
    "administrators",
    "count_messages",
    "count_unread",
    "heaps",
    "inbox",
    "last_calls",
    "letters_to",
    "listening_to",
    "messages",
    "next_message_at",
    "oldest_message_due",
    "sendable",
    "webhooks",
]
