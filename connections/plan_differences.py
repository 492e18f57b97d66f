"""What one version of a plan says differently from another, row by row. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: Added, taken out, or changed.
NEW, GONE, OTHER = "new", "gone", "other"


@dataclass(frozen=True)
class Difference:
    """One row (or text) that differs: ``fields`` are the columns with what they said and say, empty for a whole row."""

    part: str
    key: str
    how: str
    names: Mapping[str, str]
    fields: Sequence[tuple[str, Any, Any]] = ()


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """In the order of the page: words, stages, papers, fees."""
    found = [
        Difference("texts", name, OTHER, {}, [(name, before["texts"].get(name, {}), after["texts"].get(name, {}))])
        for name in sorted({*before["texts"], *after["texts"]})
        if before["texts"].get(name) != after["texts"].get(name)
    ]
    for part in ("stages", "papers", "fees"):
        found += _rows(part, before[part], after[part])
    return found


def _rows(part: str, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> Iterable[Difference]:
    was, now = {row["key"]: row for row in before}, {row["key"]: row for row in after}
    for key, row in now.items():
        if key not in was:
            yield Difference(part, key, NEW, row["names"])
        elif changed := [(name, was[key][name], value) for name, value in row.items() if was[key][name] != value]:
            yield Difference(part, key, OTHER, row["names"], changed)
    for key, row in was.items():
        if key not in now:
            yield Difference(part, key, GONE, row["names"])
