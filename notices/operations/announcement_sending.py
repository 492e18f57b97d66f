"""Announcements on their way: owed at their hour, each message's words made as it goes, stopped when they are called off.

Note [Sent apart]. A hundred thousand messages must hold up nobody: they are no part of the queue of people's messages, and one sender
at a time takes an announcement (``sender_until``), so that workers stay free for sign-in codes. How it sends is in crowd.py.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from accounts.actors import Actor, System
from accounts.clock import in_business_time
from casework.models import Effect
from casework.operations import StaleRow, WrongMove, move
from casework.retries import TRIES

from .. import audiences
from ..models import Announcement, AnnouncementText, Message, MessageStatus
from ..placeholders import filled
from ..queries import announcements as found
from ..states import ANNOUNCEMENT, AnnouncementStatus
from ..way_out import WayOut, reader_of
from . import wording
from .announcement_rows import LETTER, LIVES, owe_rows

#: Topic of the effect that gives up what a called-off announcement still owed.
TOPIC = "notices.clear_announcement"
#: Messages given up with one statement.
PORTION = 5_000
#: One sender holds an announcement for so long, in real time, and no longer if it dies.
HOLD = timedelta(seconds=45)
#: Messages stand ready so long before their hour: the hour itself is kept by whoever sends them.
AHEAD = timedelta(seconds=30)
_SYSTEM = System("announcements")


class NotNeeded(Exception):
    """It is not sent. ``code``: CalledOff, Expired, Interrupted, Unsubscribed, or NotNeeded where what it says holds no more."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def release_due(*, at: datetime) -> int:
    """Owe what goes out now to everybody it reaches: their messages stand ready before the hour, VIP customers' first; how many."""
    released = 0
    due = Announcement.objects.filter(status=AnnouncementStatus.SCHEDULED, vip_at__lte=at + in_business_time(AHEAD))
    for row in due.order_by("vip_at", "pk"):
        try:
            _release(row, at)
        except (StaleRow, WrongMove):
            continue  # somebody called it off or moved it just now
        released += 1
    return released


@transaction.atomic
def _release(row: Announcement, at: datetime) -> None:
    to_vip, to_others = owe_rows(announcement=row, at=at)
    fields = {"released_at": at, "owed_to_vip": to_vip, "owed_to_others": to_others}
    move(row, ANNOUNCEMENT, "release", by=_SYSTEM, at=at, fields=fields, vip=to_vip, others=to_others)


def finish_sent(*, at: datetime) -> int:
    """Announcements of which nothing is owed any more are sent; how many."""
    done = 0
    for row in Announcement.objects.filter(status=AnnouncementStatus.SENDING).order_by("pk"):
        if Message.objects.owed().filter(announcement=row.pk).exists():
            continue
        with transaction.atomic():
            move(row, ANNOUNCEMENT, "finish", by=_SYSTEM, at=at, fields={"finished_at": at, "sender_until": None})
        done += 1
    return done


def take_one(*, at: datetime) -> int | None:
    """Hold an announcement that has messages due and that nobody sends: its key. Those for safety first."""
    for key in found.due_announcements(at):
        free = Announcement.objects.filter(Q(sender_until=None) | Q(sender_until__lte=at), pk=key)
        if free.update(sender_until=at + in_business_time(HOLD)):
            return key
    return None


def let_go(*, announcement: int) -> None:
    """The next sender may go on with it at once."""
    Announcement.objects.filter(pk=announcement).update(sender_until=None)


def make_words(row: Announcement, *, message: Message, at: datetime) -> Mapping[str, str]:
    """Subject and text of a message that is sent now, in its reader's language: made once, kept, and the same in every repeat.

    Raises NotNeeded when it was called off, or holds no more for its reader.
    """
    if row.is_called_off:
        raise NotNeeded("CalledOff")
    if message.expires_at is not None and message.expires_at <= at:
        raise NotNeeded("Expired")
    if message.attempts > TRIES:  # a sender died at the last one
        raise NotNeeded("Interrupted")
    if message.text:
        return {"subject": message.subject, "text": message.text}
    subject, text = words_for(row, customer=message.customer_id or 0, language=message.language, channel=message.channel, at=at)
    if message.topic:
        reader = reader_of(customer=message.customer_id, address=message.address)
        text += wording.farewell(WayOut(reader, message.topic, message.channel), language=message.language)
    return {"subject": subject, "text": text}


def words_for(row: Announcement, *, customer: int, language: str, channel: str, at: datetime) -> wording.Words:
    """What a customer (a key) would read now. Raises NotNeeded."""
    texts: dict[str, AnnouncementText] = {text.language: text for text in row.texts.all()}
    words = texts.get(language) or texts.get(settings.LANGUAGE_CODE) or next(iter(texts.values()))
    values = audiences.audiences()[row.condition].fill(customer, words.language, at) if row.condition else {}
    if values is None:
        raise NotNeeded("NotNeeded")
    context = {"company": settings.COMPANY["name"], "title": filled(words.title, values), "text": filled(words.text, values)}
    return wording.words_of(LETTER, channel=channel, language=words.language, context=context, at=at)


def owe_clearing(*, announcement: int, at: datetime) -> None:
    """What is still owed is given up soon, in portions; until then nobody is sent it any more (``make_words``)."""
    key = f"{announcement}:{Announcement.objects.values_list('version', flat=True).get(pk=announcement)}"
    Effect.objects.create(topic=TOPIC, key=key, payload={"announcement": announcement}, created_at=at, next_attempt_at=at)


def clear(*, announcement: int) -> int:
    """Give up the next portion of what a called-off announcement owes, but for what is just being sent; how many."""
    owed = Message.objects.filter(announcement=announcement, status=MessageStatus.OWED).order_by("next_attempt_at", "pk")
    keys = list(owed.values_list("pk", flat=True)[:PORTION])
    rows = Message.objects.filter(pk__in=keys, status=MessageStatus.OWED)
    return rows.update(status=MessageStatus.DEAD, last_error="CalledOff")


def resume(*, announcement: Announcement, by: Actor, at: datetime) -> int:
    """Owe again what was given up and has its words; under their keys, so that the provider drops what it sent already."""
    if announcement.is_called_off:
        raise WrongMove("resume", announcement.status, announcement.get_status_display())
    lost = Message.objects.filter(announcement=announcement.pk, status=MessageStatus.DEAD).exclude(text="")
    lost = lost.exclude(last_error__in=found.UNWANTED)
    with transaction.atomic():
        again = lost.update(status=MessageStatus.OWED, attempts=0, next_attempt_at=at, expires_at=at + LIVES, last_error="")
        if again and not announcement.is_sending:
            move(announcement, ANNOUNCEMENT, "resume", by=by, at=at, fields={"finished_at": None}, again=again)
    return again
