"""How much may be bought, and when more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.limits import Bought, Exceeded, Limits, Which, first_exceeded, month_after, most

DECEMBER, NEW_YEAR = date(2026, 12, 1), date(2027, 1, 1)


def bought(month=0, year=0):
    return Bought(month=month, year=year, next_month=DECEMBER, next_year=NEW_YEAR)


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        (Limits(), None),
        (Limits(order=100, month=150, year=600), None),
        (Limits(order=99), Exceeded(Which.ORDER, 99, 99)),
        (Limits(meter=99, order=99), Exceeded(Which.METER, 99, 99)),
        (Limits(month=149), Exceeded(Which.MONTH, 149, 99, DECEMBER)),
        (Limits(year=599), Exceeded(Which.YEAR, 599, 99, NEW_YEAR)),
        (Limits(month=40), Exceeded(Which.MONTH, 40, 0, DECEMBER)),
    ],
)
def test_the_first_broken_limit_says_what_is_left_and_when_more(limits, found):
    assert first_exceeded(limits, 100, bought(month=50, year=500)) == found


optional = st.one_of(st.none(), st.integers(0, 1000))


@given(optional, optional, optional, optional, st.integers(0, 500), st.integers(0, 500))
def test_the_most_that_can_be_bought_can_be_bought_and_no_litre_more(order, month, year, meter, in_month, in_year):
    limits, before = Limits(order=order, month=month, year=year, meter=meter), bought(in_month, in_month + in_year)
    litres = most(limits, before)
    if litres is None:
        assert first_exceeded(limits, 10**9, before) is None
    else:
        assert litres == 0 or first_exceeded(limits, litres, before) is None
        assert first_exceeded(limits, litres + 1, before)


@pytest.mark.parametrize(
    ("day", "first"), [(date(2026, 11, 20), DECEMBER), (date(2026, 12, 31), NEW_YEAR), (date(2026, 1, 1), date(2026, 2, 1))]
)
def test_the_month_after(day, first):
    assert month_after(day) == first
