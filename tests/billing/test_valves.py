"""When a connected meter shuts the gas off, and what opens it again."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing import models, valves
from billing.valves import Because, Key, Rules, State, Valve, allow, credit, press, settle, shut

RULES = Rules(low_litres=5_000, emergency_litres=3_500, idle_days=12, battery_percent=5)
EMPTY = State(valve=Valve.CLOSED, because=Because.LOW_CREDIT, balance_litres=0)
IN_DEBT = State(valve=Valve.CLOSED, because=Because.DEBT, balance_litres=-3_500, on_emergency=True)

states = st.builds(
    State,
    valve=st.sampled_from(Valve),
    because=st.sampled_from([None, *Because]),
    balance_litres=st.integers(-5_000, 20_000),
    on_emergency=st.booleans(),
    idle_days=st.integers(0, 20),
    battery_percent=st.none() | st.integers(0, 100),
    is_tampered=st.booleans(),
)


def test_the_words_are_those_of_the_records():
    assert set(Valve) == set(models.ConnectedMeter.Valve.values)
    assert set(Because) == set(models.ConnectedMeter.Because.values)


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ({"balance_litres": 1}, None),
        ({"balance_litres": 0}, Because.LOW_CREDIT),
        ({"balance_litres": -1, "on_emergency": True}, None),
        ({"balance_litres": -3_500, "on_emergency": True}, Because.DEBT),
        ({"balance_litres": 9_000, "idle_days": 12}, Because.IDLE),
        ({"balance_litres": 9_000, "battery_percent": 4}, Because.BATTERY),
        ({"balance_litres": 0, "is_tampered": True}, Because.TAMPER),
    ],
)
def test_an_open_valve_closes_for_the_weightiest_reason(change, because):
    settled = settle(replace(State(), **change), RULES)
    assert (settled.valve, settled.because) == ((Valve.CLOSED, because) if because else (Valve.OPEN, None))


def test_no_idle_days_means_never_for_want_of_use():
    assert settle(State(balance_litres=1, idle_days=99), replace(RULES, idle_days=0)).valve == Valve.OPEN


class TestCredit:
    def test_lets_the_valve_be_opened_and_opens_nothing(self):
        assert credit(EMPTY, RULES, 20_000).valve == Valve.WAITS_FOR_KEY

    def test_pays_emergency_credit_back_first(self):
        assert credit(IN_DEBT, RULES, 3_000).valve == Valve.CLOSED
        paid = credit(IN_DEBT, RULES, 10_000)
        assert (paid.balance_litres, paid.valve, paid.on_emergency) == (6_500, Valve.WAITS_FOR_KEY, False)

    @pytest.mark.parametrize("because", [Because.TAMPER, Because.REMOTE])
    def test_does_not_open_what_people_closed(self, because):
        assert credit(shut(State(balance_litres=0), because), RULES, 20_000).valve == Valve.CLOSED


class TestTheKey:
    def test_lends_gas_where_the_credit_is_used_up(self):
        lent = press(EMPTY, RULES, Key.SHORT)
        assert (lent.valve, lent.on_emergency) == (Valve.OPEN, True)

    def test_lends_nothing_more_when_that_is_used_up_too(self):
        assert press(IN_DEBT, RULES, Key.LONG).valve == Valve.CLOSED

    def test_must_be_pressed_long_after_that(self):
        paid = credit(IN_DEBT, RULES, 10_000)
        assert press(paid, RULES, Key.SHORT).valve == Valve.WAITS_FOR_KEY
        assert press(paid, RULES, Key.LONG).valve == Valve.OPEN

    def test_opens_what_closed_for_want_of_use(self):
        idle = settle(State(balance_litres=9_000, idle_days=12), RULES)
        assert press(idle, RULES, Key.SHORT) == State(balance_litres=9_000)

    def test_opens_nothing_that_the_company_closed(self):
        closed = shut(State(balance_litres=9_000), Because.REMOTE)
        assert press(closed, RULES, Key.LONG) == closed
        assert press(allow(closed, RULES), RULES, Key.SHORT).valve == Valve.OPEN


def test_to_allow_leaves_the_other_rules_as_they_are():
    closed = shut(State(balance_litres=0), Because.REMOTE)
    assert (allow(closed, RULES).valve, allow(closed, RULES).because) == (Valve.CLOSED, Because.LOW_CREDIT)


@given(states, st.sampled_from([settle, allow, lambda s, r: credit(s, r, 20_000), lambda s, _r: shut(s, Because.IDLE)]))
def test_nothing_but_a_key_ever_opens_a_valve(state, act):
    assert act(state, RULES).valve != Valve.OPEN or state.valve == Valve.OPEN


@given(states, st.sampled_from([Key.SHORT, Key.LONG]))
def test_a_key_opens_only_where_the_valve_may_stay_open(state, key):
    pressed = press(state, RULES, key)
    assert pressed.valve != Valve.OPEN or state.valve == Valve.OPEN or valves.reason_to_close(pressed, RULES) is None


@given(states)
def test_settling_twice_is_settling_once(state):
    once = settle(state, RULES)
    assert settle(once, RULES) == once
