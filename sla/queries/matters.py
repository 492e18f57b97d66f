"""What a timeline is about, as far as promises ask: what they select by, and in whose hands it is."""

from collections.abc import Mapping
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


def matter_of(timeline: Timeline, event: Event) -> Matter:
    """What the event says of itself, and for the rest what the case says (one statement, unless the event says it all)."""
    facts = event.facts
    known: Mapping[str, Any] = {} if _says_all(facts) else _case(timeline)
    attributes = {name: str(facts[name] if name in facts else known.get(name, "")) for name in DIMENSIONS if name != "kind"}
    return Matter(
        attributes={**attributes, "kind": str(facts.get("kind") or timeline.kind)},
        hall=facts["hall"] if "hall" in facts else known.get("hall_id"),
        owner=facts["owner"] if "owner" in facts else known.get("owner_id") or known.get("first_asked_id"),
    )


def _says_all(facts: Mapping[str, Any]) -> bool:
    return all(name in facts for name in (*DIMENSIONS, "hall", "owner"))


def _case(timeline: Timeline) -> Mapping[str, Any]:
    return Case.objects.filter(timeline=timeline).values(*_COLUMNS).first() or {}
