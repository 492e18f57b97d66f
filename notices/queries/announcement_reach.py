"""Whom an announcement reaches, by which way and in which turn: one query, counted by the database or written from by it.

Note [One query for all]. A hundred thousand recipients are never loaded. The same query counts them for whoever writes, and is the
SELECT of the INSERT that owes them their messages, so that the count shown and the messages owed cannot disagree.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import and_, or_
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, Case, CharField, Count, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from accounts.models import Account, Customer, Phone, Segment
from accounts.queries.places import below

from .. import audiences, channels
from ..models import Announcement, Channel, FollowedPlace, Topic
from .refusals import refusers

#: In this order we look for a way that can be gone where the one a customer chose cannot.
WAYS = (Channel.SMS, Channel.EMAIL, Channel.VOICE, Channel.CABINET)
#: Told before all others (T37).
FIRST = Q(segment=Segment.VIP)
_TEXT = CharField()


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Whom somebody wants to reach: each filter narrows, an empty one does not. ``is_bidden``: also who stopped announcements."""

    paths: Sequence[str] = ()
    segments: Sequence[str] = ()
    price_classes: Sequence[str] = ()
    condition: str = ""
    ways: Sequence[str] = ()
    is_bidden: bool = False


@dataclass(frozen=True)
class Reach:
    """How many are told, how many of them first, by which ways, and how many we know no such way to."""

    customers: int = 0
    vip: int = 0
    ways: Mapping[str, int] = field(default_factory=dict)
    unreachable: int = 0

    @property
    def named_ways(self) -> list[tuple[str, int]]:
        """The ways in words, the most used first."""
        names = dict(Channel.choices)
        return sorted(((str(names[way]), count) for way, count in self.ways.items()), key=lambda one: (-one[1], one[0]))


def wanted_by(announcement: Announcement) -> Wanted:
    """The filters of an announcement."""
    return Wanted(
        paths=sorted(place.path for place in announcement.territories.all()),
        segments=announcement.segments,
        price_classes=announcement.price_classes,
        condition=announcement.condition,
        ways=announcement.ways,
        is_bidden=announcement.is_safety or announcement.is_payment,
    )


def reach_of(wanted: Wanted, *, at: datetime) -> Reach:
    """Whom it reaches, in one statement."""
    rows = list(routed(wanted, at=at).order_by().values_list("way", "is_first").annotate(count=Count("pk")))
    ways: dict[str, int] = {}
    for way, _is_first, count in rows:
        if way:
            ways[way] = ways.get(way, 0) + count
    vip = sum(count for way, is_first, count in rows if way and is_first)
    return Reach(sum(ways.values()), vip, ways, sum(count for way, _first, count in rows if not way))


def routed(wanted: Wanted, *, at: datetime) -> QuerySet[Any]:
    """Everybody it is meant for, each with ``way`` (empty: none), ``phone`` and ``is_first``."""
    any_phone = Phone.objects.filter(customer=OuterRef("pk")).order_by("pk").values("number")[:1]
    rows: QuerySet[Any] = people(wanted, at=at).annotate(
        main=FilteredRelation("phones", condition=Q(phones__is_primary=True)),
        # The second is only looked for where no number is the first.
        phone=Coalesce(F("main__number"), Subquery(any_phone), Value(""), output_field=_TEXT),
        is_first=Case(When(FIRST, then=Value(True)), default=Value(False), output_field=BooleanField()),
    )
    found: QuerySet[Any] = rows.annotate(way=_way(wanted))
    # Who stopped announcements is nobody we cannot reach: they are not meant.
    return found if wanted.is_bidden else found.exclude(_has_stopped_all())


def people(wanted: Wanted, *, at: datetime) -> QuerySet[Customer]:
    """Everybody it is meant for: who has a living account that fits, and who follows one of its places."""
    found = Q(pk__in=_accounts(wanted, at).values("customer"))
    if wanted.paths and not (wanted.condition or wanted.price_classes):
        found |= Q(pk__in=followers(wanted.paths).values("customer"))
    rows = Customer.objects.filter(found)
    if wanted.segments:
        rows = rows.filter(segment__in=wanted.segments)
    return rows


def followers(paths: Collection[str]) -> QuerySet[FollowedPlace]:
    """Wishes to hear of a place that lies in one of these, or around one of them."""
    around = {int(key) for path in paths for key in path.strip("/").split("/")}
    inside = reduce(or_, (Q(territory__path__startswith=path) for path in paths))
    return FollowedPlace.objects.filter(inside | Q(territory__in=around))


def _accounts(wanted: Wanted, at: datetime) -> QuerySet[Account]:
    rows = Account.objects.exclude(status=Account.Status.CLOSED)
    if wanted.paths:
        rows = rows.filter(premises__territory__in=below(wanted.paths))
    if wanted.price_classes:
        rows = rows.filter(price_class__in=wanted.price_classes)
    if wanted.condition:
        rows = rows.filter(pk__in=audiences.audiences()[wanted.condition].accounts(at).order_by().values("pk"))
    return rows


def _way(wanted: Wanted) -> Case:
    """The way a customer chose where it is allowed, was not stopped and can be gone, else the first of which that holds."""
    usable = [way for way in WAYS if (not wanted.ways or way in wanted.ways) and _is_open(way)]
    free = {way: _can(way) if wanted.is_bidden else _can(way) & ~_stopped(way) for way in usable}
    chosen = [When(free[way] & Q(channel=way), then=Value(str(way))) for way in usable]
    others = [When(free[way], then=Value(str(way))) for way in usable]
    return Case(*chosen, *others, default=Value(""), output_field=_TEXT)


def _stopped(way: str) -> Q:
    return Q(pk__in=refusers(Topic.NEWS, way))


def _has_stopped_all() -> Q:
    return reduce(and_, (_stopped(way) for way in WAYS))


def _can(way: str) -> Q:
    by_way: dict[Any, Q] = {Channel.EMAIL: ~Q(email=""), Channel.CABINET: Q(pk__isnull=False)}
    return by_way.get(way, ~Q(phone=""))


def _is_open(way: str) -> bool:
    """As for letters: where nobody can be called, calls become text messages, and those wait for their gateway."""
    return way != Channel.VOICE or Channel.VOICE in channels.open_channels()


def languages() -> Case:
    """The language in which a customer is written to: theirs if we speak it, else the house's."""
    spoken = [When(language=code, then=Value(code)) for code, _name in settings.LANGUAGES]
    return Case(*spoken, default=Value(settings.LANGUAGE_CODE), output_field=_TEXT)
