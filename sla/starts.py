"""From which moment a clock counts: opening hours, the cut-off, closed days; and again when the rule changed before that."""

from datetime import UTC, datetime
from itertools import zip_longest

from .limits import Kind, Limit
from .tellings import moment_fact
from .terms import Leg, Rule, Step

_FROM_THE_VERY_MOMENT = {Kind.NEXT_START, Kind.LEAD, Kind.AGREED, Kind.RINGS, Kind.MONTHS, Kind.PERIOD}


def counts_from(limit: Limit, legs: tuple[Leg, ...], started_at: datetime) -> tuple[datetime, list[Step]]:
    """When the clock begins to count, and why not at once. A rule that ended before it let the clock count has no say.

    The next one then says from when it would have counted, or, had it begun by now, from when it counts something told now.
    """
    moment, steps = started_at, list[Step]()
    for leg, following in zip_longest(legs, legs[1:]):
        moment, steps = _postponed(leg.rule, limit, started_at)
        if moment < leg.from_moment:
            moment, steps = _postponed(leg.rule, limit, leg.from_moment)
        if following is None or moment < following.from_moment:
            break
    return moment.astimezone(UTC), steps


def _postponed(rule: Rule, limit: Limit, moment: datetime) -> tuple[datetime, list[Step]]:
    if rule.is_safety or limit.kind in _FROM_THE_VERY_MOMENT:
        return moment, []
    if rule.cut_off is None and rule.counts_every_hour(limit):
        return moment, []
    steps: list[Step] = []
    if rule.readings.start == "clock_time":
        moment = _to_working_day(rule, moment, steps)
    return _past_the_cut_off(rule, moment, steps), steps


def _to_working_day(rule: Rule, moment: datetime, steps: list[Step]) -> datetime:
    calendar, local = rule.calendar, rule.calendar.local(moment)
    day = calendar.working_day_from(local.date())
    if day == local.date():
        return moment
    moved = calendar.at(day, local.time())
    steps.append(Step("moved_to_working_day", {**_closed(rule, moment), "to": moment_fact(moved, calendar)}))
    return moved


def _past_the_cut_off(rule: Rule, moment: datetime, steps: list[Step]) -> datetime:
    calendar, local = rule.calendar, rule.calendar.local(moment)
    if rule.cut_off and local.time() >= rule.cut_off and calendar.is_working_day(local.date()):
        moved = calendar.start_of_next_working_day(moment)
        facts = {"at": moment_fact(moment, calendar), "cut_off": f"{rule.cut_off:%H:%M}", "to": moment_fact(moved, calendar)}
        steps.append(Step("after_cut_off", {**facts}))
        return moved
    if rule.readings.start == "clock_time":
        return moment
    moved = calendar.next_start(moment)
    if moved > moment:
        steps.append(Step("waited_for_opening", {**_closed(rule, moment), "to": moment_fact(moved, calendar)}))
    return moved


def _closed(rule: Rule, moment: datetime) -> dict[str, str]:
    day = rule.calendar.local(moment).date()
    named = {"holiday": name} if (name := rule.calendar.names.get(day)) and not rule.calendar.is_working_day(day) else {}
    return {"at": moment_fact(moment, rule.calendar), **named}
