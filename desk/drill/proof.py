"""Whether what the API says and what the journal tells are one story. Only reads; every contradiction is a sentence."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from casework.models import Case, Event
from casework.queries.journal import prove_journal
from fieldwork.models import DeviceAction, Visit
from sla.models import Clock, Escalation
from sla.operations.clocks import happened_at

from .readings import Readings, moment

type Story = Sequence[Event]

#: An answer of a crew -> the step that says so.
_ANSWERS = {"declined": "visit.decline", "lapsed": "visit.lapse", "given_back": "visit.give_back", "recalled": "visit.recall"}
_STEPS = {"asked_at": "visit.asked", "set_off_at": "visit.set_off", "arrived_at": "visit.arrive", "made_safe_at": "visit.made_safe"}
_ENDED = {"ended_at": "visit.finish"}


def contradictions(said: Readings) -> Iterator[str]:
    """Everything that does not fit; nothing when all does."""
    timelines = dict(Case.objects.filter(reference__in=said.repairs).values_list("timeline_id", "reference"))
    stories: dict[int, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(timeline__in=timelines).order_by("timeline", "seq"):
        stories[event.timeline_id].append(event)
    yield from _repairs(said, timelines, stories)
    yield from _visits(said, timelines, stories)
    yield from _answers(said, stories)
    yield from _promises(said, timelines, stories)
    yield from _escalations(stories)
    yield from _deeds(said)
    proof = prove_journal()
    if proof.fault:
        yield f"the journal's chain does not hold: {proof.fault}"


def _repairs(said: Readings, timelines: Mapping[int, str], stories: Mapping[int, Story]) -> Iterator[str]:
    """Every report is there, ordered once, and finished where the API says so."""
    if len(timelines) != len(said.repairs):
        yield f"{len(said.repairs)} repairs were answered, {len(timelines)} are stored"
    for timeline, reference in timelines.items():
        verbs = Counter(event.verb for event in stories[timeline])
        if verbs["case.opened"] != 1:
            yield f"{reference} was opened {verbs['case.opened']} times in the journal"
        if bool(said.repairs[reference]["finished_at"]) != bool(verbs["repair.finished"]):
            yield f"{reference} is finished for one of API and journal only"


def _visits(said: Readings, timelines: Mapping[int, str], stories: Mapping[int, Story]) -> Iterator[str]:
    """Every moment of a visit is the moment of the event that tells it."""
    stored = dict(Visit.objects.filter(timeline__in=timelines).values_list("pk", "timeline"))
    if unknown := stored.keys() ^ said.visits.keys():
        yield f"visits known to one of API and database only: {sorted(unknown)}"
    for key in stored.keys() & said.visits.keys():
        steps = {event.verb: event for event in stories[stored[key]] if event.facts.get("visit") == key}
        for name, verb in {**_STEPS, **_ENDED}.items():
            told = steps.get(verb)
            if moment(said.visits[key][name]) != (happened_at(told) if told else None):
                yield f"visit {key}: {name} is {said.visits[key][name]} in the API and otherwise in the journal"


def _answers(said: Readings, stories: Mapping[int, Story]) -> Iterator[str]:
    """Whoever was asked and did not come left a step behind, and nobody else."""
    verbs = Counter(event.verb for story in stories.values() for event in story)
    for answer, verb in _ANSWERS.items():
        if said.answers(answer) != verbs[verb]:
            yield f"{said.answers(answer)} offers {answer} in the API, {verbs[verb]} in the journal"
    offers = sum(len(visit["offers"]) for visit in said.visits.values())
    if offers != verbs["visit.offer"]:
        yield f"{offers} offers in the API, {verbs['visit.offer']} in the journal"


def _promises(said: Readings, timelines: Mapping[int, str], stories: Mapping[int, Story]) -> Iterator[str]:
    """Every clock that stopped did so at the moment of an event that says why; kept and missed follow from the moments alone."""
    worked_out: Counter[tuple[str, str, str]] = Counter()
    for clock in Clock.objects.filter(timeline__in=timelines, status=Clock.Status.STOPPED):
        reference = timelines[clock.timeline_id]
        ends = [event for event in stories[clock.timeline_id] if event.verb == clock.stopped_by]
        if clock.stopped_at not in [happened_at(event) for event in ends]:
            yield f"{reference}: {clock.promise_id} stopped at a moment at which the journal tells nothing"
        is_missed = any(
            clock.due_at is not None and happened_at(event) > clock.due_at for event in ends if happened_at(event) == clock.stopped_at
        )
        worked_out[reference, clock.promise_id, "missed" if is_missed else "kept"] += 1
    answered = Counter(
        (reference, one["promise"], one["state"]) for reference, promises in said.promises.items() for one in promises if one["ended_at"]
    )
    for (reference, promise, state), count in (worked_out - answered).items() | (answered - worked_out).items():
        if state in {"kept", "missed"}:
            yield f"{reference}: {promise} {state} {count} time(s) for one of API and journal only"


def _escalations(stories: Mapping[int, Story]) -> Iterator[str]:
    """Whoever was told of a promise in danger was told because an alarm had fired, and the journal says so once for each."""
    rows = Escalation.objects.filter(alarm__clock__timeline__in=list(stories), overtaken_by=None).select_related("alarm")
    written = Counter((row.alarm.clock_id, row.alarm.rung) for row in rows)
    told = Counter(
        (event.facts["clock"], event.facts["rung"]) for story in stories.values() for event in story if event.verb == "case.escalated"
    )
    if written != told:
        yield f"{written.total()} escalations are stored, {told.total()} in the journal"
    for row in rows:
        if row.alarm.fires_at is None or row.alarm.fired_at is None or row.alarm.fired_at < row.alarm.fires_at:
            yield f"an escalation of clock {row.alarm.clock_id} came before its alarm"


def _deeds(said: Readings) -> Iterator[str]:
    """What came late came once, as it was answered, and happened before we heard of it."""
    rows = {row.key: row for row in DeviceAction.objects.filter(key__in=said.deeds)}
    if {key: row.outcome for key, row in rows.items()} != dict(said.deeds):
        yield f"{len(said.deeds)} deeds were sent late, {len(rows)} are stored, or another became of them"
    for row in rows.values():
        if row.happened_at > row.received_at:
            yield f"a deed on visit {row.visit_id} happened after we heard of it"
