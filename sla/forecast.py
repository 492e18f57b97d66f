"""How many promises the coming hours will break, if work goes on as it did. Pure.

Note [The method]
    Hour by hour, with expected numbers that need not be whole:

    1. What is there: the open clocks that fall due in each coming hour. They are known, not guessed.
    2. What comes besides: in each of these hours of the week, over the last weeks, so many clocks began that fell due in the same
       hour, the next, the one after ... They are added to the hours in which they would fall due.
    3. What gets done: as many as were ended in time in that hour of the week, a week, over the last weeks; times the people on the
       roster for this hour over those who were on it then (``staffing``). What was ended late is left out: who is busy with
       what is broken already will be busy with such again.
    4. The hands take what is due first. What then still stands at the end of its hour is broken.

    It errs in two ways that pull against each other. Nobody always takes what is due first, so more may break. And an hour in
    which little fell due shows little done, though more could have been, so less may break. How often it was right is
    measured and shown beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Known:
    """One coming hour, or what is left of the present one (``part`` of it).

    ``due``: open clocks that fall due in it. As means over the last weeks at this hour of the week: ``pace``, clocks ended in time;
    ``ahead``, clocks begun, by how many hours later they fell due; ``people_then`` on the roster. ``people`` are on it now.
    """

    begins: datetime
    ends: datetime
    part: float
    due: int
    pace: float
    ahead: Sequence[float]
    people: float
    people_then: float


@dataclass(frozen=True)
class Expected:
    """What is to be expected of it: ``more`` fall due besides those that are open, ``done`` get done, ``broken`` of all do not."""

    known: Known
    more: float
    done: float
    broken: float

    @property
    def falling_due(self) -> float:
        """Those that are open and those that are to come."""
        return self.known.due + self.more


def forecast(hours: Sequence[Known]) -> list[Expected]:
    """The coming hours, in their order and without a gap."""
    has_roster = any(hour.people for hour in hours)
    waiting = [float(hour.due) for hour in hours]
    more = [0.0] * len(hours)
    found = []
    for place, hour in enumerate(hours):
        for distance, count in enumerate(hour.ahead[: len(hours) - place]):
            more[place + distance] += count * hour.part
            waiting[place + distance] += count * hour.part
        hands = hour.pace * hour.part * (staffing(hour) if has_roster else 1.0)
        _take(waiting, place, hands)
        found.append(Expected(hour, more[place], hands, waiting[place]))
    return found


def staffing(hour: Known) -> float:
    """How many work in this hour for each who did in the last weeks; as many where nobody knows who did."""
    return hour.people / hour.people_then if hour.people_then else 1.0


def _take(waiting: list[float], first: int, hands: float) -> None:
    """Take away what gets done, what is due first before the rest."""
    for place in range(first, len(waiting)):
        done = min(hands, waiting[place])
        waiting[place] -= done
        hands -= done
