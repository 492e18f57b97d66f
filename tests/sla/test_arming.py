"""Which alarms a clock needs: the rules one by one, and what must hold for any of them."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sla.arming import Armed, Need, State, plan

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
RUNGS = {"50%": NOON + HOUR, "100%": NOON + 2 * HOUR}


def alarm(rung, hours, key=1, epoch=1, *, fired=False, voided=False):
    return Armed(key, epoch, rung, None if hours is None else NOON + hours * HOUR, fired, voided)


def need(state=State.RUNNING, hours=0, epoch=1, rungs=RUNGS, *, is_new=False):
    return Need(state, NOON + hours * HOUR, epoch, rungs if state is State.RUNNING else {}, is_new)


def test_a_new_clock_is_armed_from_its_very_moment():
    assert plan(need(is_new=True, rungs={"100%": NOON}), []).create == {"100%": NOON}


def test_a_clock_on_its_way_is_armed_for_what_lies_ahead_and_for_the_last_rung_behind():
    rungs = {"25%": NOON - 2 * HOUR, "50%": NOON - HOUR, "100%": NOON + HOUR}
    assert plan(need(epoch=2, rungs=rungs), []).create == {"50%": NOON, "100%": NOON + HOUR}


def test_what_was_told_is_not_told_again():
    rungs = {"50%": NOON - HOUR, "100%": NOON + HOUR}
    assert plan(need(epoch=2, rungs=rungs), [alarm("50%", -2, fired=True)]).create == {"100%": NOON + HOUR}


def test_nor_is_less_than_was_told():
    rungs = {"50%": NOON - HOUR, "100%": NOON + HOUR}
    assert "50%" not in plan(need(epoch=2, rungs=rungs), [alarm("100%", -2, fired=True)]).create


def test_a_pause_disarms_what_lies_ahead_only():
    made = plan(need(State.PAUSED), [alarm("50%", -1, key=1), alarm("100%", 1, key=2)])
    assert (made.move, made.void) == ({2: None}, [])


def test_a_pause_told_late_voids_what_rang_after_it():
    assert plan(need(State.PAUSED), [alarm("50%", 1, fired=True)]).void == [1]


def test_an_end_at_the_very_moment_disarms_it():
    assert plan(need(State.STOPPED), [alarm("100%", 0)]).move == {1: None}


def test_a_voided_alarm_is_left_alone():
    made = plan(need(State.STOPPED), [alarm("100%", 1, fired=True, voided=True)])
    assert (made.move, made.void) == ({}, [])


def test_resuming_rearms_the_same_alarms():
    made = plan(need(), [alarm("50%", None, key=1), alarm("100%", None, key=2)])
    assert made.move == {1: RUNGS["50%"], 2: RUNGS["100%"]}


def test_a_nag_that_waited_rings_a_while_after():
    assert plan(need(), [alarm("100%.2", None, key=7)]).move[7] == NOON + timedelta(minutes=15)


def test_a_moved_due_moment_disarms_the_old_ladder():
    made = plan(need(epoch=2), [alarm("50%", 1, key=1), alarm("100%", 2, key=2), alarm("25%", -1, key=3)])
    assert (made.move, made.create) == ({1: None, 2: None}, RUNGS)


def test_a_nag_goes_on_where_a_moved_due_moment_is_past_too():
    broken = {"100%": NOON - HOUR}
    assert plan(need(epoch=2, rungs=broken), [alarm("100%", -2, fired=True), alarm("100%.2", 1, key=7)]).move == {}


def test_a_nag_ends_where_the_due_moment_lies_ahead_again():
    made = plan(need(epoch=2), [alarm("100%", -2, fired=True), alarm("100%.2", 1, key=7)])
    assert made.move == {7: None}


def test_a_nag_of_before_that_waited_rings_again_unless_its_rung_has_rung_anew():
    waited, broken = alarm("100%.2", None, key=7), {"100%": NOON - HOUR}
    assert 7 in plan(need(epoch=2, rungs=broken), [alarm("100%", -2, fired=True), waited]).move
    assert 7 not in plan(need(epoch=2, rungs=broken), [alarm("100%", -1, key=8, epoch=2, fired=True), waited]).move


STATES = st.sampled_from(State)
HOURS = st.one_of(st.none(), st.integers(-5, 5))
ALARMS = st.lists(
    st.builds(alarm, st.sampled_from(["50%", "100%", "150%"]), HOURS, epoch=st.integers(1, 2), fired=st.booleans()), max_size=6
)


def numbered(alarms):
    unique = {(one.epoch, one.rung): one for one in alarms if one.fires_at or not one.is_fired}
    return [Armed(key, one.epoch, one.rung, one.fires_at, one.is_fired, False) for key, one in enumerate(unique.values())]


class TestWhateverTheyAre:
    @given(ALARMS, STATES)
    def test_what_fired_never_moves(self, alarms, state):
        have = numbered(alarms)
        fired = {one.key for one in have if one.is_fired}
        assert not fired & set(plan(need(state, epoch=2), have).move)

    @given(ALARMS, STATES)
    def test_only_what_fired_is_voided(self, alarms, state):
        have = numbered(alarms)
        assert {one.key for one in have if one.is_fired} >= set(plan(need(state, epoch=2), have).void)

    @given(ALARMS, STATES)
    def test_what_was_due_before_still_rings(self, alarms, state):
        have = numbered(alarms)
        due = {one.key for one in have if one.fires_at and one.fires_at < NOON and not one.is_fired}
        assert not due & set(plan(need(state, epoch=2), have).move)

    @given(ALARMS)
    def test_nothing_is_armed_for_a_clock_that_stands(self, alarms):
        for state in (State.PAUSED, State.STOPPED, State.WITHDRAWN):
            made = plan(need(state, epoch=2), numbered(alarms))
            assert (made.create, set(made.move.values()) - {None}) == ({}, set())

    @given(ALARMS)
    def test_a_plan_carried_out_needs_nothing_more(self, alarms):
        have = numbered(alarms)
        made = plan(need(epoch=2), have)
        after = [
            Armed(one.key, one.epoch, one.rung, made.move.get(one.key, one.fires_at), one.is_fired, one.key in made.void) for one in have
        ] + [Armed(100 + place, 2, rung, moment, False, False) for place, (rung, moment) in enumerate(made.create.items())]
        again = plan(need(epoch=2), after)
        assert (again.create, again.move, again.void) == ({}, {}, [])
