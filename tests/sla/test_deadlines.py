"""From a rule and a history to the due moment: what the published vectors do not show, and what holds for every rule."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla import algebra
from sla.deadlines import Extension, History, Readings, Rule, Rung, compute, due
from sla.limits import parse
from sla.terms import BadReading, BadRung, Step

from .calendars import ALWAYS, HALL, NEVER, ny, sh
from .test_calendars import calendars

FRIDAY_9 = sh("2026-11-20 09:00")
LADDER = tuple(Rung(name) for name in ("50%", "80%", "100%", "150%", "-PT30M", "+PT1H", "target"))


def rule(code, calendar=HALL, target="", **more):
    return Rule(parse(target), parse(code), calendar, ladder=LADDER, **more)


class TestTargetAndLimit:
    def test_both_run_on_one_clock(self):
        deadline = compute(rule("PT1H", ALWAYS, target="PT30M"), History(FRIDAY_9))
        assert (deadline.target_at, deadline.due_at) == (sh("2026-11-20 09:30"), sh("2026-11-20 10:00"))

    def test_a_target_alone_is_no_limit(self):
        deadline = compute(rule("", ALWAYS, target="PT30M"), History(FRIDAY_9))
        assert (deadline.target_at, deadline.due_at) == (sh("2026-11-20 09:30"), None)
        assert deadline.is_kept(FRIDAY_9) is None

    def test_an_extension_leaves_the_target(self):
        history = History(FRIDAY_9, extensions=(Extension(FRIDAY_9, "PT1H", "added"),))
        deadline = compute(rule("PT1H", ALWAYS, target="PT30M"), history)
        assert (deadline.target_at, deadline.due_at) == (sh("2026-11-20 09:30"), sh("2026-11-20 11:00"))

    @pytest.mark.parametrize("code", ["", "gate", "ref", "order", "form", "start-shift"])
    def test_a_rule_without_a_number_has_no_moments(self, code):
        deadline = compute(rule(code), History(FRIDAY_9))
        assert (deadline.target_at, deadline.due_at, deadline.rungs) == (None, None, {})
        assert deadline.consumed_at(sh("2026-11-20 12:00")) == timedelta(0)


class TestReadings:
    """Conflicts and gaps of the sources are settings of a policy, and each of them counts."""

    @pytest.mark.parametrize(
        ("code", "readings", "due_at"),
        [
            ("P3D", Readings(), "2026-11-23 09:00"),
            ("P3D", Readings(days="working"), "2026-11-25 09:00"),
            ("P3D", Readings(due="close"), "2026-11-23 17:30"),
            ("P2WD", Readings(due="close"), "2026-11-24 17:30"),
            ("P3D+", Readings(days="working"), "2026-11-24 17:30"),
            ("PT10H", Readings(hours="all"), "2026-11-20 19:00"),
            ("P0", Readings(tolerance=timedelta(minutes=15)), "2026-11-20 09:15"),
            ("PT0S", Readings(), "2026-11-20 09:00"),
        ],
    )
    def test_each_moves_the_due_moment(self, code, readings, due_at):
        assert due(FRIDAY_9, rule(code, readings=readings)) == sh(due_at)

    def test_three_rings_take_as_long_as_a_ring_is_set_to(self):
        assert due(FRIDAY_9, rule("RING3")) == FRIDAY_9 + timedelta(seconds=15)
        assert due(FRIDAY_9, rule("RING3", readings=Readings(ring=timedelta(seconds=4)))) == FRIDAY_9 + timedelta(seconds=12)

    def test_they_are_read_from_json(self):
        raw = {"days": "working", "tolerance": "PT5M", "conflict": "C13"}
        assert Readings.parse(raw) == Readings(days="working", tolerance=timedelta(minutes=5))

    @pytest.mark.parametrize("raw", [{"days": "lunar"}, {"tolerance": "soon"}, {"ring": None}, {"tolerance": 5}])
    def test_what_cannot_be_read_is_refused(self, raw):
        with pytest.raises(BadReading):
            Readings.parse(raw)

    def test_a_first_day_received_after_the_close_is_due_the_next(self):
        assert due(sh("2026-11-20 18:00"), rule("P1D+", readings=Readings(days="working"))) == sh("2026-11-23 17:30")


class TestPeriods:
    @pytest.mark.parametrize(
        ("code", "due_at"),
        [
            ("P1W", "2026-11-23"),
            ("P1M", "2026-12-01"),
            ("P3M", "2027-01-01"),
            ("P6M", "2027-01-01"),
            ("P1Y/5%", "2027-01-01"),
            ("P12M", "2027-11-21"),
        ],
    )
    def test_around_the_clock_they_end_at_midnight(self, code, due_at):
        assert due(FRIDAY_9, rule(code, ALWAYS)) == sh(f"{due_at} 00:00")

    def test_every_friday_is_a_week_whose_only_day_is_friday(self):
        fridays = replace(HALL, weekly={4: HALL.weekly[4]})
        assert due(sh("2026-11-16 00:00"), rule("P1W/10%", fridays)) == sh("2026-11-20 17:30")

    def test_begun_after_its_last_close_it_ends_with_the_period(self):
        assert due(sh("2026-11-21 12:00"), rule("P1W")) == sh("2026-11-23 00:00")

    def test_twelve_months_from_a_leap_day(self):
        assert due(sh("2028-02-29 10:00"), rule("P12M", ALWAYS)) == sh("2029-03-01 00:00")


class TestLadder:
    def test_shares_are_of_the_time_that_counts(self):
        rungs = compute(rule("PT8H", target="PT30M"), History(sh("2026-11-20 15:30"))).rungs
        shown = {name: f"{HALL.local(moment):%a %H:%M}" for name, moment in rungs.items()}
        assert shown == {
            "50%": "Mon 10:30",
            "80%": "Mon 14:24",
            "100%": "Mon 16:00",
            "150%": "Tue 11:00",
            "-PT30M": "Mon 15:30",
            "+PT1H": "Mon 17:00",
            "target": "Fri 16:00",
        }

    def test_a_warning_before_the_start_is_left_out(self):
        assert "-PT30M" not in compute(rule("PT10M"), History(FRIDAY_9)).rungs

    def test_while_it_waits_only_what_lies_behind_is_known(self):
        history = History(FRIDAY_9, pauses=((sh("2026-11-20 11:15"), None),))
        deadline = compute(rule("PT4H"), history)
        assert deadline.due_at is None
        assert deadline.rungs == {"50%": sh("2026-11-20 11:00")}

    def test_a_distance_is_a_length_and_a_share_is_none(self):
        offsets = [Rung(name).offset for name in ("-PT30M", "+PT1H", "50%", "target")]
        assert offsets == [timedelta(minutes=-30), timedelta(hours=1), timedelta(0), timedelta(0)]

    @pytest.mark.parametrize("name", ["", "50", "0%", "-30M", "PT30M", "+PT0M", "100%.2", "TARGET", "+P"])
    def test_anything_else_is_no_rung(self, name):
        with pytest.raises(BadRung):
            Rung(name)


class TestNothingStopsAnAlarm:
    def test_an_unknown_year_is_guessed_and_said(self):
        deadline = compute(rule("P1WD"), History(sh("2027-12-31 10:00")))
        assert (deadline.due_at, deadline.is_provisional) == (sh("2028-01-03 10:00"), True)
        assert deadline.steps[-1] == Step("calendar_unknown", {"calendar": "hall", "year": 2028})

    def test_a_calendar_that_never_opens_counts_every_hour(self):
        deadline = compute(rule("PT4H", NEVER), History(FRIDAY_9))
        assert (deadline.due_at, deadline.is_provisional) == (sh("2026-11-20 13:00"), True)
        assert deadline.steps[-1].code == "calendar_never_open"

    def test_also_when_it_neither_opens_nor_is_known(self):
        deadline = compute(rule("PT4H", replace(NEVER, known_until=date(2026, 11, 1))), History(FRIDAY_9))
        assert (deadline.due_at, deadline.is_provisional) == (sh("2026-11-20 13:00"), True)

    def test_what_is_known_is_not_provisional(self):
        assert not compute(rule("PT4H"), History(FRIDAY_9)).is_provisional

    def test_consumed_time_is_known_beyond_the_known_year(self):
        deadline = compute(rule("PT4H"), History(FRIDAY_9))
        assert deadline.consumed_at(sh("2028-01-10 12:00")) > timedelta(hours=2000)


class TestChangesOfCalendar:
    def test_days_off_are_called_as_each_calendar_calls_them(self):
        other = replace(HALL, number=2, days={date(2026, 12, 31): ()}, names={date(2026, 12, 31): "stocktaking"})
        begun, moved = rule("PT8H"), rule("PT8H", other)
        history = algebra.change(moved, algebra.begin(begun, sh("2026-12-29 09:00")), sh("2026-12-31 08:00"))
        closed = next(step.facts["days"] for step in compute(moved, history).steps if step.code == "closed_days")
        assert [(one["day"], one["name"]) for one in closed] == [("2026-12-30", "Day of Gas"), ("2026-12-31", "stocktaking")]

    def test_an_unknown_year_of_two_calendars_is_guessed_in_both(self):
        history = algebra.change(rule("PT20H"), algebra.begin(rule("PT20H"), sh("2027-12-31 09:00")), sh("2027-12-31 10:00"))
        deadline = compute(rule("PT20H"), history)
        assert (deadline.is_provisional, deadline.due_at) == (True, sh("2028-01-04 15:30"))
        known = compute(rule("PT4H"), algebra.change(rule("PT4H"), algebra.begin(rule("PT4H"), FRIDAY_9), sh("2026-11-20 10:00")))
        assert known.consumed_at(sh("2028-01-10 12:00")) > timedelta(hours=2000)

    def test_an_extension_to_a_day_does_not_move_a_safety_clock(self):
        history = History(FRIDAY_9, extensions=(Extension(FRIDAY_9, until=sh("2026-11-25 09:00")),))
        deadline = compute(rule("PT1H", is_safety=True), history)
        assert deadline.due_at == sh("2026-11-20 10:00")
        assert "extension_refused" in {step.code for step in deadline.steps}


class TestTrace:
    def test_it_names_policy_calendar_start_windows_and_days_off(self):
        given_rule = replace(rule("PT10H", cut_off=time(17)), promise="T65", version=3)
        steps = {step.code: step.facts for step in compute(given_rule, History(sh("2026-12-29 17:10"), event="case.opened")).steps}
        assert steps["policy"] == {"promise": "T65", "version": 3, "safety": False}
        assert steps["started"] == {"at": "2026-12-29T17:10:00+08:00", "event": "case.opened"}
        assert steps["after_cut_off"]["to"] == "2026-12-31T08:30:00+08:00"
        assert steps["hours"]["days"][0] == {"day": "2026-12-31", "windows": [["08:30", "12:00"], ["13:30", "17:30"]], "seconds": 27_000}
        assert steps["closed_days"]["days"] == [{"day": "2027-01-01", "name": "New Year"}]
        assert steps["made_up_days"]["days"] == [{"day": "2027-01-02", "name": "for Day of Gas"}]

    def test_steps_survive_the_database(self):
        history = algebra.change(rule("P5D"), algebra.begin(rule("P3D"), FRIDAY_9), sh("2026-11-21 09:00"))
        steps = compute(rule("P5D"), history).steps
        assert tuple(Step.from_json(step.as_json()) for step in steps) == steps

    def test_a_long_walk_is_told_by_its_beginning(self):
        facts = next(step.facts for step in compute(rule("PT400H"), History(FRIDAY_9)).steps if step.code == "hours")
        assert (len(facts["days"]), facts["more"]) == (31, 23)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)).map(lambda m: m.replace(microsecond=0))
codes = st.sampled_from(["PT1H", "PT4H", "PT24H", "P1D", "P3D", "P3D+", "P1WD", "P5WD", "COB", "NBD0", "P0", "P1M", "P12M", "RING3"])
readings = st.builds(
    Readings,
    days=st.sampled_from(["calendar", "working"]),
    hours=st.sampled_from(["working", "all"]),
    start=st.sampled_from(["opening", "clock_time"]),
    due=st.sampled_from(["", "clock_time", "close"]),
)
rules = st.builds(
    Rule,
    target=st.none(),
    limit=codes.map(parse),
    calendar=calendars(),
    cut_off=st.none() | st.sampled_from([time(12), time(16), time(17)]),
    ladder=st.just(LADDER),
    is_safety=st.booleans(),
    readings=readings,
)


class TestForEveryRule:
    @given(rules, moments)
    def test_nothing_is_due_before_it_began(self, given_rule, started_at):
        deadline = compute(given_rule, History(started_at))
        assert started_at <= deadline.counts_from <= deadline.due_at

    @given(rules, moments)
    def test_the_ladder_climbs(self, given_rule, started_at):
        deadline = compute(given_rule, History(started_at))
        climbing = [deadline.rungs[name] for name in ("50%", "80%", "100%", "150%")]
        assert climbing == sorted(climbing)
        assert deadline.rungs["100%"] == deadline.due_at

    @given(rules, moments)
    def test_at_the_due_moment_the_budget_is_used_up(self, given_rule, started_at):
        deadline = compute(given_rule, History(started_at))
        assert deadline.consumed_at(deadline.due_at) == deadline.budget

    @given(rules, moments, st.integers(1, 10**6), st.integers(1, 10**6))
    def test_waiting_never_brings_it_forward_nor_gives_more_than_it_took(self, given_rule, started_at, before, length):
        began = started_at + timedelta(seconds=before)
        history = History(started_at, pauses=((began, began + timedelta(seconds=length)),))
        plain, waited = compute(given_rule, History(started_at)), compute(given_rule, history)
        assert waited.due_at >= plain.due_at
        if given_rule.is_safety:
            assert waited.due_at == plain.due_at

    @given(rules, moments, st.integers(0, 10**6))
    def test_the_same_rule_again_changes_nothing(self, given_rule, started_at, after):
        plain = compute(given_rule, History(started_at))
        history = algebra.change(given_rule, algebra.begin(given_rule, started_at), started_at + timedelta(seconds=after))
        assert compute(given_rule, history).due_at == plain.due_at

    @given(st.integers(1, 72), moments, calendars())
    def test_hours_are_hours_of_the_calendar(self, hours, started_at, calendar):
        deadline = compute(Rule(None, parse(f"PT{hours}H"), calendar), History(started_at))
        assert calendar.elapsed(started_at, deadline.due_at) == timedelta(hours=hours)

    @given(rules, moments)
    def test_a_safety_clock_asks_no_calendar(self, given_rule, started_at):
        safety = replace(given_rule, is_safety=True, limit=parse("PT1H"))
        assert due(started_at, safety) == started_at + timedelta(hours=1)


def test_a_local_moment_shown_twice_is_not_mistaken():
    always = replace(ALWAYS, zone="America/New_York")
    history = algebra.begin(rule("PT4H", always), ny("2026-11-01 01:10"))
    history = algebra.resume(algebra.pause(rule("PT4H", always), history, ny("2026-11-01 01:50")), ny("2026-11-01 01:20", fold=1))
    assert compute(rule("PT4H", always), history).due_at == ny("2026-11-01 04:40").astimezone(UTC)
