"""E-mail through the configured mailer."""

import hashlib
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from ..models import Message
from ..way_out import WayOut, reader_of
from .failures import Refused


def send(message: Message) -> str:
    """Send it under a Message-ID made of the key, so that a repeat is recognized as one. Raises Refused."""
    message_id = f"<{hashlib.sha256(message.key.encode()).hexdigest()[:32]}@{urlsplit(settings.SITE_URL).hostname}>"
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated", "Content-Language": message.language, **_way_out(message)}
    try:
        EmailMessage(message.subject, message.text, to=[message.address], headers=headers).send(using="default")
    except SMTPRecipientsRefused:
        raise Refused from None
    return message_id


def _way_out(message: Message) -> dict[str, str]:
    """What mail programs make their button "unsubscribe" of (RFC 2369, RFC 8058); nothing where a message is owed."""
    if not message.topic:
        return {}
    address = WayOut(reader_of(customer=message.customer_id, address=message.address), message.topic, message.channel).address
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
