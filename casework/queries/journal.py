"""Whether the journal's links hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db import transaction

from .. import journal
from ..models import Event, Timeline

#: Behind the last timeline.
_END: tuple[float, list[Event]] = (float("inf"), [])


@dataclass(frozen=True)
class Proof:
    """What was walked, and the first link that does not hold (empty when all do)."""

    timelines: int
    events: int
    fault: str = ""


def prove_journal() -> Proof:
    """Recompute every hash of every timeline, oldest first, up to the first wrong event.

    It finds an edited, inserted, reordered or deleted event. It cannot find a timeline that was removed whole, or rewritten
    whole with its head: that takes a root published outside.
    """
    timelines = events = 0
    chains = _chains()
    pk, chain = next(chains, _END)
    for timeline in Timeline.objects.order_by("pk").iterator(chunk_size=2000):
        if pk < timeline.pk:
            break
        own: list[Event] = []
        if pk == timeline.pk:
            own = chain
            pk, chain = next(chains, _END)
        # Somebody may have written between the two reads: only a fault that stays is one.
        if _fault_of(timeline, own) and (fault := _second_look(timeline.pk)):
            return Proof(timelines, events, fault)
        timelines, events = timelines + 1, events + len(own)
    return Proof(timelines, events, "" if pk == _END[0] else f"timeline {pk}: it has events and no row of its own")


@transaction.atomic
def _second_look(pk: int) -> str:
    timeline = Timeline.objects.select_for_update(no_key=True).get(pk=pk)
    return _fault_of(timeline, list(timeline.events.order_by("seq")))


def _chains() -> Iterator[tuple[float, list[Event]]]:
    rows = Event.objects.order_by("timeline_id", "seq").iterator(chunk_size=2000)
    return ((pk, list(chain)) for pk, chain in groupby(rows, key=lambda event: event.timeline_id))


def _fault_of(timeline: Timeline, chain: list[Event]) -> str:
    previous = ""
    for seq, event in enumerate(chain, start=1):
        if event.seq != seq:
            return f"timeline {timeline.pk}: event {seq} is missing"
        expected = journal.link(previous, timeline=timeline.seed, verb=event.verb, at=event.at, by=event.by, facts=event.facts)
        if event.hash != expected:
            return f"timeline {timeline.pk}: event {seq} ({event.verb}) does not match its hash"
        previous = event.hash
    if (timeline.last_seq, timeline.last_hash) != (len(chain), previous):
        return f"timeline {timeline.pk}: its head says {timeline.last_seq} events, the chain has {len(chain)} or ends otherwise"
    return ""
