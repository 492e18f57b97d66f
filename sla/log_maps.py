"""How a foreign log becomes stories: a map in TOML says which column is which event, and may bring promises of its own. Pure.

The format is described in docs/replay.md. A row that cannot be read, or contradicts itself, becomes ``Dirty``: none is dropped in
silence.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .books import Edition
from .calendars import BadWindows, Calendar, Window
from .draft_policies import BadDraft, read_policy
from .simulation import Happening, Story

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class BadMap(ValueError):
    """The map cannot be used; the text says where."""


@dataclass(frozen=True)
class EventColumn:
    """A column of moments and the verb of the event that happened then.

    ``facts`` name further columns, or words after "="; ``moments`` are facts that are moments (what a visit was agreed for).
    """

    verb: str
    at: str
    facts: Mapping[str, str]
    moments: Mapping[str, str]
    is_required: bool


@dataclass(frozen=True)
class Check:
    """What the log says of itself: when it was due, and whether that was kept; ``promise`` is the one to compare with."""

    promise: str
    due: str = ""
    within: timedelta = timedelta(0)
    verdict: str = ""
    kept: str = ""
    broken: str = ""


@dataclass(frozen=True)
class LogMap:
    """A map, read. ``edition`` holds its own promises, ``calendars`` its own calendars; 24x7 is always among them."""

    title: str
    zone: ZoneInfo
    key: str
    attributes: Mapping[str, str]
    events: tuple[EventColumn, ...]
    least: timedelta | None
    most: timedelta | None
    checks: tuple[Check, ...]
    edition: Edition
    calendars: Mapping[str, Calendar]

    def columns(self) -> set[str]:
        """Every column the map names."""
        facts = (value for event in self.events for value in (*event.facts.values(), *event.moments.values()))
        named = (*self.attributes.values(), *facts, *(event.at for event in self.events))
        checked = (column for check in self.checks for column in (check.due, check.verdict))
        return {self.key, *(value for value in named if not value.startswith("=")), *checked} - {""}


@dataclass(frozen=True)
class Dirty:
    """A row left out, and why: an event missing, a moment unreadable, an end before the start, too long to be true."""

    line: int
    key: str
    reason: str
    detail: str


def read_map(text: str) -> LogMap:
    """A map from its TOML. Raises BadMap."""
    try:
        raw = tomllib.loads(text)
        log, bounds = raw["log"], raw.get("plausible", {})
        return LogMap(
            title=raw.get("title", ""),
            zone=ZoneInfo(log["zone"]),
            key=log["key"],
            attributes=raw.get("attributes", {}),
            events=tuple(_event(one) for one in raw["events"]),
            least=_minutes(bounds.get("least_minutes")),
            most=_minutes(bounds.get("most_minutes")),
            checks=tuple(_check(one) for one in raw.get("checks", ())),
            edition=Edition(read_policy(one, number) for number, one in enumerate(raw.get("promises", ()), start=1)),
            calendars=_calendars(raw.get("calendars", {}), log["zone"]),
        )
    except (KeyError, TypeError, ValueError, BadDraft, BadWindows, ZoneInfoNotFoundError) as bad:
        raise BadMap(f"{type(bad).__name__}: {bad}") from bad


def _event(raw: Mapping[str, Any]) -> EventColumn:
    return EventColumn(raw["verb"], raw["at"], raw.get("facts", {}), raw.get("moments", {}), raw.get("required", False))


def _check(raw: Mapping[str, Any]) -> Check:
    within = timedelta(seconds=raw.get("within_seconds", 0))
    return Check(raw["promise"], raw.get("due", ""), within, raw.get("verdict", ""), raw.get("kept", ""), raw.get("broken", ""))


def _minutes(count: float | None) -> timedelta | None:
    return None if count is None else timedelta(minutes=count)


def _calendars(raw: Mapping[str, Any], zone: str) -> dict[str, Calendar]:
    around_the_clock = Calendar("24x7", zone=zone, is_always=True)
    return {around_the_clock.key: around_the_clock, **{key: _calendar(key, one) for key, one in raw.items()}}


def _calendar(key: str, raw: Mapping[str, Any]) -> Calendar:
    weekly = {day: tuple(_window(one) for one in windows) for days, windows in raw.get("weekly", {}).items() for day in _days(days)}
    closed = dict.fromkeys(raw.get("closed", ()), ())
    return Calendar(key, 1, raw["zone"], raw.get("always", False), weekly, closed)


def _days(text: str) -> range:
    first, _dash, last = text.partition("-")
    return range(DAYS.index(first), DAYS.index(last or first) + 1)


def _window(text: str) -> Window:
    opens, _dash, closes = text.partition("-")
    return Window.parse(opens, closes)


def stories(log_map: LogMap, rows: Iterable[Mapping[str, str]]) -> Iterator[tuple[Mapping[str, str], Story | Dirty]]:
    """Each row with its story, or with why it has none. Lines are counted as an editor does: the heading is the first."""
    for line, row in enumerate(rows, start=2):
        try:
            yield row, _plausible(log_map, _story(log_map, row))
        except _Unusable as found:
            yield row, Dirty(line, row.get(log_map.key) or "", found.reason, found.detail)


class _Unusable(Exception):
    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


def _story(log_map: LogMap, row: Mapping[str, str]) -> Story:
    happenings = []
    for event in log_map.events:
        if text := (row.get(event.at) or "").strip():
            happenings.append(Happening(event.verb, moment(text, log_map.zone), _facts(log_map, event, row)))
        elif event.is_required:
            raise _Unusable("missing", event.at)
    if not happenings:
        raise _Unusable("missing", log_map.events[0].at)
    attributes = {name: _value(row, source) for name, source in log_map.attributes.items()}
    return Story(row.get(log_map.key) or "", attributes, tuple(happenings))


def _facts(log_map: LogMap, event: EventColumn, row: Mapping[str, str]) -> dict[str, str]:
    """An empty fact is none."""
    facts = {name: _value(row, source) for name, source in event.facts.items()}
    named = {name: _value(row, source) for name, source in event.moments.items()}
    facts |= {name: moment(text, log_map.zone).isoformat() for name, text in named.items() if text}
    return {name: value for name, value in facts.items() if value}


def _value(row: Mapping[str, str], source: str) -> str:
    return source[1:] if source.startswith("=") else (row.get(source) or "").strip()


def moment(text: str, zone: ZoneInfo) -> datetime:
    """A moment as the log writes it; without a zone it is the log's own."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as bad:
        raise _Unusable("unreadable", text) from bad
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _plausible(log_map: LogMap, story: Story) -> Story:
    """The story in the order of its moments, if its first event comes first and none lies too close or too far."""
    for earlier, later in pairwise(story.happenings):
        length = later.at - earlier.at
        if log_map.least is not None and length < log_map.least:
            raise _Unusable("backwards" if length < timedelta(0) else "too short", _shown(length))
        if log_map.most is not None and length > log_map.most:
            raise _Unusable("too long", _shown(length))
    return Story(story.key, story.attributes, tuple(sorted(story.happenings, key=lambda one: one.at)))


def _shown(length: timedelta) -> str:
    return f"{length / timedelta(minutes=1):.0f} min"
