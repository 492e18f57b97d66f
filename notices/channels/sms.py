"""Text messages over the operator's HTTP gateway."""

from django.conf import settings

from ..models import Message
from . import gateway


def send(message: Message) -> str:
    """Hand the message to the gateway; its id there. Raises Refused and Unanswered."""
    return gateway.hand_over(message, url=settings.SMS_GATEWAY_URL, key=settings.SMS_GATEWAY_KEY)
