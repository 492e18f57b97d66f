"""Announcements for lists, pages and senders; how far one has come, and what did not arrive."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q, QuerySet

from accounts.models import Segment

from .. import channels
from ..models import Announcement, Message, MessageQuerySet, MessageStatus
from ..states import AnnouncementStatus

_TOLD = (AnnouncementStatus.SENDING, AnnouncementStatus.SENT)
#: Shown of what did not arrive; the rest is counted.
_LOST = 100
#: Why a message was not sent because nobody is to have it any more.
UNWANTED = ("NotNeeded", "Unsubscribed")


class AnnouncementNotFound(LookupError):
    """There is no such announcement, or not for this reader."""


@dataclass(frozen=True)
class Turn:
    """VIP customers, or all others: how many, when their messages fall due, and when the first and the last of them went."""

    is_first: bool
    customers: int
    due_at: datetime | None
    first_at: datetime | None
    last_at: datetime | None


@dataclass(frozen=True)
class Progress:
    """How many messages stand where, by status; the rest of those owed was given up."""

    states: Mapping[str, int]
    lost: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def sent(self) -> int:
        return self.states.get(MessageStatus.SENT, 0)

    @property
    def waiting(self) -> int:
        return self.states.get(MessageStatus.OWED, 0) + self.states.get(MessageStatus.SENDING, 0)

    @property
    def given_up(self) -> int:
        return self.states.get(MessageStatus.DEAD, 0)

    @property
    def percent(self) -> int:
        """Of all that is done with, whether it arrived or not."""
        return 100 * (self.total - self.waiting) // self.total if self.total else 0


def announcements() -> QuerySet[Announcement]:
    """All of them, the newest first."""
    return Announcement.objects.select_related("written_by", "approved_by").prefetch_related("texts", "territories")


def get_announcement(key: int) -> Announcement:
    """One of them. Raises AnnouncementNotFound."""
    row = announcements().filter(pk=key).first()
    if row is None:
        raise AnnouncementNotFound(key)
    return row


def public_announcements(at: datetime) -> QuerySet[Announcement]:
    """What stands on the public page now: it is out, and not too old. The newest first."""
    shown = Q(public_until=None) | Q(public_until__gt=at)
    rows = Announcement.objects.filter(shown, is_public=True, condition="", status__in=_TOLD, publish_at__lte=at)
    return rows.prefetch_related("texts", "territories").order_by("-publish_at", "-pk")


def progress_of(announcement: Announcement) -> Progress:
    """Counted by the database, in two statements."""
    rows = Message.objects.filter(announcement=announcement.pk).order_by()
    states = dict(rows.values_list("status").annotate(count=Count("pk")))
    lost = dict(rows.filter(status=MessageStatus.DEAD).values_list("last_error").annotate(count=Count("pk")))
    return Progress(states, lost)


def turns_of(announcement: Announcement) -> list[Turn]:
    """In which order customers were told (T37)."""
    if not announcement.is_released:
        return []
    rows = Message.objects.filter(announcement=announcement.pk, sent_at__isnull=False)
    hours = {"first": Min("sent_at"), "last": Max("sent_at")}
    vip = rows.filter(customer__segment=Segment.VIP).aggregate(**hours)
    others = rows.exclude(customer__segment=Segment.VIP).aggregate(**hours)
    return [
        Turn(True, announcement.owed_to_vip, announcement.vip_at, vip["first"], vip["last"]),
        Turn(False, announcement.owed_to_others, announcement.publish_at, others["first"], others["last"]),
    ]


def lost_of(announcement: Announcement) -> MessageQuerySet:
    """The first of those that did not arrive and were wanted."""
    rows = Message.objects.filter(announcement=announcement.pk, status=MessageStatus.DEAD)
    return rows.exclude(last_error__in=["CalledOff", *UNWANTED]).order_by("pk")[:_LOST]


def due_announcements(at: datetime) -> list[int]:
    """Announcements that have messages due and nobody who sends them; those for safety first, then the earlier hour."""
    rows = Announcement.objects.filter(Q(sender_until=None) | Q(sender_until__lte=at), status=AnnouncementStatus.SENDING)
    keys = rows.order_by("-is_safety", "publish_at", "pk").values_list("pk", flat=True)
    return [key for key in keys if oldest_due(key, at) is not None]


def oldest_to_send(at: datetime) -> datetime | None:
    """Since when the message of an announcement that waits longest is due; None when none is, or somebody sends them already."""
    return min((moment for key in due_announcements(at) if (moment := oldest_due(key, at))), default=None)


def oldest_due(announcement: int, at: datetime) -> datetime | None:
    """Since when the message of it that goes next is due."""
    row = next_of(announcement, at)
    return row.next_attempt_at if row else None


def next_of(announcement: int, at: datetime) -> Message | None:
    """The message of it that goes next: what a dead sender left, else what fell due first."""
    rows = _due_of(announcement, at)
    return rows.filter(status=MessageStatus.SENDING).first() or rows.filter(status=MessageStatus.OWED).first()


def next_some(announcement: int, at: datetime, count: int) -> list[Message]:
    """The messages of it that go next and that nobody else holds, locked; what a dead sender left comes first."""
    rows = _due_of(announcement, at).select_for_update(skip_locked=True, no_key=True, of=("self",))
    left = list(rows.filter(status=MessageStatus.SENDING)[:count])
    return left or list(rows.filter(status=MessageStatus.OWED)[:count])


def _due_of(announcement: int, at: datetime) -> MessageQuerySet:
    rows = Message.objects.filter(announcement=announcement, next_attempt_at__lte=at, channel__in=channels.open_channels())
    return rows.order_by("next_attempt_at", "pk")
