"""What is owed, and the list for the operator."""

from datetime import datetime

from . import channels
from .models import Message, MessageQuerySet


def oldest_message_due(at: datetime) -> datetime | None:
    """Since when the message that has waited longest is due on an open channel; None when none is."""
    return _sendable().filter(next_attempt_at__lte=at).order_by("next_attempt_at").values_list("next_attempt_at", flat=True).first()


def next_message_at(at: datetime) -> datetime | None:
    """The nearest moment after ``at`` at which a message falls due."""
    return _sendable().filter(next_attempt_at__gt=at).order_by("next_attempt_at").values_list("next_attempt_at", flat=True).first()


def messages(status: str = "") -> MessageQuerySet:
    """Newest first; of one status if it is named."""
    rows = Message.objects.order_by("-created_at", "-pk")
    return rows.filter(status=status) if status else rows


def _sendable() -> MessageQuerySet:
    return Message.objects.owed().filter(channel__in=channels.open_channels())


def count_messages() -> tuple[int, int]:
    """How many are owed on any channel, and how many were given up."""
    return Message.objects.owed().count(), Message.objects.given_up().count()
