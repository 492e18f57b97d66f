"""What readers and providers say of a message: read, delivered, not delivered; and how somebody wants to be reached."""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Customer, Staff

from ..models import Message, MessageStatus, Preference


class Outcome(StrEnum):
    """What became of a message after the provider took it."""

    DELIVERED = "delivered"
    FAILED = "failed"


def mark_read(*, messages: QuerySet[Message], at: datetime) -> int:
    """The reader has seen these; how many were new to them. A message read before keeps its moment."""
    return messages.filter(read_at=None).order_by().update(read_at=at)


def note_outcome(*, provider_id: str, channel: str, outcome: Outcome, at: datetime) -> bool:
    """The provider reports what became of a message; whether we know it. One that did not arrive is given up, for a person to see.

    Reports may come twice and in any order: a delivered message stays delivered.
    """
    sent = Message.objects.filter(provider_id=provider_id, channel=channel)
    if not sent.exists():
        return False
    fresh = sent.filter(status=MessageStatus.SENT, delivered_at=None)
    if outcome == Outcome.DELIVERED:
        fresh.update(delivered_at=at)
    else:
        fresh.update(status=MessageStatus.DEAD, last_error="Undelivered")
    return True


@transaction.atomic
def prefer(*, people: Collection[Staff | Customer], wishes: Mapping[str, Any], at: datetime) -> None:
    """Keep how these want to be reached, the same for all; names are the columns of Preference."""
    for person in people:
        whose = {"staff": person} if isinstance(person, Staff) else {"customer": person}
        Preference.objects.update_or_create(**whose, defaults=dict(wishes))
