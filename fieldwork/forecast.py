"""Whether anybody can be at a door in time, said when it is asked for and not when it is too late; and what can still be done. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .suggestions import Suggestion


class Option(StrEnum):
    """What a dispatcher can do when the crews out there cannot be there in time."""

    CALL_IN = "call_in"
    NEIGHBOUR = "neighbour"
    POLICE_AND_FIRE = "police_and_fire"


@dataclass(frozen=True)
class Way:
    """One option: for a crew, which and in how many minutes (None: unknown)."""

    option: Option
    crew: int | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class Forecast:
    """The soonest anybody of the territory on shift can be there, in minutes (None: nobody at all, or nobody knows).

    ``is_late``: not within the limit; ``ways`` are then the options, those that would be in time first.
    """

    minutes: int | None
    is_late: bool
    ways: Sequence[Way] = ()


def foresee(suggestions: Sequence[Suggestion], *, within: int) -> Forecast:
    """What the crews of the territory that are out can do within so many minutes, and what else there is if they cannot.

    Crews of which nobody knows how far they have to go count as unknown, not as late: with one of them nothing is foretold.
    """
    out = [one for one in suggestions if one.is_own and one.is_automatic]
    known = [one.minutes for one in out if one.minutes is not None]
    soonest = min(known, default=None)
    is_late = soonest > within if soonest is not None else not out
    return Forecast(soonest, is_late, _ways(suggestions) if is_late else ())


def _ways(suggestions: Sequence[Suggestion]) -> list[Way]:
    found = [Way(Option.CALL_IN, one.crew, one.minutes) for one in suggestions if one.is_on_call]
    found += [Way(Option.NEIGHBOUR, one.crew, one.minutes) for one in suggestions if not one.is_own and not one.is_on_call]
    soonest = sorted(found, key=lambda way: (way.minutes is None, way.minutes or 0, way.crew or 0))
    # Always last, always there: people can be warned and a street closed by others meanwhile.
    return [*soonest, Way(Option.POLICE_AND_FIRE)]
