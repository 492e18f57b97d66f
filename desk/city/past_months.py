"""The months before the demo began, as the open score counts them: promises kept and missed, calls, complaints, interruptions.

Like purchases they are carried over: rows without a journal, a few dozen a month, and the sealed scores that come of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from accounts.clock import business_date, business_midnight
from accounts.models import Account
from callbacks.models import FollowUp
from casework.models import Case, Timeline
from casework.references import new_code, new_reference
from complaints.models import Complaint
from complaints.states import ComplaintStatus
from repairs.models import Outage
from sla.models import Clock, PromiseVersion

from ..models import Call
from ..operations.scores import keep_scores
from ..queries.score_month import month_before
from ..states import CallStatus

_MONTHS = 3
_HOUR = 3600


@dataclass(frozen=True)
class _Habit:
    """Of one promise: how many fall due in a month, of a hundred how many are missed and how many extended, its limit, its usual length."""

    promise: str
    count: int
    missed: int
    extended: int
    limit: int
    usual: int


_HABITS = (
    _Habit("T06", 22, 3, 0, _HOUR, 25 * 60),
    _Habit("T07", 40, 12, 0, 30 * 60, 20 * 60),
    _Habit("T11", 6, 1, 0, 48 * _HOUR, 40 * _HOUR),
    _Habit("T12", 45, 4, 0, 300 * 24 * _HOUR, 250 * 24 * _HOUR),
    _Habit("T15", 16, 5, 6, 24 * _HOUR, 7 * _HOUR),
    _Habit("T17", 12, 1, 0, 600, 200),
    _Habit("T24", 60, 8, 0, 15, 8),
    _Habit("T47", 9, 10, 15, 72 * _HOUR, 50 * _HOUR),
    _Habit("T52", 55, 5, 3, 4 * _HOUR, 100 * 60),
    _Habit("T53", 7, 5, 30, 12 * _HOUR, 8 * _HOUR),
    _Habit("T58", 14, 6, 0, 12 * _HOUR, 5 * _HOUR),
    _Habit("T65", 18, 4, 0, 4 * _HOUR, 2 * _HOUR),
    _Habit("T68", 70, 7, 0, 1800, 700),
    _Habit("T73", 40, 6, 0, 24 * _HOUR, 9 * _HOUR),
    _Habit("T85", 11, 4, 10, 72 * _HOUR, 30 * _HOUR),
)
_ABOUT = ("delay", "delay", "delay", "money", "money", "conduct", "quality", "repeated_fault")
_OUTCOMES = ("justified", "partly", "unjustified", "unjustified", "justified")
_REASON = "调压箱检修（示例）"


def bring_past_months(random: Random, at: datetime) -> None:
    """Write them, and seal what is due; for the promises that the book has."""
    month = business_date(at).replace(day=1)
    for _back in range(_MONTHS):
        month = month_before(month)
        for writer in (_clocks, _calls, _complaints, _outages):
            writer(month, random)
    keep_scores(at=at)


def _moments(month: date, count: int, random: Random) -> list[datetime]:
    """So many moments of the month, in order; none of them in its last day, so that what begins then also ends."""
    begins = business_midnight(month)
    return sorted(begins + timedelta(seconds=random.randrange(26 * 24 * _HOUR)) for _ in range(count))


def _timelines(kind: str, moments: list[datetime]) -> Iterator[Timeline]:
    return iter(Timeline.objects.bulk_create([Timeline(kind=kind, opened_at=moment) for moment in moments]))


def _clocks(month: date, random: Random) -> None:
    versions = {row.promise_id: row for row in PromiseVersion.objects.filter(number=1, promise__in=[one.promise for one in _HABITS])}
    rows = []
    for habit in _HABITS:
        if habit.promise in versions:
            moments = _moments(month, habit.count, random)
            ends = zip(moments, _timelines("carried_over", moments), strict=True)
            rows += [_clock(habit, versions[habit.promise], ended, timeline, random) for ended, timeline in ends]
    Clock.objects.bulk_create(rows, batch_size=500)


def _clock(habit: _Habit, version: PromiseVersion, ended: datetime, timeline: Timeline, random: Random) -> Clock:
    fate = random.randrange(100)
    is_missed, is_extended = fate < habit.missed, habit.missed <= fate < habit.missed + habit.extended
    seconds = max(int(habit.usual * random.uniform(0.3, 1.6)), 1)
    limit = habit.limit * (2 if is_extended else 1)
    seconds = int(limit * random.uniform(1.05, 2)) if is_missed else min(max(seconds, habit.limit + 1 if is_extended else 1), limit)
    started = ended - timedelta(seconds=seconds)
    return Clock(
        timeline=timeline,
        promise_id=habit.promise,
        version=version,
        started_by=1,
        status=Clock.Status.STOPPED,
        started_at=started,
        stopped_at=ended,
        target_at=started + timedelta(minutes=30) if habit.promise == "T06" else None,
        due_at=started + timedelta(seconds=limit),
        consumed=seconds,
        extensions=[{"until": (started + timedelta(seconds=limit)).isoformat()}] if is_extended else [],
    )


def _calls(month: date, random: Random) -> None:
    moments = _moments(month, 80, random)
    rows = []
    for number, (rang, timeline) in enumerate(zip(moments, _timelines("call", moments), strict=True)):
        wait = random.choice((4, 5, 6, 7, 8, 9, 11, 12, 19, 34))
        gave_up = random.randrange(100) < 4
        answered = None if gave_up else rang + timedelta(seconds=wait)
        rows.append(
            Call(
                reference=new_reference("C"),
                exchange_id=f"carried-over-{month:%Y-%m}-{number}",
                timeline=timeline,
                status=CallStatus.ABANDONED if gave_up else CallStatus.SAVED,
                rang_at=rang,
                answered_at=answered,
                ended_at=(answered or rang) + timedelta(seconds=random.randrange(30, 260)),
                call_type="" if gave_up else random.choice(Call.Type.values),
                is_solved=None if gave_up else random.randrange(100) < 82,
            )
        )
    Call.objects.bulk_create(rows)


def _complaints(month: date, random: Random) -> None:
    moments = _moments(month, 14, random)
    cases = Case.objects.bulk_create([_case(timeline, at) for at, timeline in zip(moments, _timelines("complaint", moments), strict=True)])
    rows = []
    for case in cases:
        ended = case.opened_at + timedelta(hours=random.randrange(5, 40))
        words = {"about": random.choice(_ABOUT), "outcome": random.choice(_OUTCOMES), "satisfaction": random.choice((2, 3, 4, 4, 5))}
        rows.append(Complaint(case=case, decided_at=ended, satisfied_at=ended + timedelta(days=1), **words))
    Complaint.objects.bulk_create(rows)
    FollowUp.objects.bulk_create([_follow_up(case, random) for case in cases])


def _case(timeline: Timeline, at: datetime) -> Case:
    end = at + timedelta(days=3)
    return Case(
        timeline=timeline,
        reference=new_reference("K"),
        tracking_code=new_code(),
        kind="complaint",
        matter="complaint.delay",
        channel=Case.Channel.PHONE,
        segment="ordinary",
        status=ComplaintStatus.CLOSED,
        opened_at=at,
        closed_at=end,
        erased_at=end,  # what was said is not carried over
    )


def _follow_up(case: Case, random: Random) -> FollowUp:
    due, score = case.opened_at + timedelta(days=2), random.choice((2, 3, 4, 4, 5, 5))
    is_reached = random.randrange(100) < 85
    heard = {"status": FollowUp.Status.HEARD, "score": score, "settled": score > 2, "heard_by": "call"}
    more = heard if is_reached else {"status": FollowUp.Status.NOT_REACHED}
    return FollowUp(case=case, occasion=1, kind="complaint", born_at=case.opened_at, ring_from=due, due_at=due, ended_at=due, **more)


def _outages(month: date, random: Random) -> None:
    moments, accounts = _moments(month, 3, random), Account.objects.count()
    rows = []
    for kind, (began, timeline) in zip(
        ("planned", "planned", "accident"), zip(moments, _timelines("outage", moments), strict=True), strict=True
    ):
        ended = began + timedelta(minutes=random.randrange(90, 420))
        rows.append(
            Outage(
                timeline=timeline,
                reference=new_reference("X"),
                kind=kind,
                status=Outage.Status.ENDED,
                reason=_REASON,
                starts_at=began,
                promised_until=ended + timedelta(hours=1),
                began_at=began,
                ended_at=ended,
                customers=max(accounts // random.randrange(12, 40), 5),
            )
        )
    Outage.objects.bulk_create(rows)
