"""The address by which a reader stops messages of one topic: who they are to us, in a form that tells nobody else.

Note [A way out]. It holds the key of a customer, or a keyed digest of a phone or e-mail address that we know nobody of, the topic, the
way the message went, and our signature, cut to what fits a text message. No name, no number; whoever holds the link can stop and ask
for the messages again, and learns nothing else. It works for as long as the reader is known: a message may be opened years later.
"""

import base64
import hmac
import re
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

from .models import Channel, Topic

#: The ways a topic can go, in the order people think of them.
WAYS = (Channel.SMS, Channel.VOICE, Channel.EMAIL, Channel.CABINET)
_TOPICS = {Topic.NEWS: "n", Topic.SURVEYS: "s", Topic.PLACES: "p"}
_CHANNELS = {Channel.SMS: "s", Channel.VOICE: "v", Channel.EMAIL: "e", Channel.CABINET: "c"}
_FORM = re.compile(r"([nsp])([svec])(?:c([0-9a-z]{1,13})|a([A-Za-z0-9_-]{16}))-([A-Za-z0-9_-]{12})")
#: 72 bits: nobody tries so many against a counter that stops them.
_SIGNATURE = 12


@dataclass(frozen=True)
class Reader:
    """Who gets messages: a customer (key), or an address of which we hold a digest."""

    customer: int | None = None
    digest: str = ""


@dataclass(frozen=True)
class WayOut:
    """What an address says: who, about what, and by which way the message with it went."""

    reader: Reader
    topic: str
    channel: str

    @property
    def ways(self) -> list[str]:
        """The ways that can be stopped with it: all of a customer's, but only its own of an address without one."""
        return [str(way) for way in WAYS] if self.reader.customer is not None else [self.channel]

    @property
    def token(self) -> str:
        who = f"c{int_to_base36(self.reader.customer)}" if self.reader.customer is not None else f"a{self.reader.digest}"
        said = f"{_TOPICS[Topic(self.topic)]}{_CHANNELS[Channel(self.channel)]}{who}"
        return f"{said}-{_signature(said)}"

    @property
    def address(self) -> str:
        """The whole address, for a message."""
        return settings.SITE_URL + reverse("notices:way_out", args=[self.token])


def reader_of(*, customer: int | None, address: str) -> Reader:
    """The reader of a message: its customer where we know them, else whoever is at its address."""
    return Reader(customer) if customer is not None else Reader(digest=digest_of(address))


def digest_of(address: str) -> str:
    """The same for the same phone (E.164) or e-mail address, and worth nothing without our key; empty for none."""
    if not address:
        return ""
    mac = hmac.digest(settings.FIELD_KEY.encode(), f"way_out:{address.strip().casefold()}".encode(), "sha256")
    return base64.urlsafe_b64encode(mac[:12]).decode()


def read(token: str) -> WayOut | None:
    """What an address says; None where it is not one of ours."""
    found = _FORM.fullmatch(token)
    if found is None:
        return None
    topic, channel, customer, digest, signature = found.groups()
    if not constant_time_compare(signature, _signature(token[: -len(signature) - 1])):
        return None
    reader = Reader(base36_to_int(customer)) if customer else Reader(digest=digest)
    return WayOut(reader, _of(_TOPICS, topic), _of(_CHANNELS, channel))


def _signature(said: str) -> str:
    mac = salted_hmac("notices.way_out", said, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mac).decode()[:_SIGNATURE]


def _of(letters: dict[Topic, str] | dict[Channel, str], letter: str) -> str:
    return next(str(name) for name, short in letters.items() if short == letter)
