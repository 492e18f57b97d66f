"""What the API shows of webhooks. Never an address or a secret that exists already."""

from typing import Any

from rest_framework import serializers

from ..models import Message, Subscription


class WebhookOutput(serializers.ModelSerializer[Subscription]):
    """A webhook. `disabled_at` is when we stopped calling (null: we call), `failing_since` the first of an unbroken row of failures."""

    verbs = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Subscription
        fields = ["id", "name", "url", "verbs", "created_at", "failures", "failing_since", "disabled_at", "disabled_reason"]


class WebhooksOutput(serializers.Serializer[Any]):
    """All webhooks."""

    results = WebhookOutput(many=True)


class WebhookSecretOutput(WebhookOutput):
    """A webhook with its new secret, shown this once."""

    secret = serializers.CharField(help_text="signs every call (Standard Webhooks)")

    class Meta(WebhookOutput.Meta):
        fields = [*WebhookOutput.Meta.fields, "secret"]


class CallOutput(serializers.ModelSerializer[Message]):
    """One event owed to a webhook; `id` is what the call carries as webhook-id."""

    id = serializers.CharField(source="key")
    verb = serializers.CharField(source="about")

    class Meta:
        model = Message
        fields = ["id", "verb", "status", "attempts", "created_at", "next_attempt_at", "sent_at", "last_error"]


class CallsOutput(serializers.Serializer[Any]):
    """The last calls of a webhook."""

    results = CallOutput(many=True)
