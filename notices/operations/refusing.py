"""Stop messages of a topic and ask for them again, by link, in the cabinet or through a colleague.

Said twice it changes nothing, and the first moment stands: mail programs and people press a button more than once.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

import accounts.permissions
from accounts.actors import Actor
from accounts.models import Customer, User
from accounts.roles import Verb

from ..models import Refusal, RefusalMeans, Topic
from ..way_out import WAYS, Reader

#: Topic -> the ways by which it is to come.
type Wishes = Mapping[str, Collection[str]]


def stop(*, reader: Reader, topic: str, ways: Collection[str], means: str, at: datetime) -> int:
    """Nothing of a topic by these ways any more; how many ways were stopped just now."""
    rows = [
        Refusal(customer_id=reader.customer, digest=reader.digest, topic=topic, channel=way, means=means, since=at) for way in sorted(ways)
    ]
    with transaction.atomic():
        before = _of(reader, topic).count()
        Refusal.objects.bulk_create(rows, ignore_conflicts=True)
        return _of(reader, topic).count() - before


def ask_again(*, reader: Reader, topic: str, ways: Collection[str], at: datetime) -> int:
    """A topic comes again by these ways; how many were stopped until now."""
    return _of(reader, topic).filter(channel__in=ways).update(ended_at=at)


@transaction.atomic
def wish(*, reader: Reader, wishes: Wishes, ways: Collection[str], means: str, at: datetime) -> None:
    """Of these ways, each named topic comes by the wished ones and by no other; other topics stay as they are."""
    for topic, wanted in sorted(wishes.items()):
        stop(reader=reader, topic=topic, ways=set(ways) - set(wanted), means=means, at=at)
        ask_again(reader=reader, topic=topic, ways=set(ways) & set(wanted), at=at)


@transaction.atomic
def wish_for_household(*, people: Collection[Customer], wishes: Wishes, at: datetime) -> None:
    """The same for the customers of one cabinet."""
    for person in people:
        wish(reader=Reader(person.pk), wishes=wishes, ways=WAYS, means=RefusalMeans.CABINET, at=at)


def wish_for_caller(*, customer: Customer, wishes: Wishes, by: Actor, at: datetime) -> None:
    """The same as a customer tells a colleague. Raises Forbidden."""
    if isinstance(by, User):
        accounts.permissions.check_verb(by, Verb.HANDLE_CASES, at=at)
    wish(reader=Reader(customer.pk), wishes=wishes, ways=WAYS, means=RefusalMeans.STAFF, at=at)


def _of(reader: Reader, topic: str) -> QuerySet[Refusal]:
    whose = Q(customer=reader.customer) if reader.customer is not None else Q(digest=reader.digest)
    return Refusal.objects.filter(whose, topic=Topic(topic), ended_at=None)
