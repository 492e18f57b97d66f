"""The verbs of messages: owe one or many, send what is owed, send a given-up one again."""

from .delivery import NothingToSend, deliver, resend
from .notice import Notice, Wrapping
from .writing import Recipient, WrongChannel, owe, owe_grouped, owe_to_customer, owe_to_staff

__all__ = [
    "NothingToSend",
    "Notice",
    "Recipient",
    "Wrapping",
    "WrongChannel",
    "deliver",
    "owe",
    "owe_grouped",
    "owe_to_customer",
    "owe_to_staff",
    "resend",
]
