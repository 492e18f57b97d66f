"""What may happen to a clock: what is refused, and what holds whatever happens in whatever order."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla import algebra
from sla.deadlines import Extension, History, Rule, Rung, compute
from sla.limits import BadLimit, parse

from .calendars import ALWAYS, HALL, HALL_2, sh
from .test_calendars import amounts, calendars, moments

FRIDAY_9 = sh("2026-11-20 09:00")
LADDER = tuple(Rung(name) for name in ("50%", "80%", "100%", "150%"))
ORDINARY = Rule(None, parse("PT4H"), HALL, ladder=LADDER)
SAFETY = Rule(None, parse("PT1H"), ALWAYS, ladder=LADDER, is_safety=True)
RULES = [ORDINARY, SAFETY, Rule(None, parse("PT12H"), ALWAYS), Rule(None, parse("P3D"), HALL_2), Rule(None, parse("P2WD"), HALL_2)]
LONG = timedelta(days=60)


def at(hours):
    return FRIDAY_9 + timedelta(hours=hours)


class TestWhatIsRefused:
    def test_a_safety_clock_waits_for_nobody(self):
        begun = algebra.begin(SAFETY, FRIDAY_9)
        for verb in (
            lambda: algebra.pause(SAFETY, begun, at(0.5)),
            lambda: algebra.late_pause(SAFETY, begun, at(0.1), at(0.2)),
            lambda: algebra.extend(SAFETY, begun, Extension(at(0.5), "PT1H", "added")),
        ):
            with pytest.raises(algebra.SafetyClock):
                verb()

    def test_nothing_happens_to_a_clock_that_ended(self):
        ended = algebra.stop(algebra.begin(ORDINARY, FRIDAY_9), at(1))
        for verb in (
            lambda: algebra.pause(ORDINARY, ended, at(2)),
            lambda: algebra.resume(ended, at(2)),
            lambda: algebra.extend(ORDINARY, ended, Extension(at(2), "PT1H", "added")),
            lambda: algebra.change(SAFETY, ended, at(2)),
            lambda: algebra.agree(ended, at(2)),
            lambda: algebra.late_pause(ORDINARY, ended, at(0), at(1)),
        ):
            with pytest.raises(algebra.AlreadyEnded):
                verb()

    @pytest.mark.parametrize("code", ["COB", "-P2D", "gate", "P1M", "RING3"])
    def test_more_time_is_a_length(self, code):
        with pytest.raises(BadLimit):
            algebra.extend(ORDINARY, algebra.begin(ORDINARY, FRIDAY_9), Extension(at(1), code, "added"))

    def test_a_change_must_know_what_was_before(self):
        with pytest.raises(algebra.NoFirstRule):
            algebra.change(SAFETY, History(FRIDAY_9), at(1))

    def test_an_extension_while_it_waits_is_granted_without_knowing_the_end(self):
        waiting = algebra.pause(ORDINARY, algebra.begin(ORDINARY, FRIDAY_9), at(1))
        extended = algebra.extend(ORDINARY, waiting, Extension(at(1.5), "PT1H", "added"))
        assert compute(ORDINARY, algebra.resume(extended, at(2))).due_at == sh("2026-11-20 16:30")


class TestTellingLate:
    def test_a_wait_told_late_joins_the_ones_it_touches(self):
        history = algebra.resume(algebra.pause(ORDINARY, algebra.begin(ORDINARY, FRIDAY_9), at(1)), at(1.5))
        told = algebra.late_pause(ORDINARY, history, at(0.5), at(1.25))
        assert told.pauses == ((at(0.5).astimezone(UTC), at(1.5).astimezone(UTC)),)

    def test_an_end_told_late_cuts_a_wait_short(self):
        history = algebra.stop(algebra.pause(ORDINARY, algebra.begin(ORDINARY, FRIDAY_9), at(1)), at(2))
        assert history.pauses == ((at(1).astimezone(UTC), at(2).astimezone(UTC)),)

    def test_an_end_before_the_wait_undoes_it(self):
        assert algebra.stop(algebra.pause(ORDINARY, algebra.begin(ORDINARY, FRIDAY_9), at(1)), at(0.5)).pauses == ()

    def test_a_change_told_late_takes_the_place_of_later_ones(self):
        history = algebra.change(RULES[2], algebra.begin(ORDINARY, FRIDAY_9), at(2))
        assert [leg.rule for leg in algebra.change(SAFETY, history, at(1)).legs] == [ORDINARY, SAFETY]


def test_the_applicant_s_time_is_by_the_clock_on_the_wall():
    history = algebra.resume(algebra.pause(ORDINARY, algebra.begin(ORDINARY, FRIDAY_9), at(1)), at(25))
    history = algebra.pause(ORDINARY, history, at(48))
    assert algebra.applicant_time(history, at(50)) == timedelta(hours=26)
    assert algebra.applicant_time(history, at(10)) == timedelta(hours=9)


offsets = st.integers(0, 400 * 3600).map(lambda count: timedelta(seconds=count))
happenings = st.lists(
    st.tuples(st.sampled_from(["pause", "resume", "extend", "change", "stop", "reopen", "agree", "late"]), offsets, st.sampled_from(RULES)),
    max_size=8,
).map(lambda drawn: sorted(drawn, key=lambda one: one[1]))
REFUSED = (algebra.SafetyClock, algebra.AlreadyEnded, algebra.TooLate, algebra.NotLonger)


def walk(happened):
    """The rule and history after everything, with refusals passed over."""
    rule, history = ORDINARY, algebra.begin(ORDINARY, FRIDAY_9)
    for verb, after, other in happened:
        moment = FRIDAY_9.astimezone(UTC) + after
        steps = {
            "pause": lambda r, h, m=moment: algebra.pause(r, h, m),
            "resume": lambda _r, h, m=moment: algebra.resume(h, m),
            "extend": lambda r, h, m=moment: algebra.extend(r, h, Extension(m, "PT5H", "added")),
            "change": lambda _r, h, m=moment, o=other: algebra.change(o, h, m),
            "stop": lambda _r, h, m=moment: algebra.stop(h, m),
            "reopen": lambda r, h, m=moment: algebra.reopen(r, h, m).history,
            "agree": lambda _r, h, m=moment: algebra.agree(h, m),
            "late": lambda r, h, m=moment: algebra.late_pause(r, h, m - timedelta(hours=3), m - timedelta(hours=1)),
        }
        try:
            history = steps[verb](rule, history)
            rule = other if verb == "change" else rule
        except REFUSED:
            continue
    return rule, history


class TestWhateverHappens:
    @given(happenings)
    def test_an_open_clock_has_a_due_moment_unless_it_waits(self, happened):
        rule, history = walk(happened)
        deadline = compute(rule, history)
        assert (deadline.due_at is None) <= history.is_paused
        assert deadline.due_at is None or deadline.due_at >= history.started_at

    @given(happenings)
    def test_the_ladder_climbs(self, happened):
        rungs = compute(*walk(happened)).rungs
        climbing = [rungs[name] for name in ("50%", "80%", "100%", "150%") if name in rungs]
        assert climbing == sorted(climbing)

    @given(happenings, st.sampled_from(RULES), offsets)
    def test_a_change_makes_nobody_late_before_it(self, happened, other, later):
        rule, history = walk(happened)
        moment = max(history.started_at + later, *(leg.from_moment for leg in history.legs)) + timedelta(seconds=1)
        if history.stopped_at or history.is_paused:
            return
        before, after = compute(rule, history), compute(other, algebra.change(other, history, moment))
        if before.due_at < moment:
            assert after.due_at == before.due_at
        else:
            assert after.due_at is None or after.due_at >= moment

    @given(happenings)
    def test_stopping_again_later_changes_nothing(self, happened):
        _rule, history = walk(happened)
        stopped = algebra.stop(history, history.started_at + LONG)
        assert algebra.stop(stopped, history.started_at + 2 * LONG) == stopped
        assert algebra.withdraw(stopped, history.started_at + LONG) == stopped

    @given(happenings, offsets)
    def test_what_a_stop_takes_back_had_not_come(self, happened, after):
        rule, history = walk(happened)
        moment, deadline = history.started_at + after, compute(rule, history)
        void = algebra.voided(deadline, moment)
        assert all((deadline.rungs[name] >= moment) == (name in void) for name in deadline.rungs)

    @given(happenings, happenings)
    def test_merging_asks_not_which_came_first(self, one, other):
        (rule, first), (_rule, second) = walk(one), walk(other)
        dues = {compute(rule, algebra.merge(rule, *pair)).due_at for pair in ((first, second), (second, first))}
        known = [due for due in (compute(rule, first).due_at, compute(rule, second).due_at) if due]
        assert dues == {min(known, default=None)}

    @given(happenings)
    def test_no_reopened_matter_is_without_a_promise(self, happened):
        rule, history = walk(happened)
        again = algebra.reopen(rule, algebra.stop(history, history.started_at + LONG), history.started_at + 2 * LONG)
        assert again.history.stopped_at is None
        assert compute(rule, again.history).due_at is not None


class TestUsedTime:
    @given(calendars(), moments, st.tuples(amounts, amounts).map(sorted))
    def test_waiting_gives_back_exactly_what_it_took(self, calendar, started_at, wait):
        rule = Rule(None, parse("PT40H"), calendar)
        began, ended = (started_at + amount for amount in wait)
        plain = compute(rule, History(started_at))
        waited = compute(rule, History(started_at, pauses=((began, ended),)))
        given_back = calendar.elapsed(began, ended) if began < plain.due_at else timedelta(0)
        assert calendar.elapsed(plain.due_at, waited.due_at) == given_back
        assert waited.consumed_at(waited.due_at) == timedelta(hours=40)

    @given(calendars(), calendars(), moments, amounts)
    def test_a_change_neither_loses_nor_doubles_it(self, first, second, started_at, after):
        old, new = Rule(None, parse("PT80H"), first), Rule(None, parse("PT100H"), second)
        moment = started_at + after
        history = algebra.change(new, algebra.begin(old, started_at), moment)
        due_at = compute(new, history).due_at
        assert first.elapsed(started_at, moment) + second.elapsed(moment, due_at) == timedelta(hours=100)

    @given(moments, amounts, amounts)
    def test_stages_add_up_to_the_whole(self, started_at, one, other):
        middle, end = started_at + one, started_at + one + other
        whole = compute(ORDINARY, History(started_at)).consumed_at(end)
        stages = compute(ORDINARY, History(started_at)).consumed_at(middle) + compute(ORDINARY, History(middle)).consumed_at(end)
        assert whole == stages


def test_moments_are_kept_in_utc():
    history = algebra.begin(ORDINARY, datetime(2026, 11, 20, 9, tzinfo=FRIDAY_9.tzinfo))
    assert history.started_at.tzinfo is UTC
