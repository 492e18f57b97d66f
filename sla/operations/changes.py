"""What changes to the matter itself do to its clocks: hands, urgency, segment, area, reopening, merging, more time, a new version."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from casework.models import Case, Event

from .. import algebra
from ..models import Clock, Extension
from ..policies import Policy
from ..queries import guesses, movable
from ..queries.histories import Running, read_clock
from ..queries.matters import Matter, matter_of
from ..queries.policies import calendar_version
from ..tellings import year_entered
from ..terms import Extension as MoreTime
from ..terms import History, Rule
from . import clocks
from .clocks import Bench


def _hand_over(bench: Bench, event: Event) -> None:
    for running in bench.open():
        bench.hand_over(running, event)


def _withdraw_all(bench: Bench, event: Event) -> None:
    for running in bench.open():
        clocks.end(bench, running, algebra.withdraw(running.history, max(event.at, running.history.started_at)), event)


def _choose_again(bench: Bench, event: Event) -> None:
    """Each clock goes on under what now wins in its family; what nobody promises any more is withdrawn; what is new begins now."""
    matter = matter_of(bench.timeline, event)
    wanted = _wanted(bench, event, matter)
    had = {running.family for running in bench.open()} | _families_before(bench)
    for running in bench.open():
        # What the engine itself began (at a change, a merger) has no cause of its own: any that promises its family now will do.
        policy = wanted.get((running.clock.started_by, running.family)) or wanted.get((0, running.family))
        bench.guard(event, running.policy.key, lambda r=running, p=policy: _go_on(bench, r, p, event, matter))  # type: ignore[misc]
    if Case.objects.filter(timeline=bench.timeline, closed_at__isnull=False).exists():
        # Somebody corrects what has ended: nobody waits for it any more.
        return
    for (seq, family), policy in wanted.items():
        if not seq and family not in had:
            bench.guard(event, policy.key, lambda p=policy: _begin_now(bench, p, event, matter))  # type: ignore[misc]


def _wanted(bench: Bench, event: Event, matter: Matter) -> Mapping[tuple[int, str], Policy]:
    """What each earlier event would begin as things are now, by its number and the family; under number 0 whatever any would."""
    found: dict[tuple[int, str], Policy] = {}
    for cause in Event.objects.filter(timeline=bench.timeline, seq__lt=event.seq).order_by("seq"):
        if bench.book.edition.starters(cause.verb):
            for policy in bench.book.starting_on(cause.verb, cause.facts, matter.attributes):
                family = policy.family or policy.key
                found[cause.seq, family] = policy
                found.setdefault((0, family), policy)
    return found


def _families_before(bench: Bench) -> set[str]:
    ended = Clock.objects.filter(timeline=bench.timeline, status=Clock.Status.STOPPED).values_list("version", flat=True)
    policies = [bench.book.version(key) for key in ended]
    return {policy.family or policy.key for policy in policies}


def _go_on(bench: Bench, running: Running, policy: Policy | None, event: Event, matter: Matter) -> None:
    clocks.describe(running.clock, matter)
    if policy is None:
        clocks.end(bench, running, algebra.withdraw(running.history, max(event.at, running.history.started_at)), event)
    elif policy.key != running.policy.key:
        _change(bench, running, policy, event.at)
    else:
        bench.note(running, running.history)


def _change(bench: Bench, running: Running, policy: Policy, at: datetime) -> None:
    history = algebra.change(bench.book.rule(policy, hall=running.clock.hall_id), running.history, at)
    running.policy = policy
    bench.note(running, history, is_moved=True)


def _begin_now(bench: Bench, policy: Policy, event: Event, matter: Matter) -> None:
    cause = clocks.anchor(policy, event.facts)
    rule = bench.book.rule(policy, hall=matter.hall)
    bench.add(policy, event, matter, algebra.begin(rule, event.at, event=event.verb, anchor_at=cause))


def _reopen(bench: Bench, event: Event) -> None:
    """The last clock of each outcome goes on or begins afresh; a promise that starts on reopening says so itself."""
    ended = Clock.objects.filter(timeline=bench.timeline, status__in=[Clock.Status.STOPPED, Clock.Status.WITHDRAWN])
    last: dict[str, Running] = {}
    # What was withdrawn because nobody promises it to this customer comes back when that changes, not by reopening.
    for clock in ended.exclude(status=Clock.Status.WITHDRAWN, stopped_by="case.changed").order_by("stopped_at", "pk"):
        running = read_clock(clock, bench.book)
        last[running.family] = running
    matter = matter_of(bench.timeline, event) if last else None
    open_families = {running.family for running in bench.open()}
    for family, running in last.items():
        is_outcome = running.policy.is_outcome and not running.policy.starts(event.verb, event.facts)
        if matter and is_outcome and family not in open_families:
            bench.guard(event, running.policy.key, lambda r=running: _reopen_one(bench, r, event, matter))  # type: ignore[misc]


def _reopen_one(bench: Bench, running: Running, event: Event, matter: Matter) -> None:
    policy = bench.book.in_force(running.policy.key) or running.policy
    reopened = algebra.reopen(running.rule, running.history, event.at)
    if reopened.is_fresh:
        if policy.is_active:
            rule = bench.book.rule(policy, hall=matter.hall)
            bench.add(policy, event, matter, algebra.begin(rule, event.at, event=event.verb))
        return
    running.clock.stopped_by = ""
    bench.running.append(running)
    bench.note(running, reopened.history, is_moved=True)
    bench.changes[id(running)].is_handed_over = True


def _take_in(bench: Bench, event: Event) -> None:
    """Another case goes on in this one: of each promise the clock that is due first."""
    absorbed = Case.objects.filter(pk=event.facts["case"]).values_list("timeline_id", flat=True)
    rows = Clock.objects.filter(timeline__in=absorbed, status=Clock.Status.WITHDRAWN, stopped_by="case.merged")
    matter = matter_of(bench.timeline, event)
    for clock in rows.order_by("pk"):
        other = read_clock(clock, bench.book)
        bench.guard(event, other.policy.key, lambda o=other: _take_in_one(bench, o, event, matter))  # type: ignore[misc]


def _take_in_one(bench: Bench, other: Running, event: Event, matter: Matter) -> None:
    mine = next((one for one in bench.open() if _is_same_turn(one, other)), None)
    first = algebra.merge(mine.rule if mine else other.rule, mine.history if mine else None, _revived(other.history))
    if mine is None:
        if not bench.has_begun(other.policy.key, event.seq, other.clock.about):
            bench.add(other.policy, event, matter, first).clock.about = other.clock.about
    elif first is not mine.history:
        mine.policy = other.policy
        bench.note(mine, first, is_moved=True)


def _is_same_turn(one: Running, other: Running) -> bool:
    """Turns that carry different names (two visits agreed) are promises of their own, also in one case."""
    return one.clock.about == other.clock.about and (one.family == other.family or one.policy.key == other.policy.key)


def _revived(history: History) -> History:
    """As it was before it was withdrawn because its case went on elsewhere."""
    pauses = tuple((began, None if ended == history.stopped_at else ended) for began, ended in history.pauses)
    return replace(history, pauses=pauses, stopped_at=None, is_withdrawn=False)


def _split_off(bench: Bench, event: Event) -> None:
    """A part was asked for when the whole was: its clocks go on from the whole's."""
    whole = Case.objects.filter(pk=event.facts["split_from"]).values_list("timeline_id", flat=True)
    rows = Clock.objects.open().filter(timeline__in=whole)
    clocks.begin(bench, event, matter_of(bench.timeline, event), [read_clock(clock, bench.book) for clock in rows])


def _extend(bench: Bench, event: Event) -> None:
    wish = Extension.objects.get(pk=event.facts["extension"])
    for running in bench.open():
        if running.clock.pk == wish.clock_id:
            more = MoreTime(event.at, until=wish.due_at)
            history = algebra.extend(running.rule, running.history, more)
            bench.note(running, history, is_moved=True)


def _move_to_version(bench: Bench, event: Event) -> None:
    policy = bench.book.version(event.facts["version"])
    for running in bench.open():
        is_another = running.policy.key == policy.key and running.policy.version != policy.version
        if is_another and movable.is_for(policy, running.clock):
            _change(bench, running, policy, max(event.at, running.history.started_at))


def _recompute(bench: Bench, event: Event) -> None:
    """On purpose, of one promise: the clock counts on by its calendar as it is known now. Else those that had to guess are worked out."""
    for running in bench.open():
        if "promise" not in event.facts:
            _solve(bench, running, event)
        elif event.facts["promise"] == running.policy.key:
            known = calendar_version(running.rule.calendar.key, running.rule.calendar.number, known_at=event.at)
            bench.note(running, _from_now(running, running.policy.rule(known), event.at), is_moved=True)


def _solve(bench: Bench, running: Running, event: Event) -> None:
    """Nothing happened to the clock: its year has become known."""
    missing = guesses.missing_year(running.clock.trace)
    if missing is None or not guesses.is_known_now(running.clock.trace):
        return
    guessed = running.clock.due_at or running.clock.target_at
    bench.note(running, running.history)
    bench.changes[id(running)].solved = year_entered(missing, event.at, guessed, running.rule.calendar)


def _from_now(running: Running, rule: Rule, at: datetime) -> History:
    return algebra.change(rule, running.history, max(at, running.history.started_at))


#: Verbs the engine itself listens to, whatever the promises say; before what the promises say.
VERBS: Mapping[str, Callable[[Bench, Event], None]] = {
    "case.assigned": _hand_over,
    "case.accepted": _hand_over,
    "case.cancelled": _withdraw_all,
    "case.merged": _withdraw_all,
    "case.merged_here": _take_in,
    "case.changed": _choose_again,
    "case.reopened": _reopen,
    "case.extended": _extend,
    "promise.moved": _move_to_version,
    "promise.recomputed": _recompute,
}


def apply(bench: Bench, event: Event) -> None:
    """Everything an event does to the clocks of its timeline."""
    if event.verb == "case.opened" and event.facts.get("split_from"):
        _split_off(bench, event)
        return
    if event.verb in {"case.assigned", "case.accepted"}:
        # What a hand-over ends (the receiver's own clock) ends in the hands it was in.
        clocks.apply(bench, event)
    if act := VERBS.get(event.verb):
        bench.guard(event, "", lambda: act(bench, event))
    if event.verb not in {"case.assigned", "case.accepted"}:
        clocks.apply(bench, event)
