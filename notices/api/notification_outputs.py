"""What the API shows of the caller's inbox."""

from typing import Any

from rest_framework import serializers

from ..models import Message


class NotificationOutput(serializers.ModelSerializer[Message]):
    """A line of the caller's inbox."""

    class Meta:
        model = Message
        fields = ["id", "kind", "about", "subject", "text", "link", "is_safety", "created_at", "read_at"]


class NotificationPageOutput(serializers.Serializer[Any]):
    """A page of the inbox."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = NotificationOutput(many=True)


class ReadOutput(serializers.Serializer[Any]):
    """How many were new to the reader."""

    count = serializers.IntegerField()
