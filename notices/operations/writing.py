"""Owe a message: its words are made now, in the recipient's language, and kept as they will be sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NotRequired, TypedDict, Unpack

from django.conf import settings
from django.template import Context, Engine
from django.utils.translation import get_supported_language_variant, override

from accounts.models import Customer

from .. import registry
from ..letter import Letter
from ..models import Channel, Message, MessageStatus


class WrongChannel(Exception):
    """This kind of letter does not go that way."""


class Recipient(TypedDict):
    """Who gets it and how. ``address`` is a phone in E.164 or an e-mail address; empty for the cabinet."""

    channel: str
    address: str
    language: str
    customer: NotRequired[Customer | None]


def owe(*, kind: str, key: str, context: Mapping[str, Any], at: datetime, **to: Unpack[Recipient]) -> Message:
    """Owe a message, once per ``key`` however often it is asked for; the first words stand.

    ``key`` names the cause (``top_up:17:receipt``) without anybody's phone or name: the provider and the journal see it. Joins
    the caller's transaction; sending comes after it. Raises UnknownLetter and WrongChannel.
    """
    letter = registry.letter(kind)
    if to["channel"] not in letter.channels:
        raise WrongChannel(f"{kind}: {to['channel']}")
    language = _supported(to["language"])
    with override(language):
        subject = "" if letter.is_secret else _subject(letter, kind, to["channel"], context)
        text = _words(letter, kind, context)
    there = to["channel"] == Channel.CABINET  # the cabinet's messages are delivered by being there
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
            "expires_at": at + letter.lives if letter.lives else None,
        },
    )
    return message


def _subject(letter: Letter, kind: str, channel: str, context: Mapping[str, Any]) -> str:
    return "" if channel == Channel.SMS else " ".join(_words(letter, f"{kind}.subject", context).split())


def _words(letter: Letter, name: str, context: Mapping[str, Any]) -> str:
    template = Engine.get_default().get_template(f"{letter.folder}/letters/{name}.txt")
    return template.render(Context(dict(context), autoescape=False)).strip()


def _supported(language: str) -> str:
    try:
        return get_supported_language_variant(language)
    except LookupError:
        return settings.LANGUAGE_CODE
