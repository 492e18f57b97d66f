"""Append to the journal, and owe what must follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from accounts.actors import Actor

from .. import journal, registry
from ..models import Effect, Event, Timeline
from .plain_rows import insert_plain
from .rows import insert, is_put_aside, once_inserted

_COLUMNS = ("timeline_id", "seq", "verb", "at", "by", "facts", "hash")
_MOVE = """
UPDATE casework_timeline SET last_seq = moved.seq, last_hash = moved.hash
FROM unnest(%s::bigint[], %s::integer[], %s::text[]) AS moved (id, seq, hash) WHERE casework_timeline.id = moved.id
"""


@dataclass(frozen=True)
class Step:
    """Something that happened: a dotted verb and its facts (JSON, no personal data)."""

    verb: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def open_timeline(*, kind: str, steps: Sequence[Step], by: Actor, at: datetime) -> Timeline:
    """A new timeline with its first steps, in the caller's transaction."""
    timeline = Timeline(kind=kind, opened_at=at)
    events = _chain(timeline, steps, by, at)
    insert(timeline)
    _keep([(timeline, events)], at)
    return timeline


@transaction.atomic(savepoint=False)
def record(*, timeline_id: int, steps: Sequence[Step], by: Actor, at: datetime, known: Timeline | None = None) -> list[Event]:
    """Add steps to a timeline under its row lock; what follows from them is owed in the same transaction.

    ``known`` is the timeline as the caller last saw it: while nobody wrote since, it need not be read again.
    """
    if known is not None and (events := _append(known, steps, by, at)) is not None:
        return events
    # NO KEY: a plain lock would make every insert that points at this row wait, and deadlock with the sweep.
    timeline = Timeline.objects.select_for_update(no_key=True).get(pk=timeline_id)
    return _append(timeline, steps, by, at) or []


def record_many(*, steps: Sequence[tuple[Timeline, Step]], by: Actor, at: datetime) -> list[Event]:
    """Add one step each to many timelines that the caller holds locked, in the caller's transaction."""
    chained = [(timeline, _chain(timeline, [step], by, at)) for timeline, step in steps]
    _move_heads({timeline.pk: timeline for timeline, _events in chained})
    events = _owned(chained)
    keys = insert_plain(Event, [{name: getattr(event, name) for name in _COLUMNS} for event in events])
    for event, key in zip(events, keys, strict=True):
        event.pk, event._state.adding = key, False
    _owe_effects(events, at)
    _tell_listeners(*chained)
    return events


def _move_heads(heads: Mapping[int, Timeline]) -> None:
    if connection.vendor == "postgresql":
        rows = heads.values()
        with connection.cursor() as cursor:
            cursor.execute(_MOVE, [list(heads), [row.last_seq for row in rows], [row.last_hash for row in rows]])
        return
    # All of them exist; this is the one statement by which the ORM writes many rows differently without growing with the square.
    Timeline.objects.bulk_create(heads.values(), update_conflicts=True, unique_fields=["id"], update_fields=["last_seq", "last_hash"])


def _append(timeline: Timeline, steps: Sequence[Step], by: Actor, at: datetime) -> list[Event] | None:
    """The new events, or None where the timeline has moved on since it was read. The head first: its row is the lock."""
    before = timeline.last_seq, timeline.last_hash
    events = _chain(timeline, steps, by, at)
    if is_put_aside(timeline):
        return _keep([(timeline, events)], at)
    head = Timeline.objects.filter(pk=timeline.pk, last_seq=before[0])
    if not head.update(last_seq=timeline.last_seq, last_hash=timeline.last_hash):
        timeline.last_seq, timeline.last_hash = before
        return None
    return _keep([(timeline, events)], at)


def _keep(chained: Sequence[tuple[Timeline, list[Event]]], at: datetime) -> list[Event]:
    events = _owned(chained)
    insert(*events)
    _owe_effects(events, at)
    once_inserted(_tell_listeners, *chained)
    return events


def _owned(chained: Sequence[tuple[Timeline, list[Event]]]) -> list[Event]:
    """All of them, each knowing its timeline."""
    for timeline, own in chained:
        for event in own:
            event.timeline = timeline
    return [event for _timeline, own in chained for event in own]


def _tell_listeners(*chained: tuple[Timeline, list[Event]]) -> None:
    """Of each timeline all that is new on it at once."""
    told: dict[int, tuple[Timeline, list[Event]]] = {}
    for timeline, own in chained:
        told.setdefault(timeline.pk, (timeline, []))[1].extend(own)
    for timeline, events in told.values():
        for listener in registry.listeners() if events else ():
            listener(timeline, events)


def _chain(timeline: Timeline, steps: Sequence[Step], by: Actor, at: datetime) -> list[Event]:
    events = []
    for step in steps:
        timeline.last_seq += 1
        timeline.last_hash = journal.link(
            timeline.last_hash, timeline=timeline.seed, verb=step.verb, at=at, by=by.actor_label, facts=step.facts
        )
        events.append(
            Event(
                seq=timeline.last_seq,
                verb=step.verb,
                at=at,
                by=by.actor_label,
                facts=dict(step.facts),
                hash=timeline.last_hash,
            )
        )
    return events


def _owe_effects(events: Sequence[Event], at: datetime) -> None:
    effects = [
        Effect(
            topic=topic,
            key=f"{event.timeline_id}:{event.seq}",
            payload={"timeline": event.timeline_id, "seq": event.seq},
            created_at=at,
            next_attempt_at=at,
        )
        for event in events
        for topic in registry.topics_for(event.verb, event.facts)
    ]
    insert(*effects)
