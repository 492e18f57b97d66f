"""Whether the journal's links hold, and whether it still is what its published roots say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db import transaction

from .. import journal
from ..models import Event, SealedHead, Timeline
from .root_proofs import prove_roots
from .roots import told

type _Chain = list[Event]
type _Seals = list[SealedHead]


@dataclass(frozen=True)
class Proof:
    """What was walked, and the first thing that does not hold (empty when all does)."""

    timelines: int
    events: int
    fault: str = ""
    roots: int = 0


def prove_journal(published: Sequence[journal.Published] = ()) -> Proof:
    """Check every root, then recompute every hash of every timeline, oldest first, up to the first fault.

    The links show an edited, inserted, reordered or deleted event; the roots a timeline that was removed whole, or rewritten
    whole with its head, since the root that covers it. ``published`` is a copy of the roots kept elsewhere: without it whoever
    holds the database and the key could make all roots anew. Needs the memory of one timeline, however many there are.
    """
    roots, fault = prove_roots(published)
    if fault:
        return Proof(0, 0, fault, roots)
    timelines = events = 0
    chains, seals = _Merge(_chains()), _Merge(_seals())
    for timeline in Timeline.objects.order_by("pk").iterator(chunk_size=2000):
        if stray := _stray(timeline.pk, chains, seals):
            return Proof(timelines, events, stray, roots)
        chain = chains.take(timeline.pk)
        # Somebody may have written between the reads: only a fault that stays is one.
        if _fault_of(timeline, chain, seals.take(timeline.pk)) and (fault := _second_look(timeline.pk)):
            return Proof(timelines, events, fault, roots)
        timelines, events = timelines + 1, events + len(chain)
    return Proof(timelines, events, _stray(None, chains, seals), roots)


class _Merge[Row]:
    """Rows grouped by timeline, in order, to be taken as the timelines pass by."""

    def __init__(self, groups: Iterator[tuple[int, list[Row]]]) -> None:
        self._groups = groups
        self._next = next(groups, None)

    def take(self, pk: int) -> list[Row]:
        """Those of this timeline."""
        if self._next is None or self._next[0] != pk:
            return []
        rows = self._next[1]
        self._next = next(self._groups, None)
        return rows

    def before(self, pk: int | None) -> tuple[int, list[Row]] | None:
        """The next group, if its timeline should have passed by already (None: all have)."""
        return self._next if self._next is not None and (pk is None or self._next[0] < pk) else None


def _stray(pk: int | None, chains: _Merge[Event], seals: _Merge[SealedHead]) -> str:
    """Events or sealed heads without a timeline; not those of one that was opened while we looked."""
    while sealed := seals.before(pk):
        if not Timeline.objects.filter(pk=sealed[0]).exists():
            return f"timeline {sealed[0]}: {told(sealed[1][-1].root_id)} covers it, and it is gone"
        seals.take(sealed[0])
    while chain := chains.before(pk):
        if not Timeline.objects.filter(pk=chain[0]).exists():
            return f"timeline {chain[0]}: it has events and no row of its own"
        chains.take(chain[0])
    return ""


@transaction.atomic
def _second_look(pk: int) -> str:
    timeline = Timeline.objects.select_for_update(no_key=True).get(pk=pk)
    return _fault_of(timeline, list(timeline.events.order_by("seq")), list(SealedHead.objects.filter(timeline=pk).order_by("seq")))


def _chains() -> Iterator[tuple[int, _Chain]]:
    rows = Event.objects.order_by("timeline_id", "seq").iterator(chunk_size=2000)
    return ((pk, list(chain)) for pk, chain in groupby(rows, key=lambda event: event.timeline_id))


def _seals() -> Iterator[tuple[int, _Seals]]:
    rows = SealedHead.objects.order_by("timeline", "seq").iterator(chunk_size=2000)
    return ((pk, list(heads)) for pk, heads in groupby(rows, key=lambda head: head.timeline))


def _fault_of(timeline: Timeline, chain: _Chain, seals: _Seals) -> str:
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
    wrong = next((head for head in seals if head.seq > len(chain) or chain[head.seq - 1].hash != head.hash), None)
    return f"timeline {timeline.pk}: {told(wrong.root_id)} covers {wrong.seq} events of it, and they were others" if wrong else ""


def latest_moment() -> datetime | None:
    """When the newest event happened; None where nothing ever did."""
    return Event.objects.order_by("-pk").values_list("at", flat=True).first()
