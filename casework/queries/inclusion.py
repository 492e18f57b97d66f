"""Proofs that the head of a timeline was sealed, made from the heads that its root covers."""

from collections.abc import Sequence
from datetime import UTC

from .. import inclusion, merkle
from ..inclusion import Chained, Inclusion
from ..models import Case, Event, SealedHead, Timeline


class NotSealed(LookupError):
    """No root covers the timeline yet: the next one is made in the night."""


def newest_seal(timeline: int) -> SealedHead | None:
    """The newest sealed head of a timeline with its root; None before its first night."""
    return SealedHead.objects.select_related("root").filter(timeline=timeline).order_by("-seq").first()


def prove_inclusion(timeline: Timeline, *, with_events: bool = False) -> Inclusion:
    """That the newest sealed head of a timeline stands under its root; with the events it covers, if wanted. Raises NotSealed.

    Reads every head under that root (at most casework.operations.sealing.MOST): a second for the largest.
    """
    seal = newest_seal(timeline.pk)
    if seal is None:
        raise NotSealed
    heads = list(seal.root.sealed.order_by("timeline").values_list("timeline", "seq", "hash"))
    index = heads.index((seal.timeline, seal.seq, seal.hash))
    proof = Inclusion(
        format=inclusion.FORMAT,
        reference=Case.objects.filter(timeline=timeline).values_list("reference", flat=True).first() or "",
        timeline=timeline.pk,
        events=seal.seq,
        head=seal.hash,
        index=index,
        path=inclusion.audit_path([merkle.leaf(*head) for head in heads], index),
        root=seal.root.published,
    )
    if with_events:
        proof["seed"], proof["chain"] = timeline.seed, _chain(timeline, seal.seq)
    return proof


def _chain(timeline: Timeline, events: int) -> Sequence[Chained]:
    rows = Event.objects.filter(timeline=timeline, seq__lte=events).order_by("seq")
    return [Chained(verb=row.verb, at=row.at.astimezone(UTC).isoformat(), by=row.by, facts=row.facts) for row in rows]
