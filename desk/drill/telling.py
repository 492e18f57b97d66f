"""The report at the end: arrivals, breaches, escalations, in lines."""

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from casework.models import Event

from .evening import Cast
from .readings import Readings, moment

_LIMIT_MINUTES = 60


def report(cast: Cast, said: Readings, faults: Sequence[str]) -> Iterator[str]:
    """Every number from the API, but the escalations, which only the journal tells."""
    calls = Counter(call.fault for call in cast.hotline.calls.values())
    yield f"Reports: {len(said.repairs)} ({', '.join(f'{fault} {count}' for fault, count in calls.most_common())})"
    for urgency in ("emergency", "urgent", "normal"):
        yield from _arrivals(urgency, said)
    states = Counter(repair["status"] for repair in said.repairs.values())
    yield f"Repairs now: {_listed(states)}"
    yield f"Offers: {_listed(Counter(offer['answer'] or 'open' for visit in said.visits.values() for offer in visit['offers']))}"
    yield f"Done without signal and told later: {len(said.deeds)} ({_listed(Counter(said.deeds.values()))})"
    yield f"Promises kept: {len(said.states('kept'))}; running: {len(said.states('running'))}"
    yield f"Breaches: {_listed(Counter(one['promise'] for state in ('missed', 'late') for one in said.states(state)))}"
    yield f"Escalations: {_listed(_escalations(said))}"
    yield from (f"CONTRADICTION: {fault}" for fault in faults)
    yield "The journal tells the same." if not faults else f"{len(faults)} contradictions between API and journal."


def _arrivals(urgency: str, said: Readings) -> Iterator[str]:
    visits = [visit for visit in said.visits.values() if visit["urgency"] == urgency]
    if not visits:
        return
    waits = sorted(_minutes(visit) for visit in visits if visit["arrived_at"])
    late = sum(wait > _LIMIT_MINUTES for wait in waits)
    told = f"median {median(waits):.0f} min, longest {waits[-1]:.0f} min, {late} over the hour" if waits else "none"
    yield f"Arrivals, {urgency}: {len(waits)} of {len(visits)}; {told}"


def _minutes(visit: dict[str, str]) -> float:
    asked, arrived = moment(visit["asked_at"]), moment(visit["arrived_at"])
    return (arrived - asked).total_seconds() / 60 if asked and arrived else 0.0


def _escalations(said: Readings) -> Counter[str]:
    events = Event.objects.filter(timeline__case__reference__in=said.repairs, verb="case.escalated")
    return Counter(f"{facts['promise']} to {facts['to_role']}" for facts in events.values_list("facts", flat=True))


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common()) or "none"
