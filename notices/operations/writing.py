"""Owe a message: its words are made now, in the recipient's language, and kept as they will be sent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NotRequired, TypedDict, Unpack

from django.conf import settings

from accounts.clock import in_business_time
from accounts.models import Customer, Staff
from casework.operations.plain_rows import insert_plain

from .. import registry
from ..letter import Letter
from ..models import Message, MessageStatus
from ..models.message import AT_HAND
from ..way_out import WayOut, reader_of
from . import ways, wording
from .notice import Notice, Wrapping


class WrongChannel(Exception):
    """This kind of letter does not go that way."""


class Recipient(TypedDict):
    """Who gets it and how. ``address`` is a phone in E.164 or an e-mail address; empty for the cabinet."""

    channel: str
    address: str
    language: str
    customer: NotRequired[Customer | None]
    topic: NotRequired[str]


def owe(*, kind: str, key: str, context: Mapping[str, Any], at: datetime, **to: Unpack[Recipient]) -> Message:
    """Owe a message to an address, once per ``key`` however often it is asked for; the first words stand.

    ``key`` names the cause (``top_up:17:receipt``) without anybody's phone or name: the provider and the journal see it. Joins
    the caller's transaction; sending comes after it. Raises UnknownLetter and WrongChannel.
    """
    letter = registry.letter(kind)
    if to["channel"] not in letter.channels:
        raise WrongChannel(f"{kind}: {to['channel']}")
    language = wording.supported(to["language"])
    subject, text = wording.words_of(kind, channel=to["channel"], language=language, context=context, at=at)
    customer = to.get("customer")
    text += _farewell(to.get("topic", ""), to["channel"], customer.pk if customer else None, to["address"], language)
    there = to["channel"] in AT_HAND
    message, _created = Message.objects.get_or_create(
        key=key,
        defaults={
            **to,
            "kind": kind,
            "language": language,
            "subject": subject,
            "text": text,
            "status": MessageStatus.SENT if there else MessageStatus.OWED,
            "sent_at": at if there else None,
            "created_at": at,
            "next_attempt_at": at,
            "expires_at": at + _worth_sending(letter) if letter.lives else None,
        },
    )
    return message


def owe_to_staff(
    *, kind: str, key: str, staff: Collection[Staff], context: Mapping[str, Any], at: datetime, **wrapping: Unpack[Wrapping]
) -> None:
    """Tell staff members something: a line in the inbox of each, and a push the way each of them wants it.

    As ``owe_grouped`` otherwise; ``wrapping`` is the rest of a Notice. Raises UnknownLetter.
    """
    _write([Notice(kind=kind, key=key, to=one, context=context, **wrapping) for one in staff], at)


def owe_to_customer(
    *, kind: str, key: str, customer: Customer, context: Mapping[str, Any], at: datetime, **wrapping: Unpack[Wrapping]
) -> None:
    """Tell a customer something the way they chose, in their language; nothing where we know no way to reach them.

    As ``owe_grouped`` otherwise; ``wrapping`` is the rest of a Notice. Raises UnknownLetter.
    """
    _write([Notice(kind=kind, key=key, to=customer, context=context, **wrapping)], at)


def owe_grouped(*, letters: Sequence[Notice], group: str, at: datetime) -> None:
    """Owe many notices at once, with a fixed number of statements; what one person gets of them goes out as one digest.

    Once per key and person, whoever else asks for the same at the same time; the first words stand. Joins the caller's
    transaction. Raises UnknownLetter.
    """
    _write([replace(letter, group=group) for letter in letters], at)


def owe_all(*, letters: Sequence[Notice], at: datetime) -> None:
    """Owe many notices at once, each to go out by itself: a thousand people hear the same, and nobody's is gathered with others.

    With a fixed number of statements; once per key and person. Joins the caller's transaction. Raises UnknownLetter.
    """
    _write(letters, at)


def _write(letters: Sequence[Notice], at: datetime) -> None:
    typist = wording.Typist(at)
    rows = [_row(notice, way, typist, at) for notice, way in ways.ways_of(letters)]
    insert_plain(Message, rows, ignore_conflicts=True)


def _row(notice: Notice, way: ways.Way, typist: wording.Typist, at: datetime) -> dict[str, Any]:
    letter = registry.letter(notice.kind)
    subject, text = typist.words_of(notice.kind, channel=way.channel, language=way.language, context=notice.context, blanks=notice.blanks)
    customer = notice.to.pk if isinstance(notice.to, Customer) else None
    text += _farewell(notice.topic, way.channel, customer, way.address, way.language)
    there = way.channel in AT_HAND
    # A safety letter waits for nobody; another waits a little for its like, so that a storm is one message.
    patience = timedelta(seconds=settings.DIGEST_SECONDS if notice.group and not notice.is_safety else 0)
    return {
        "kind": notice.kind,
        "key": f"{notice.key}:{way.mark}",
        "channel": way.channel,
        "address": way.address,
        "language": way.language,
        "customer_id": customer,
        "staff_id": notice.to.pk if isinstance(notice.to, Staff) else None,
        "subject": subject,
        "text": text,
        "link": notice.link,
        "group": notice.group,
        "about": _about(notice, way.language),
        "topic": notice.topic,
        "is_safety": notice.is_safety,
        "status": MessageStatus.SENT if there else MessageStatus.OWED,
        "sent_at": at if there else None,
        "created_at": at,
        "next_attempt_at": at + in_business_time(patience),
        "expires_at": at + _worth_sending(letter) if letter.lives else None,
    }


def _farewell(topic: str, channel: str, customer: int | None, address: str, language: str) -> str:
    """How messages of a topic are stopped, after the words of one; nothing where it has none."""
    if not topic:
        return ""
    return wording.farewell(WayOut(reader_of(customer=customer, address=address), topic, channel), language=language)


def _about(notice: Notice, language: str) -> str:
    words = notice.about if isinstance(notice.about, str) else notice.about.get(language, "")
    return words[:120]


def _worth_sending(letter: Letter) -> timedelta:
    """How long a message is worth sending; one whose reader waits for it, like a code, counts in real time."""
    lives = letter.lives or timedelta()
    return in_business_time(lives) if letter.is_prompt else lives
