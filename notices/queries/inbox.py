"""What a person has been told: the inbox of staff, the messages of a customer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from accounts.models import Customer, Staff, User

from .. import registry
from ..models import Channel, Message, MessageQuerySet

#: More than so many unread are shown as "99+".
COUNTED = 99


@dataclass(frozen=True)
class Heap:
    """Unread messages that say the same of different matters."""

    kind: str
    about: str
    count: int
    newest: datetime

    @property
    def title(self) -> str:
        letter = registry.letters().get(self.kind)
        return str(letter.title) if letter else self.kind


def inbox(staff: Staff, *, unread: bool = False) -> MessageQuerySet:
    """A staff member's inbox, newest first."""
    rows = Message.objects.filter(staff=staff, channel=Channel.INBOX).order_by("-created_at", "-pk")
    return rows.filter(read_at=None) if unread else rows


def heaps(staff: Staff, *, least: int = 3) -> list[Heap]:
    """Where a storm has left many unread alike, one line each, the highest first."""
    rows = inbox(staff, unread=True).order_by().values("kind", "about").annotate(count=Count("pk"), newest=Max("created_at"))
    return [Heap(**row) for row in rows.filter(count__gte=least).order_by("-count", "kind", "about")]


def count_unread(user: User) -> int:
    """How many lines of the inbox a user has not read; counting stops at a hundred."""
    rows = Message.objects.filter(staff__user_id=user.pk, channel=Channel.INBOX, read_at=None)
    return len(rows.values_list("pk")[: COUNTED + 1])


def letters_to(customers: Collection[Customer]) -> MessageQuerySet:
    """What these customers were sent or hold in the cabinet, newest first; never a code."""
    secret = [kind for kind, letter in registry.letters().items() if letter.is_secret]
    hidden = Q(kind__in=secret) | Q(text="") | Q(status="gathered")
    return Message.objects.filter(customer__in=customers).exclude(hidden).order_by("-created_at", "-pk")
