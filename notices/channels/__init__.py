"""The ways out. A channel takes a message and returns the provider's id for it, or raises."""

from django.conf import settings

from ..models import Channel, Message
from . import email, sms, voice, webhook
from .failures import Gone, Refused, Unaccepted, Unanswered

__all__ = ["Gone", "Refused", "Unaccepted", "Unanswered", "open_channels", "send"]


def _lay_down(message: Message) -> str:
    """Into the cabinet: it is there as soon as it has its words."""
    return ""


_CARRIERS = {
    Channel.CABINET: _lay_down,
    Channel.SMS: sms.send,
    Channel.EMAIL: email.send,
    Channel.VOICE: voice.send,
    Channel.WEBHOOK: webhook.send,
}


def open_channels() -> list[str]:
    """The ways that are set up; what is owed by another waits."""
    opened: list[str] = [Channel.EMAIL, Channel.WEBHOOK, Channel.CABINET]
    if settings.SMS_GATEWAY_URL and settings.SMS_GATEWAY_KEY:
        opened.append(Channel.SMS)
    if settings.VOICE_GATEWAY_URL and settings.VOICE_GATEWAY_KEY:
        opened.append(Channel.VOICE)
    return opened


def send(message: Message) -> str:
    """Send one message. Raises Refused when trying again is no use; anything else is worth another try."""
    return _CARRIERS[Channel(message.channel)](message)
