"""What is owed, and the list for the operator."""

from datetime import datetime
from enum import StrEnum

from .. import channels
from ..models import Channel, Message, MessageQuerySet


class Lane(StrEnum):
    """Queues apart, so that neither a subscriber who answers slowly nor an announcement to all holds up a text message."""

    PEOPLE = "people"
    CROWD = "crowd"
    MACHINES = "machines"


#: What is announced is taken announcement by announcement (queries/announcements.py).
_CHANNELS = {Lane.PEOPLE: (Channel.SMS, Channel.VOICE, Channel.EMAIL), Lane.CROWD: (), Lane.MACHINES: (Channel.WEBHOOK,)}


def oldest_message_due(at: datetime, lane: Lane = Lane.PEOPLE) -> datetime | None:
    """Since when the message that has waited longest is due on an open channel of a lane; None when none is."""
    return sendable(lane).filter(next_attempt_at__lte=at).order_by("next_attempt_at").values_list("next_attempt_at", flat=True).first()


def next_message_at(at: datetime) -> datetime | None:
    """The nearest moment after ``at`` at which a message falls due."""
    return sendable(*Lane).filter(next_attempt_at__gt=at).order_by("next_attempt_at").values_list("next_attempt_at", flat=True).first()


def messages(*, status: str = "", channel: str = "") -> MessageQuerySet:
    """Newest first; of one status and of one channel if they are named."""
    named = {name: value for name, value in (("status", status), ("channel", channel)) if value}
    return Message.objects.filter(**named).select_related("subscription").order_by("-created_at", "-pk")


def sendable(*lanes: Lane) -> MessageQuerySet:
    """What is owed by these lanes' open channels, due or not; no announcements."""
    opened = set(channels.open_channels())
    wanted = [channel for lane in lanes for channel in _CHANNELS[lane] if channel in opened]
    return Message.objects.owed().filter(announcement=None, channel__in=wanted)


def count_messages() -> tuple[int, int]:
    """How many are owed on any channel, and how many were given up."""
    return Message.objects.owed().count(), Message.objects.given_up().count()
