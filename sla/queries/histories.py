"""Clocks as the pure arithmetic wants them: what happened to one, under which rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ..books import PolicyBook
from ..models import Clock
from ..policies import Policy
from ..terms import Extension, History, Leg, Rule
from .policies import calendar_version


@dataclass
class Running:
    """A clock in hand: its row, the version it runs under, and what happened to it so far.

    ``is_readable`` is False where a rule it ran under cannot be put together any more: it can still be ended, not computed.
    """

    clock: Clock
    policy: Policy
    history: History
    is_readable: bool = True

    @property
    def rule(self) -> Rule:
        """What it counts by now."""
        return self.history.legs[-1].rule

    @property
    def family(self) -> str:
        """Rivals share it; a promise alone is its own."""
        return self.policy.family or self.policy.key


def read_clock(clock: Clock, book: PolicyBook) -> Running:
    """Raises UnknownVersion when the book has lost the version."""
    policy = book.version(clock.version_id)
    try:
        legs = tuple(Leg(_rule(raw, book), _moment(raw["from"])) for raw in clock.legs)
    except (LookupError, ValueError):
        return Running(clock, policy, _history(clock, ()), is_readable=False)
    return Running(clock, policy, _history(clock, legs))


def history_of(clock: Clock) -> History:
    """What happened to a clock, whatever rules it counted by."""
    return _history(clock, ())


def dump_history(history: History, book: PolicyBook) -> dict[str, Any]:
    """The columns of a clock that hold its history. Legs name their version by the key of its row."""
    versions = book.edition.by_number
    return {
        "started_at": history.started_at,
        "anchor_at": history.anchor_at,
        "legs": [
            {
                "version": versions[leg.rule.promise, leg.rule.version],
                "calendar": leg.rule.calendar.key,
                "number": leg.rule.calendar.number,
                "from": _text(leg.from_moment),
            }
            for leg in history.legs
        ],
        "pauses": [[_text(began), _text(ended) if ended else None] for began, ended in history.pauses],
        "extensions": [
            {
                "granted_at": _text(one.granted_at),
                "code": one.code,
                "reading": one.reading,
                "until": _text(one.until) if one.until else None,
            }
            for one in history.extensions
        ],
    }


def _history(clock: Clock, legs: tuple[Leg, ...]) -> History:
    return History(
        started_at=clock.started_at,
        pauses=tuple((_moment(began), _moment(ended) if ended else None) for began, ended in clock.pauses),
        extensions=tuple(_extension(raw) for raw in clock.extensions),
        legs=legs,
        anchor_at=clock.anchor_at,
        stopped_at=clock.stopped_at,
        is_withdrawn=clock.status == Clock.Status.WITHDRAWN,
        event=clock.event,
    )


def _rule(raw: Mapping[str, Any], book: PolicyBook) -> Rule:
    calendar = calendar_version(raw["calendar"], raw["number"], known_at=_moment(raw["from"]))
    return book.version(raw["version"]).rule(calendar)


def _extension(raw: Mapping[str, Any]) -> Extension:
    until = _moment(raw["until"]) if raw["until"] else None
    return Extension(_moment(raw["granted_at"]), code=raw["code"], reading=raw["reading"], until=until)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
