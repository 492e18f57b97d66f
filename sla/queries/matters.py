"""What a timeline is about, as far as promises ask: what they select by, and in whose hands it is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from casework.models import Case, Event, Timeline

from ..selection import DIMENSIONS

_COLUMNS = (*(name for name in DIMENSIONS if name != "kind"), "hall_id", "owner_id", "first_asked_id")


@dataclass(frozen=True)
class Matter:
    """``attributes`` are what promises select by; ``hall`` and ``owner`` are keys, None for nobody yet."""

    attributes: Mapping[str, str]
    hall: int | None
    owner: int | None


def matter_of(timeline: Timeline, event: Event, said: Mapping[str, Any] | None = None) -> Matter:
    """What the event says of itself, and for the rest what the case says (one statement, unless the event says it all).

    ``said``: what is known to hold of the case still, because its first event said so a moment ago.
    """
    facts = event.facts
    known: Mapping[str, Any] = {} if says_all(facts) else _as_said(said) if said else _case(timeline)
    attributes = {name: str(facts[name] if name in facts else known.get(name, "")) for name in DIMENSIONS if name != "kind"}
    return Matter(
        attributes={**attributes, "kind": str(facts.get("kind") or timeline.kind)},
        hall=facts["hall"] if "hall" in facts else known.get("hall_id"),
        owner=facts["owner"] if "owner" in facts else known.get("owner_id") or known.get("first_asked_id"),
    )


@dataclass(frozen=True)
class CaseFacts:
    """A case's reference, what an event must say so that nobody has to look the case up, and who sees to it by name."""

    reference: str
    facts: Mapping[str, Any]
    named: int | None = None


def facts_of_cases(timelines: Collection[int]) -> Mapping[int, CaseFacts]:
    """Of the timelines that are cases, by the timeline's key; one statement for all of them."""
    rows = Case.objects.filter(timeline__in=timelines).values("timeline_id", "reference", "kind", "named_id", *_COLUMNS)
    return {
        row["timeline_id"]: CaseFacts(
            row["reference"],
            {name: row[name] for name in DIMENSIONS} | {"hall": row["hall_id"], "owner": row["owner_id"] or row["first_asked_id"]},
            row["named_id"],
        )
        for row in rows
    }


def says_all(facts: Mapping[str, Any]) -> bool:
    """Whether an event says itself what it is about."""
    return all(name in facts for name in (*DIMENSIONS, "hall", "owner"))


def _as_said(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**facts, "hall_id": facts["hall"], "owner_id": facts["owner"]}


def _case(timeline: Timeline) -> Mapping[str, Any]:
    return Case.objects.filter(timeline=timeline).values(*_COLUMNS).first() or {}
