"""What a promise says at a moment, ready to be asked: patterns and limits parsed, texts at hand. Pure.

A ``Policy`` is one version of a promise; which versions there are is known to ``sla.queries.policies``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from . import patterns, selection
from .calendars import Calendar
from .limits import Kind, Limit
from .patterns import Pattern
from .terms import Readings, Rule, Rung

#: Kinds of promise that a reopening takes back, because what the customer asked for was not done. An arrival stays an arrival.
_OUTCOMES = frozenset({"reply", "resolution", "process"})


@dataclass(frozen=True)
class LadderStep:
    """Who is told when: the rung of the clock ("80%", "-PT30M", "target") and the role that hears of it."""

    rung: str
    role: str


@dataclass(frozen=True, kw_only=True)
class Policy:
    """One version of a promise. ``version`` is its row's key, ``number`` its place among the promise's versions.

    ``selects``, ``family`` and ``length`` make it a rival in ``sla.selection``; ``anchor`` names the fact of the starting event
    that holds the moment which an agreed, planned or lead time counts from. ``part_of`` is the promise of which it is a stage.
    ``notes`` are readings that only people read (which
    conflict was settled how, what keeps a rule). Texts are {language: {"title", "from", "until", "text"}}.
    """

    key: str
    version: int
    number: int
    effective_from: datetime | None
    kind: str
    nature: str
    source: str
    quote: str
    family: str
    selects: selection.Selects
    length: float
    starts_on: tuple[Pattern, ...]
    stops_on: tuple[Pattern, ...]
    pauses_on: tuple[Pattern, ...]
    resumes_on: tuple[Pattern, ...]
    withdrawn_on: tuple[Pattern, ...]
    target: Limit | None
    limit: Limit | None
    calendar: str
    cut_off: time | None
    anchor: str
    part_of: str
    is_safety: bool
    is_active: bool
    is_public: bool
    owner: str
    ladder: tuple[LadderStep, ...]
    extension: Mapping[str, Any]
    compensation: Mapping[str, Any]
    readings: Readings
    notes: Mapping[str, Any]
    texts: Mapping[str, Mapping[str, str]]

    def rule(self, calendar: Calendar) -> Rule:
        """What the clock's arithmetic needs, under this calendar (usually ``PolicyBook.rule``)."""
        return Rule(
            target=self.target,
            limit=self.limit,
            calendar=calendar,
            cut_off=self.cut_off,
            ladder=tuple(Rung(step.rung) for step in self.ladder),
            is_safety=self.is_safety,
            readings=self.readings,
            promise=self.key,
            version=self.number,
        )

    def role_at(self, rung: str) -> str:
        """Who hears of this rung; a repetition ("100%.2") goes where the rung went, an unknown rung to whoever is answerable."""
        name = rung.partition(".")[0]
        return next((step.role for step in self.ladder if step.rung == name), self.owner)

    def starts(self, verb: str, facts: Mapping[str, Any]) -> bool:
        """Whether this event starts its clock, for those it is meant for."""
        return patterns.match(self.starts_on, verb, facts)

    def stops(self, verb: str, facts: Mapping[str, Any]) -> bool:
        """Whether this event keeps (or, late, ends) the promise."""
        return patterns.match(self.stops_on, verb, facts)

    def pauses(self, verb: str, facts: Mapping[str, Any]) -> bool:
        """Whether the clock waits from this event on. Never for a safety clock."""
        return not self.is_safety and patterns.match(self.pauses_on, verb, facts)

    def resumes(self, verb: str, facts: Mapping[str, Any]) -> bool:
        """Whether a waiting clock runs again from this event on."""
        return patterns.match(self.resumes_on, verb, facts)

    def withdraws(self, verb: str, facts: Mapping[str, Any]) -> bool:
        """Whether this event makes the promise moot: neither kept nor broken."""
        return patterns.match(self.withdrawn_on, verb, facts)

    @property
    def is_outcome(self) -> bool:
        """Whether a reopening takes its keeping back: what the customer asked for was not done. A stage of it was done all the same."""
        return self.kind in _OUTCOMES and not self.part_of

    @property
    def verbs(self) -> frozenset[str]:
        """Every verb this version listens to."""
        return frozenset(pattern.verb for pattern in (*self.starts_on, *self.changed_on))

    @property
    def changed_on(self) -> tuple[Pattern, ...]:
        """What a running clock of it minds."""
        return (*self.stops_on, *self.pauses_on, *self.resumes_on, *self.withdrawn_on)

    def title(self, language: str) -> str:
        """In this language, else in English, else the key."""
        return self.said("title", language) or self.key

    def said(self, what: str, language: str) -> str:
        """A text in this language, else in English; may be empty."""
        return self.texts.get(language, {}).get(what) or self.texts.get("en", {}).get(what, "")


_DAY = 86_400.0
_COUNTED_IN: Mapping[Kind, float] = {
    Kind.DAYS: _DAY,
    Kind.DAYS_INCLUSIVE: _DAY,
    Kind.WORKING_DAYS: _DAY,
    Kind.RINGS: 5.0,
    Kind.MONTHS: 30 * _DAY,
    Kind.PERIOD: 30 * _DAY,
}
_FIXED: Mapping[Kind, float] = {Kind.INSTANT: 0.0, Kind.CLOSE: _DAY / 3, Kind.NEXT_START: _DAY}


def nominal_length(limit: Limit | None) -> float:
    """Roughly how many seconds a limit gives, whatever the calendar: only to tell which of two rivals is shorter."""
    if limit is None:
        return float("inf")
    if limit.kind in {Kind.TIME, Kind.LEAD}:
        return limit.time.total_seconds()
    if limit.kind in _COUNTED_IN:
        # A week is a period of no months.
        return (limit.count or 7 / 30) * _COUNTED_IN[limit.kind]
    return _FIXED.get(limit.kind, float("inf"))
