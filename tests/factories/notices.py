"""Messages and who listens."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from accounts import sealing
from notices import models

LONG_AGO = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)
SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGVzZSB0ZXN0cywgMzIgYnl0ZXM="


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


class InboxMessageFactory(MessageFactory):
    """A line in somebody's inbox."""

    kind = "webhook_disabled"
    channel = models.Channel.INBOX
    address = ""
    status = models.MessageStatus.SENT
    subject = "Webhook switched off: billing"
    text = "It failed for too long."
    sent_at = LONG_AGO


class SubscriptionFactory(DjangoModelFactory):
    """Listens to everything."""

    class Meta:
        model = models.Subscription

    name = factory.Sequence(lambda n: f"listener {n}")
    url = "https://hooks.example.com/in"
    verbs = ["*"]
    secret_sealed = factory.LazyFunction(lambda: sealing.seal(SECRET))
    created_at = LONG_AGO


class PreferenceFactory(DjangoModelFactory):
    """Of a staff member, who leaves everything to the house."""

    class Meta:
        model = models.Preference

    staff = factory.SubFactory("tests.factories.accounts.StaffFactory")
