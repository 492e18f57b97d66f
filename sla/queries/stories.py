"""What happened here, as stories for a replay: read, never written."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from casework.models import Event, Timeline

from ..models import Extension
from ..selection import DIMENSIONS
from ..simulation import Happening, Story

#: Timelines looked at for an event: most of them are purchases, which no promise of a case ever minds.
_WINDOW = 100_000


def stories_between(since: datetime, until: datetime) -> Iterator[Story]:
    """Every matter opened in this time with all that happened to it since, in the order of opening. Named by the key of its timeline."""
    yield from _stories(Event.objects.filter(timeline__opened_at__gte=since, timeline__opened_at__lt=until), _granted(since))


def stories_of(timelines: Sequence[int], since: datetime) -> Iterator[Story]:
    """The same of certain timelines, none of which was opened before ``since``."""
    yield from _stories(Event.objects.filter(timeline__in=timelines), _granted(since))


def newest_with(verbs: Collection[str], *, since: datetime, most: int) -> tuple[list[int], datetime]:
    """Of the timelines opened since then the newest on which one of these events was recorded, at most so many; and how far we looked."""
    newest = Timeline.objects.filter(opened_at__gte=since).order_by("-pk")
    edge = newest.values_list("pk", "opened_at")[_WINDOW : _WINDOW + 1].first()
    seen = newest.filter(pk__gt=edge[0]) if edge else newest
    heard = Event.objects.filter(timeline=OuterRef("pk"), verb__in=list(verbs))
    found = list(seen.filter(Exists(heard)).values_list("pk", "opened_at")[:most])
    if len(found) == most:
        return [pk for pk, _opened in found], found[-1][1]
    return [pk for pk, _opened in found], edge[1] if edge else since


def _stories(events: "QuerySet[Event]", granted: Mapping[int, str]) -> Iterator[Story]:
    ordered = events.select_related("timeline").order_by("timeline_id", "seq")
    for timeline, theirs in groupby(ordered.iterator(chunk_size=2000), key=attrgetter("timeline")):
        happenings = tuple(_happening(event, granted) for event in theirs)
        yield Story(str(timeline.pk), _attributes(timeline.kind, happenings), happenings)


def _happening(event: Event, granted: Mapping[int, str]) -> Happening:
    facts: dict[str, Any] = dict(event.facts)
    if event.verb == "case.extended" and facts.get("extension") in granted:
        facts["until"] = granted[facts["extension"]]
    return Happening(event.verb, event.at, facts)


def _granted(since: datetime) -> dict[int, str]:
    """The moments that extensions were approved for."""
    approved = Extension.objects.filter(status=Extension.Status.APPROVED, asked_at__gte=since)
    return {pk: due_at.isoformat() for pk, due_at in approved.values_list("pk", "due_at")}


def _attributes(kind: str, happenings: tuple[Happening, ...]) -> dict[str, str]:
    """As things were when it was opened; later changes are events of the story."""
    first = happenings[0].facts
    return {name: str(first.get(name, "")) for name in DIMENSIONS} | {"kind": str(first.get("kind") or kind)}
