"""What a broken promise costs."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla.amends import Amends, BadAmends

DAY, MOMENT = timedelta(days=1), timedelta(seconds=1)
RULE = Amends.parse({"is_on": True, "amount": 2000, "step": "PT24H", "cap": 5000})


@pytest.mark.parametrize(
    ("late", "owed"),
    [(0 * DAY, 0), (-DAY, 0), (MOMENT, 2000), (DAY - MOMENT, 2000), (DAY, 4000), (2 * DAY, 5000), (99 * DAY, 5000)],
)
def test_it_grows_by_full_steps_up_to_the_cap(late, owed):
    assert RULE.owed(late) == owed


def test_without_a_step_it_is_paid_once_and_without_a_rule_never():
    assert Amends.parse({"amount": 2000}).owed(99 * DAY) == 2000
    assert Amends.parse({"is_on": False}).owed(99 * DAY) == 0


def test_off_still_says_what_it_would_be():
    off = Amends.parse({"amount": 2000})
    assert (off.is_on, off.owed(DAY)) == (False, 2000)


@pytest.mark.parametrize(
    "raw",
    [
        *({"amount": amount} for amount in (-1, "20", 20.5, True)),
        *({"amount": 1, "cap": cap} for cap in (-1, "5")),
        *({"amount": 1, "step": step} for step in ("soon", "PT0S", 5)),
    ],
)
def test_what_cannot_be_read_is_refused(raw):
    with pytest.raises(BadAmends):
        Amends.parse(raw)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 10**6), st.integers(0, 10**7), st.integers(0, 10**7))
def test_later_is_never_cheaper(amount, step, cap, one, other):
    rule = Amends(is_on=True, amount=amount, step=timedelta(seconds=step), cap=cap)
    early, later = sorted((one, other))
    assert rule.owed(timedelta(seconds=early)) <= rule.owed(timedelta(seconds=later)) <= cap
