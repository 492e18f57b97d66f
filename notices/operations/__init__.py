"""The verbs of messages: owe one, send what is owed, send a given-up one again."""

from .delivery import NothingToSend, deliver, resend
from .writing import Recipient, WrongChannel, owe

__all__ = ["NothingToSend", "Recipient", "WrongChannel", "deliver", "owe", "resend"]
