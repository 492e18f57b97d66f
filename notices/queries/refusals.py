"""What readers do not want to be sent, as pages show it and senders ask for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Customer

from ..models import Channel, Message, Refusal, Topic
from ..way_out import WAYS, Reader, digest_of


@dataclass(frozen=True)
class Way:
    """One topic by one way: stopped since when, and how that was said; None and empty: it comes."""

    channel: str
    name: str
    stopped: Refusal | None

    @property
    def comes(self) -> bool:
        return self.stopped is None


@dataclass(frozen=True)
class TopicWays:
    """One topic with the ways it can come."""

    topic: str
    name: str
    ways: Sequence[Way]

    @property
    def is_stopped(self) -> bool:
        """Whether nothing of it comes any more."""
        return not any(way.comes for way in self.ways)

    @property
    def since(self) -> datetime | None:
        """Since when nothing of it comes."""
        return max((way.stopped.since for way in self.ways if way.stopped), default=None) if self.is_stopped else None


def table(refusals: Collection[Refusal], *, ways: Sequence[str]) -> list[TopicWays]:
    """Every topic with each of these ways."""
    stopped = {(one.topic, one.channel): one for one in refusals}
    names = dict(Channel.choices)
    return [
        TopicWays(str(topic), str(topic.label), [Way(way, str(names[Channel(way)]), stopped.get((str(topic), way))) for way in ways])
        for topic in Topic
    ]


def of_reader(reader: Reader) -> QuerySet[Refusal]:
    """What stands against a reader's name or address now."""
    whose = Q(customer=reader.customer) if reader.customer is not None else Q(digest=reader.digest)
    return Refusal.objects.filter(whose, ended_at=None)


def of_customer(customer: Customer) -> list[TopicWays]:
    """What a customer gets and what not."""
    return table(of_reader(Reader(customer.pk)), ways=[str(way) for way in WAYS])


def history_of(customer: Customer) -> QuerySet[Refusal]:
    """All they ever said of it, the newest first."""
    return Refusal.objects.filter(customer=customer)


def is_known(reader: Reader) -> bool:
    """Whether the customer of a link is still here; an address needs nobody to be here."""
    return reader.customer is None or Customer.objects.filter(pk=reader.customer).exists()


def refusers(topic: str, channel: str) -> QuerySet[Refusal, Any]:
    """The customers who want no messages of a topic by one way, for a query to leave out."""
    return Refusal.objects.filter(topic=topic, channel=channel, ended_at=None, customer__isnull=False).values("customer")


def is_refused(message: Message) -> bool:
    """Whether its reader stopped its like before it went: by name, or whoever is at its address."""
    if not message.topic:
        return False
    whose = Q(digest=digest_of(message.address)) & ~Q(digest="")
    if message.customer_id is not None:
        whose |= Q(customer=message.customer_id)
    elif message.channel == Channel.SMS:
        whose |= Q(customer__phones__number=message.address)
    return Refusal.objects.filter(whose, topic=message.topic, channel=message.channel, ended_at=None).exists()


def refused_among(messages: Sequence[Message]) -> set[int]:
    """The same for many messages of known customers with one statement: the keys of those that were stopped."""
    asked = [message for message in messages if message.topic]
    if not asked:
        return set()
    digests = {message.pk: digest_of(message.address) for message in asked}
    whose = Q(customer__in={message.customer_id for message in asked}) | Q(digest__in={one for one in digests.values() if one})
    rows = Refusal.objects.filter(whose, ended_at=None).values_list("customer", "digest", "topic", "channel")
    stopped = {(customer or digest, topic, channel) for customer, digest, topic, channel in rows}
    return {
        message.pk
        for message in asked
        for who in (message.customer_id, digests[message.pk])
        if (who, message.topic, message.channel) in stopped
    }


def writes_to(topic: str, *, phone: str = "", customer: Customer | None = None) -> bool:
    """Whether anything of a topic can still reach a bare phone, else a customer."""
    if phone:
        return not is_refused(Message(topic=topic, channel=Channel.SMS, address=phone))
    return customer is None or any(not one.is_stopped for one in of_customer(customer) if one.topic == topic)
