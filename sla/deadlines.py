"""When a promise is to be kept: from a rule and what happened to the clock to the moments, the rungs and the reasons. Pure.

One principle carries every case (docs/clock-algebra.md): the clock is never begun anew. What was used up before a change stays used
up, measured by what applied then; what comes after is measured by the newest rule; what was broken stays broken.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from .calendars import CalendarUnknown, NeverOpen
from .reckoning import Reckoning, reckon
from .tellings import moment_fact
from .terms import Course, Deadline, Extension, History, Leg, Pause, Readings, Rule, Rung, Step

__all__ = ["Course", "Deadline", "Extension", "History", "Leg", "Pause", "Readings", "Rule", "Rung", "Step", "compute", "due"]

_NOTHING = timedelta(0)


def compute(rule: Rule, history: History) -> Deadline:
    """The moments of a clock under a rule, with the steps that led to them. ``rule`` takes the place of the last leg's.

    Never raises for a calendar: where a year is not known it is guessed, where it never opens every hour counts, and
    ``is_provisional`` says so.
    """
    legs = _legs(rule, history)
    try:
        return _worked_out(legs, history)
    except CalendarUnknown as unknown:
        warning = Step("calendar_unknown", {"calendar": unknown.key, "year": unknown.year})
        return _provisional(tuple(replace(leg, rule=leg.rule.guessing()) for leg in legs), history, warning)
    except NeverOpen:
        return _around_the_clock(legs, history)


def due(started_at: datetime, rule: Rule) -> datetime | None:
    """The due moment of something that began then and to which nothing else happened: the brick of replay and what-if."""
    return compute(rule, History(started_at)).due_at


def _legs(rule: Rule, history: History) -> tuple[Leg, ...]:
    return (*history.legs[:-1], replace(history.legs[-1], rule=rule)) if history.legs else (Leg(rule, history.started_at),)


def _provisional(legs: tuple[Leg, ...], history: History, warning: Step) -> Deadline:
    try:
        found = _worked_out(legs, history)
    except NeverOpen:
        return _around_the_clock(legs, history)
    return replace(found, is_provisional=True, steps=(*found.steps, warning))


def _around_the_clock(legs: tuple[Leg, ...], history: History) -> Deadline:
    found = _worked_out(tuple(replace(leg, rule=leg.rule.around_the_clock()) for leg in legs), history)
    warning = Step("calendar_never_open", {"calendar": legs[-1].rule.calendar.key})
    return replace(found, is_provisional=True, steps=(*found.steps, warning))


def _worked_out(legs: tuple[Leg, ...], history: History) -> Deadline:
    rule = legs[-1].rule
    target, limit = reckon("target", legs, history), reckon("limit", legs, history)
    main = limit or target
    if main is None:
        return Deadline(steps=tuple(_opening_steps(rule, history)))
    steps = [*_opening_steps(rule, history), *main.steps]
    if target and limit and target.due_at:
        steps.append(Step("target", {"limit": target.limit.code, "due": moment_fact(target.due_at, rule.calendar)}))
    return Deadline(
        target_at=target.due_at if target else None,
        due_at=limit.due_at if limit else None,
        rungs=_rungs(rule.ladder, main, target),
        steps=tuple(steps),
        counts_from=main.course.start,
        budget=main.budget,
        course=main.course,
    )


def _opening_steps(rule: Rule, history: History) -> list[Step]:
    started = Step("started", {"at": moment_fact(history.started_at, rule.calendar), "event": history.event})
    calendar, always = rule.calendar, rule.calendar.is_always or rule.is_safety
    policy = Step("policy", {"promise": rule.promise, "version": rule.version, "safety": rule.is_safety})
    counted = Step("calendar", {"calendar": calendar.key, "number": calendar.number, "zone": calendar.zone, "always": always})
    return [policy, counted, started]


def _rungs(ladder: tuple[Rung, ...], main: Reckoning, target: Reckoning | None) -> dict[str, datetime]:
    found = {rung.name: _moment_of(rung, main, target) for rung in ladder}
    return {name: moment for name, moment in found.items() if moment is not None}


def _moment_of(rung: Rung, main: Reckoning, target: Reckoning | None) -> datetime | None:
    """Shares and distances are of the time that counts, so that nobody is rung out of bed for a promise of working hours."""
    if rung.name == "target":
        return target.due_at if target else None
    if main.budget is None or rung.percent == 100:
        return main.due_at
    used = main.budget * rung.percent / 100 if rung.percent else main.budget + rung.offset
    if used < _NOTHING:
        return None
    moment = main.course.moment_at(used)
    if moment is None or main.due_at is None:
        return moment
    return min(moment, main.due_at) if used < main.budget else max(moment, main.due_at)
