"""Send an announcement: a handful of its messages at a time, handed over side by side.

Note [A handful]. One by one a hundred thousand take hours, and many senders would take every worker. So one sender takes a handful with one
statement, books its tries, makes its words, hands them to the gateways on a few lines at once, and ticks all off together. A sender
that dies leaves one handful to be repeated, each message under its own key, so that the provider drops what it took already. Lines
touch no database. The handful is all that is ever at hand, and all that can still go out after somebody called the announcement off.
"""

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.db.models import Case, CharField, F, Value, When

from accounts.clock import in_business_time

from .. import channels
from ..models import Announcement, Channel, Message, MessageStatus, Preference
from ..queries.announcements import next_some
from ..queries.refusals import refused_among
from . import announcement_sending, delivery
from .announcement_sending import NotNeeded
from .gathering import quiet_for

#: A handful is handed over long before that, however slow the gateway is: a try takes 13 s at worst, and each line makes two.
LEASE = timedelta(seconds=45)
_TRIES_A_LINE = 2
#: Handfuls put off (quiet hours of their readers) in one call before it comes back to ask for the time again.
_PUT_OFF = 20
_DISTURBING = (Channel.SMS, Channel.VOICE)


def deliver_crowd(at: datetime, *, announcement: int, limit: int = 0) -> int:
    """Send the next messages of an announcement (its key): ``limit`` at most, or one handful; how many were tried.

    Must not run inside a transaction: it calls the outside. Safe to run any number of times at once.
    """
    handful = max(1, settings.ANNOUNCE_LINES) * _TRIES_A_LINE
    wanted, tried = limit or handful, 0
    while tried < wanted and (messages := _take(announcement, at, min(wanted - tried, handful))):
        _send(messages, at)
        tried += len(messages)
    return tried


def _send(messages: Sequence[Message], at: datetime) -> None:
    ready = _with_words(messages, at)
    answered = list(zip(ready, _hand_over(ready), strict=True))
    _tick_off([(message, answer) for message, answer in answered if isinstance(answer, str)], at)
    for message, answer in answered:
        if isinstance(answer, Exception):
            delivery.note_failure(message=message, error=answer, at=at)


def _take(announcement: int, at: datetime, count: int) -> list[Message]:
    """The next messages that may go out now, booked as tried before they are."""
    for _time in range(_PUT_OFF):
        with transaction.atomic():
            found = next_some(announcement, at, count)
            if not found:
                return []
            if messages := _awake(found, at):
                _book(messages, at)
                return messages
    return []


def _awake(messages: Sequence[Message], at: datetime) -> list[Message]:
    """Those whose readers may be disturbed now; the others are put off to the end of their quiet hours."""
    wishes = {one.customer_id: one for one in Preference.objects.filter(customer__in=[message.customer_id for message in messages])}
    put_off: dict[datetime, list[int]] = defaultdict(list)
    ready: list[Message] = []
    for message in messages:
        disturbs = message.channel in _DISTURBING and not message.is_safety
        until = quiet_for(wanted=wishes.get(message.customer_id), at=at) if disturbs else None
        if until is not None and until > at:
            put_off[until].append(message.pk)
        else:
            ready.append(message)
    for until, keys in sorted(put_off.items()):
        Message.objects.filter(pk__in=keys).update(next_attempt_at=until)
    return ready


def _book(messages: Sequence[Message], at: datetime) -> None:
    until = at + in_business_time(LEASE)
    rows = Message.objects.filter(pk__in=[message.pk for message in messages])
    rows.update(status=MessageStatus.SENDING, attempts=F("attempts") + 1, next_attempt_at=until)
    for message in messages:
        message.status, message.attempts, message.next_attempt_at = MessageStatus.SENDING, message.attempts + 1, until


def _with_words(messages: Sequence[Message], at: datetime) -> list[Message]:
    """Those that are still wanted, each with the words it goes out with, kept before it goes."""
    row = Announcement.objects.prefetch_related("texts").get(pk=messages[0].announcement_id or 0)
    refused = refused_among(messages)
    ready, written = [], []
    for message in messages:
        try:
            if message.pk in refused:
                raise NotNeeded("Unsubscribed")
            words = announcement_sending.make_words(row, message=message, at=at)
        except NotNeeded as reason:
            delivery.close(message, status=MessageStatus.DEAD, last_error=reason.code)
        except Exception as error:  # noqa: BLE001 - one that cannot be written must not hold up the others
            delivery.note_failure(message=message, error=error, at=at)
        else:
            if not message.text:
                message.subject, message.text = words["subject"], words["text"]
                written.append(message)
            ready.append(message)
    Message.objects.bulk_update(written, ["subject", "text"])
    return ready


def _hand_over(messages: Sequence[Message]) -> list[str | Exception]:
    """What the gateways said to each: their number for it, or what went wrong, in the order of the messages."""
    lines = min(settings.ANNOUNCE_LINES, len(messages))
    if lines <= 1:
        return [_try(message) for message in messages]
    with ThreadPoolExecutor(lines, thread_name_prefix="announce") as pool:
        return list(pool.map(_try, messages))


def _try(message: Message) -> str | Exception:
    try:
        return channels.send(message)
    except Exception as error:  # noqa: BLE001 - whatever a channel does wrong, the next message must go out
        return error


def _tick_off(taken: Sequence[tuple[Message, str]], at: datetime) -> None:
    """Sent, all with one statement for each number of tries: whoever was too slow, and whose message another took over, ticks nothing."""
    by_tries = sorted(taken, key=lambda one: one[0].attempts)
    for tries, group in groupby(by_tries, key=lambda one: one[0].attempts):
        numbers = {message.pk: number[:80] for message, number in group}
        number_of = Case(
            *(When(pk=key, then=Value(number)) for key, number in numbers.items()), default=Value(""), output_field=CharField()
        )
        rows = Message.objects.owed().filter(pk__in=numbers, attempts=tries)
        rows.update(status=MessageStatus.SENT, sent_at=at, last_error="", provider_id=number_of)
