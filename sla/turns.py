"""Turns of something repeated (this month's call, that visit agreed, one stage of several): which of them an event is about. Pure."""

from collections.abc import Callable, Mapping
from typing import Any


def turn_of(facts: Mapping[str, Any]) -> str:
    """The turn that an event names; empty where it names none."""
    return str(facts.get("period") or facts.get("about") or "")[:32]


def is_meant(mine: str, promise: str, verb: str, facts: Mapping[str, Any], *, is_last: Callable[[], bool]) -> bool:
    """Whether an event may end, stop or resume the clock of the turn ``mine`` of this promise.

    What ends one turn leaves the others alone; what keeps another promise besides ends the last turn only (``is_last``).
    """
    named = turn_of(facts)
    if not named or not mine:
        return True
    if facts.get("promise", promise) == promise:
        return named == mine
    return verb != "duty.ended" and is_last()
