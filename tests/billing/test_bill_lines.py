"""Bills split a year as one split would, whatever the days on which meters are read and prices change."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing import tariffs
from billing.bill_lines import BillLine, Position, Span, Terms, split_days
from billing.tariffs import Step

CHANGSHU = (Step(1, 400_000, 27_500), Step(2, 1_000_000, 33_000), Step(3, None, 41_250))
DEARER = (Step(1, 400_000, 30_000), Step(2, 1_000_000, 36_000), Step(3, None, 45_000))
TERMS = (Terms(since=date(2024, 1, 1), version=1, steps=CHANGSHU),)


@st.composite
def years(draw):
    """A calendar year cut into spans by readings, whole cubic metres each."""
    cuts = sorted(draw(st.sets(st.dates(date(2026, 1, 2), date(2026, 12, 30)), max_size=14)))
    days = [date(2026, 1, 1), *cuts, date(2027, 1, 1)]
    return [Span(first, end, draw(st.integers(0, 200)) * 1000) for first, end in pairwise(days)]


def by_tier(lines):
    found = {}
    for line in lines:
        found[line.tier] = found.get(line.tier, 0) + line.litres
    return {tier: litres for tier, litres in found.items() if litres}


@given(years())
def test_the_bills_of_a_year_are_one_split_of_the_year(spans):
    position = Position()
    bills = [line for span in spans for line in split_days([span], TERMS, position)]
    whole = tariffs.split(CHANGSHU, position=0, litres=sum(span.litres for span in spans))
    assert by_tier(bills) == by_tier(whole)
    # 4.125 a cubic metre rounds each line of the third tier; the first two have whole fen.
    assert abs(sum(line.amount for line in bills) - tariffs.total(whole)) <= len([line for line in bills if line.tier == 3]) / 2 + 0.5


@given(years(), st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 20_000))
def test_no_litre_is_lost_when_prices_change_or_some_gas_is_free(spans, day, free):
    terms = (*TERMS, Terms(since=day, version=2, steps=DEARER, free_per_month=free, free_since=day))
    lines = split_days(spans, terms, Position())
    assert sum(line.litres for line in lines) == sum(span.litres for span in spans)
    assert all(line.version == (2 if line.first >= day else 1) for line in lines)
    assert sum(line.litres for line in lines if not line.tier) <= 12 * free


@given(years(), st.integers(0, 13))
def test_an_estimate_leaves_no_trace_once_it_is_corrected(spans, place):
    """Billed by guess, then by the reading with the guess taken back: the same volume and money as if it had been read at once."""
    cut = min(place, len(spans) - 1)
    known, open_spans = spans[:cut], spans[cut:]
    before = split_days(known, TERMS, Position())
    guessed = split_days([Span(open_spans[0].first, open_spans[0].end, 77_000)], TERMS, Position.after(before))
    taken_back = [line.taken_back("B1") for line in guessed]
    read = split_days(open_spans, TERMS, Position.after(before))
    assert by_tier([*before, *guessed, *taken_back, *read]) == by_tier(split_days(spans, TERMS, Position()))


def test_a_price_that_changes_within_takes_its_share_of_the_days():
    terms = (*TERMS, Terms(since=date(2026, 11, 1), version=2, steps=DEARER))
    lines = split_days([Span(date(2026, 10, 23), date(2026, 11, 23), 31_000)], terms, Position())
    assert [(line.version, line.litres, line.first, line.last, line.amount) for line in lines] == [
        (1, 9_000, date(2026, 10, 23), date(2026, 10, 31), 2_475),
        (2, 22_000, date(2026, 11, 1), date(2026, 11, 22), 6_600),
    ]


def test_a_tier_year_begins_anew_within_a_bill():
    lines = split_days([Span(date(2026, 12, 22), date(2027, 1, 11), 20_000)], TERMS, Position(priced={2026: 1_000_000}))
    assert [(line.year, line.tier, line.litres) for line in lines] == [(2026, 3, 10_000), (2027, 1, 10_000)]


def test_free_volume_gathers_within_the_year_and_ends_with_its_proof():
    relief = Terms(since=date(2026, 1, 1), version=1, steps=CHANGSHU, free_per_month=4_000, free_since=date(2026, 1, 1))
    after = Terms(since=date(2026, 3, 1), version=1, steps=CHANGSHU)
    lines = split_days([Span(date(2026, 1, 1), date(2026, 4, 1), 90_000)], (relief, after), Position())
    assert by_tier(lines) == {0: 8_000, 1: 82_000}


@pytest.mark.parametrize(("end", "litres"), [(date(2026, 11, 1), -1), (date(2026, 10, 1), 5)])
def test_nobody_gives_gas_back(end, litres):
    with pytest.raises(ValueError, match="Span"):
        split_days([Span(date(2026, 10, 1), end, litres)], TERMS, Position())


def test_a_line_survives_its_keeping():
    [line] = split_days([Span(date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=31), 12_345)], TERMS, Position())
    assert BillLine.from_json(line.as_json()) == line
