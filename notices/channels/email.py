"""E-mail through the configured mailer."""

import hashlib
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from ..models import Message
from .failures import Refused


def send(message: Message) -> str:
    """Send it under a Message-ID made of the key, so that a repeat is recognized as one. Raises Refused."""
    message_id = f"<{hashlib.sha256(message.key.encode()).hexdigest()[:32]}@{urlsplit(settings.SITE_URL).hostname}>"
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated", "Content-Language": message.language}
    try:
        EmailMessage(message.subject, message.text, to=[message.address], headers=headers).send(using="default")
    except SMTPRecipientsRefused:
        raise Refused from None
    return message_id
