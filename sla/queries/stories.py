"""What happened here, as stories for a replay: read, never written."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from casework.models import Event

from ..models import Extension
from ..selection import DIMENSIONS
from ..simulation import Happening, Story


def stories_between(since: datetime, until: datetime) -> Iterator[Story]:
    """Every matter opened in this time with all that happened to it since, in the order of opening. Named by the key of its timeline."""
    events = Event.objects.filter(timeline__opened_at__gte=since, timeline__opened_at__lt=until)
    ordered = events.select_related("timeline").order_by("timeline_id", "seq")
    granted = _granted(since)
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
