"""Messages."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from notices import models

LONG_AGO = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)


class MessageFactory(DjangoModelFactory):
    """Owed by text message."""

    class Meta:
        model = models.Message

    kind = "unknown_phone"
    key = factory.Sequence(lambda n: f"message:{n}")
    channel = models.Channel.SMS
    address = "+8613800138000"
    language = "en"
    text = "Somebody tried to sign in."
    created_at = LONG_AGO
    next_attempt_at = LONG_AGO


class DeadMessageFactory(MessageFactory):
    status = models.MessageStatus.DEAD
    attempts = 10
    last_error = "Unanswered"
