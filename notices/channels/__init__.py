"""The ways out. A channel takes a message and returns the provider's id for it, or raises."""

from django.conf import settings

from ..models import Channel, Message
from . import email, sms
from .failures import Refused, Unanswered

__all__ = ["Refused", "Unanswered", "open_channels", "send"]


def open_channels() -> list[str]:
    """The ways that are set up; what is owed by another waits."""
    return [Channel.EMAIL, Channel.SMS] if settings.SMS_GATEWAY_URL and settings.SMS_GATEWAY_KEY else [Channel.EMAIL]


def send(message: Message) -> str:
    """Send one message. Raises Refused when trying again is no use; anything else is worth another try."""
    carry = {Channel.SMS: sms.send, Channel.EMAIL: email.send}[Channel(message.channel)]
    return carry(message)
