"""Clocks measured again by another version of their promise."""

from dataclasses import replace

import pytest

from sla.comparison import Comparison, Past
from sla.draft_policies import read_policy
from sla.terms import History

from .calendars import ALWAYS, HALL, sh

UNTIL = sh("2026-11-27 12:00")
RAW = {
    "key": "T52",
    "starts_on": ["case.opened"],
    "limit": "PT4H",
    "target": "PT2H",
    "ladder": [["50%", "owner"], ["100%", "supervisor"]],
    "compensation": {"amount": 2000, "step": "PT1H"},
}
STRICT = {**RAW, "limit": "PT2H", "target": "PT1H"}


def clock(ended="2026-11-20 13:00", due="2026-11-20 14:00", pauses=(), **attributes):
    """Began at ten by Shanghai's clock, under four hours around the clock."""
    history = History(sh("2026-11-20 10:00"), pauses=pauses, stopped_at=sh(ended) if ended else None)
    return Past("1", read_policy(RAW, 1), history, sh("2026-11-20 12:00"), due and sh(due), attributes)


def compared(*clocks, calendar=ALWAYS, **version):
    policy = read_policy({**STRICT, **version}, 2)
    found = Comparison(policy, policy.rule(calendar), until=UNTIL)
    for one in clocks:
        found.take(one)
    return found


class TestVerdicts:
    def test_a_shorter_limit_misses_what_was_kept(self):
        found = compared(clock(), clock("2026-11-20 11:30"), clock("2026-11-20 15:00"))
        assert found.before.verdicts == {"kept": 2, "broken": 1}
        assert found.after.verdicts == {"kept": 1, "broken": 2}
        assert (found.newly_missed, found.no_longer_missed) == (1, 0)

    def test_a_longer_one_keeps_what_was_missed(self):
        found = compared(clock("2026-11-20 15:00"), limit="PT6H", target="PT3H")
        assert (found.newly_missed, found.no_longer_missed) == (0, 1)

    def test_another_calendar_counts_other_hours(self):
        found = compared(clock("2026-11-20 14:00"), calendar=HALL, limit="PT3H")
        assert found.after.verdicts == {"kept": 1}

    def test_waiting_is_taken_over(self):
        pause = (sh("2026-11-20 10:30"), sh("2026-11-20 12:30"))
        assert compared(clock(pauses=(pause,))).after.verdicts == {"kept": 1}

    def test_a_safety_version_waits_for_nothing(self):
        pause = (sh("2026-11-20 10:30"), sh("2026-11-20 12:30"))
        assert compared(clock(pauses=(pause,)), safety=True).after.verdicts == {"broken": 1}

    def test_what_is_open_is_looked_at_as_it_stands(self):
        found = compared(clock(ended=None, due="2026-12-01 10:00"))
        assert (found.before.verdicts, found.after.verdicts) == ({"open": 1}, {"broken": 1})

    def test_a_withdrawn_clock_stays_withdrawn(self):
        past = clock()
        gone = replace(past, history=replace(past.history, is_withdrawn=True))
        assert compared(gone).after.verdicts == {"withdrawn": 1}

    def test_targets_are_counted_apart(self):
        found = compared(clock("2026-11-20 11:30"))
        assert (found.before.share_on_target(), found.after.share_on_target()) == ((1, 1), (0, 1))


class TestTold:
    def test_every_step_before_the_end_tells_its_role(self):
        found = compared(clock(), clock("2026-11-20 11:30"))
        assert found.told() == {"owner": 2, "supervisor": 1}


class TestCost:
    def test_it_is_what_the_rule_of_the_version_says(self):
        assert compared(clock("2026-11-20 13:30")).after.cost == 4000

    @pytest.mark.parametrize(("is_on", "paid"), [(True, True), (False, False)])
    def test_whether_it_is_paid_is_said(self, is_on, paid):
        assert compared(compensation={**RAW["compensation"], "is_on": is_on}).after.is_paid is paid


class TestWhom:
    def test_a_clock_the_version_is_not_for_is_left_out(self):
        found = compared(clock(area="urban"), clock(area="rural"), selects={"area": ["rural"]})
        assert (found.before.clocks, found.after.clocks, found.others) == (1, 1, 1)

    def test_what_is_not_known_of_a_clock_does_not_matter(self):
        assert compared(clock(area="rural"), selects={"classification": ["major"]}).others == 0
