"""Clocks whose due moment had to be guessed, and which of them could be worked out by now."""

from collections.abc import Iterable, Mapping
from typing import Any

from ..models import Clock
from .policies import is_year_known


def missing_year(trace: Iterable[Mapping[str, Any]]) -> tuple[str, int] | None:
    """The calendar and the year that a computation lacked, as its stored trace says; None where it lacked none."""
    return next(((step["calendar"], step["year"]) for step in trace if step["code"] == "calendar_unknown"), None)


def is_known_now(trace: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the year that it lacked has been entered since."""
    missing = missing_year(trace)
    return missing is not None and is_year_known(*missing)


def solvable(*, after: int = 0, limit: int) -> list[int]:
    """Timelines behind ``after``, in the order of their keys, with an open clock whose missing year is known by now."""
    guessed = Clock.objects.open().filter(is_provisional=True, timeline__gt=after).order_by("timeline")
    found: dict[int, None] = {}
    for timeline, trace in guessed.values_list("timeline", "trace").iterator(chunk_size=500):
        if is_known_now(trace):
            found[timeline] = None
            if len(found) == limit:
                break
    return list(found)
