"""Messages read out on the phone, over the operator's HTTP gateway for calls."""

from django.conf import settings

from ..models import Message
from . import gateway


def send(message: Message) -> str:
    """Hand the message to the gateway that will call and read it out; its id there. Raises Refused and Unanswered."""
    return gateway.hand_over(message, url=settings.VOICE_GATEWAY_URL, key=settings.VOICE_GATEWAY_KEY)
