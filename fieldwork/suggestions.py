"""Which crew should go: all that could, the best first, each with the reasons. Pure.

Note [Who is best]. Whoever lacks the skill or has nobody there is left out. Of the rest, an emergency goes to whoever can be there in
time, of their own territory or not; then their own territory before a neighbouring one, then the sooner at the door. A crew at home
on call is fetched by a dispatcher only, as is one that said no or let the offer lapse: they stand at the end of the list, so that the
dispatcher sees them, and the automatic offer passes them over. Between equals the code decides, so that everybody sees one order.
A visit that somebody makes in person is their crew's, at home or out; nobody else is asked by itself.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from . import distances
from .distances import Point

#: What an open visit before this one takes, as a rule of thumb.
VISIT_MINUTES = 40
#: What it takes to fetch a crew from home.
CALL_IN_MINUTES = 30
EMERGENCY = "emergency"


class Reason(StrEnum):
    """Why a crew stands where it stands. Kept with the offer; put into words by whoever shows it."""

    IN_PERSON = "in_person"
    IN_TIME = "in_time"
    TOO_LATE = "too_late"
    DISTANCE_UNKNOWN = "distance_unknown"
    OWN_TERRITORY = "own_territory"
    NEIGHBOURING = "neighbouring"
    FREE = "free"
    BUSY = "busy"
    LEAVES_OTHER_WORK = "leaves_other_work"
    POSITION = "position"
    FROM_HOME = "from_home"
    ON_CALL = "on_call"
    ASKED_BEFORE = "asked_before"


@dataclass(frozen=True, kw_only=True)
class Job:
    """Where somebody has to go and what they must know, within so many minutes where that is promised; ``asked`` before: these crews.

    ``territories`` are the place and all around it, by key; a place in none of them is everybody's. ``theirs``: the crew of whoever
    makes it in person, if they are in one; None where any crew may.
    """

    skill: str
    urgency: str
    place: Point | None
    territories: Collection[int] = frozenset()
    within: int | None = None
    asked: Collection[int] = frozenset()
    theirs: Collection[int] | None = None

    @property
    def is_emergency(self) -> bool:
        return self.urgency == EMERGENCY


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One crew now: what it can, where it works (empty: everywhere) and stands, what it has to do, whether it is at home on call."""

    crew: int
    code: str
    skills: Collection[str]
    territories: Collection[int] = frozenset()
    place: Point | None = None
    is_seen: bool = False
    emergencies: int = 0
    others: int = 0
    is_on_call: bool = False

    def with_one_more(self, job: Job) -> "Candidate":
        """The crew once it was asked to take a job too."""
        if job.is_emergency:
            return replace(self, emergencies=self.emergencies + 1)
        return replace(self, others=self.others + 1)


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A crew for a job: metres and minutes to the door (None: nobody knows where from or to), and the reasons.

    ``is_automatic``: may be asked without a dispatcher.
    """

    crew: int
    metres: int | None
    minutes: int | None
    is_own: bool
    is_on_call: bool
    is_automatic: bool
    reasons: Sequence[Reason]


def suggest(job: Job, candidates: Iterable[Candidate], *, speed_kmh: int) -> list[Suggestion]:
    """Everybody who could go, the best first. See Note [Who is best]."""
    able = [(one.code, _suggestion(job, one, speed_kmh)) for one in candidates if job.skill in one.skills or one.crew in (job.theirs or ())]
    return [suggestion for _code, suggestion in sorted(able, key=lambda pair: (*_rank(job, pair[1]), pair[0]))]


def next_best(suggestions: Sequence[Suggestion]) -> Suggestion | None:
    """Whom to ask by itself, if anybody is left."""
    return next((one for one in suggestions if one.is_automatic), None)


def _suggestion(job: Job, one: Candidate, speed_kmh: int) -> Suggestion:
    metres = distances.metres(one.place, job.place) if one.place and job.place else None
    minutes = None if metres is None else distances.minutes(metres, speed_kmh=speed_kmh) + _before(job, one)
    is_own = not one.territories or not job.territories or bool(set(one.territories) & set(job.territories))
    return Suggestion(
        crew=one.crew,
        metres=metres,
        minutes=minutes,
        is_own=is_own,
        is_on_call=one.is_on_call,
        is_automatic=one.crew not in job.asked and _may_be_asked(job, one, is_own),
        reasons=_reasons(job, one, minutes, is_own),
    )


def _may_be_asked(job: Job, one: Candidate, is_own: bool) -> bool:
    if job.theirs is not None:
        return one.crew in job.theirs
    return not one.is_on_call and (is_own or job.is_emergency)


def _before(job: Job, one: Candidate) -> int:
    """Minutes until the crew can set off. For an emergency it leaves other work where it stands."""
    waiting = one.emergencies if job.is_emergency else one.emergencies + one.others
    return waiting * VISIT_MINUTES + (CALL_IN_MINUTES if one.is_on_call else 0)


def _reasons(job: Job, one: Candidate, minutes: int | None, is_own: bool) -> list[Reason]:
    found = [Reason.IN_PERSON if one.crew in (job.theirs or ()) else None, _timely(job, minutes), _territory(job, is_own), _load(job, one)]
    # Where nobody knows how far it is, nothing was reckoned from anywhere.
    if minutes is not None:
        found.append(Reason.POSITION if one.is_seen else Reason.FROM_HOME)
    if one.is_on_call:
        found.append(Reason.ON_CALL)
    if one.crew in job.asked:
        found.append(Reason.ASKED_BEFORE)
    return [reason for reason in found if reason is not None]


def _territory(job: Job, is_own: bool) -> Reason | None:
    """Of a place that lies in no territory we know, no crew is said to be at home there."""
    if not job.territories:
        return None
    return Reason.OWN_TERRITORY if is_own else Reason.NEIGHBOURING


def _timely(job: Job, minutes: int | None) -> Reason | None:
    if minutes is None:
        return Reason.DISTANCE_UNKNOWN
    if job.within is None:
        return None
    return Reason.IN_TIME if minutes <= job.within else Reason.TOO_LATE


def _load(job: Job, one: Candidate) -> Reason:
    if one.emergencies or (one.others and not job.is_emergency):
        return Reason.BUSY
    return Reason.LEAVES_OTHER_WORK if one.others else Reason.FREE


def _rank(job: Job, one: Suggestion) -> tuple[int | bool, ...]:
    is_late = job.is_emergency and job.within is not None and (one.minutes is None or one.minutes > job.within)
    left = not one.is_automatic and (one.is_on_call or one.crew in job.asked or job.theirs is not None)
    return left, is_late, not one.is_own, one.minutes is None, one.minutes or 0
