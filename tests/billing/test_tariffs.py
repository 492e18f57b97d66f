"""The tiers: examples a clerk can check by hand, and what must hold for every tariff."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from billing.money import price_of
from billing.tariffs import (
    AMOUNT_STEP_LITRES,
    BadSteps,
    Step,
    check_steps,
    free_entitlement,
    split,
    tier_of,
    tier_year,
    total,
    volume_for_amount,
    widen,
    year_start,
)

CHANGSHU = (Step(1, 400_000, 27_500, 100_000), Step(2, 1_000_000, 33_000, 250_000), Step(3, None, 41_250))


@st.composite
def tariffs(draw):
    bounds = sorted(draw(st.sets(st.integers(1, 5_000_000), max_size=4)))
    prices = draw(st.lists(st.integers(1, 100_000), min_size=len(bounds) + 1, max_size=len(bounds) + 1))
    extra = draw(st.integers(0, 100_000))
    return tuple(
        Step(n, upper, price, extra) for n, (upper, price) in enumerate(zip([*bounds, None], sorted(prices), strict=True), start=1)
    )


positions = st.integers(0, 6_000_000)
volumes = st.integers(1, 6_000_000)
frees = st.integers(0, 50_000)


class TestSplit:
    def test_an_order_inside_a_tier_is_one_line(self):
        assert [(line.tier, line.litres, line.amount) for line in split(CHANGSHU, position=0, litres=42_000)] == [(1, 42_000, 11_550)]

    def test_an_order_across_a_bound_is_split_at_it(self):
        lines = split(CHANGSHU, position=380_000, litres=50_000)
        assert [(line.tier, line.litres, line.unit_price) for line in lines] == [(1, 20_000, 27_500), (2, 30_000, 33_000)]
        assert total(lines) == 5_500 + 9_900

    def test_an_order_that_ends_on_a_bound_stays_below_it(self):
        assert [line.tier for line in split(CHANGSHU, position=380_000, litres=20_000)] == [1]

    def test_the_next_litre_after_a_bound_is_dearer(self):
        assert [line.tier for line in split(CHANGSHU, position=400_000, litres=1)] == [2]

    def test_free_volume_comes_first_and_uses_up_no_tier(self):
        lines = split(CHANGSHU, position=380_000, litres=30_000, free=12_000)
        assert [(line.tier, line.litres, line.amount) for line in lines] == [(0, 12_000, 0), (1, 18_000, 4_950)]

    def test_an_order_within_the_free_volume_costs_nothing(self):
        assert total(split(CHANGSHU, position=0, litres=4_000, free=4_000)) == 0

    @given(tariffs(), positions, volumes, frees)
    def test_the_lines_together_are_the_order(self, steps, position, litres, free):
        lines = split(steps, position=position, litres=litres, free=free)
        assert sum(line.litres for line in lines) == litres
        assert all(line.litres > 0 for line in lines)

    @given(tariffs(), positions, volumes, frees)
    def test_every_line_is_rounded_once_from_its_own_volume(self, steps, position, litres, free):
        for line in split(steps, position=position, litres=litres, free=free):
            assert line.amount == price_of(line.litres, line.unit_price)

    @given(tariffs(), positions, volumes, volumes)
    def test_buying_in_two_orders_costs_the_same_but_for_rounding(self, steps, position, first, second):
        at_once = split(steps, position=position, litres=first + second)
        one = split(steps, position=position, litres=first)
        two = split(steps, position=position + first, litres=second)
        assert abs(total(at_once) - total(one) - total(two)) <= len(steps)

    @given(tariffs(), positions, volumes, frees)
    def test_free_volume_in_two_orders_is_the_same_volume(self, steps, position, litres, free):
        assume(litres > 1)
        first = litres // 2
        one = split(steps, position=position, litres=first, free=free)
        used = one[0].litres if one[0].tier == 0 else 0
        two = split(steps, position=position + first - used, litres=litres - first, free=free - used)
        at_once = split(steps, position=position, litres=litres, free=free)
        assert sum(line.litres for line in (*one, *two) if line.tier == 0) == sum(line.litres for line in at_once if line.tier == 0)

    @given(tariffs(), positions, volumes)
    def test_a_litre_more_never_costs_less(self, steps, position, litres):
        assert total(split(steps, position=position, litres=litres)) <= total(split(steps, position=position, litres=litres + 1))


class TestVolumeForAmount:
    def test_gives_the_greatest_volume_the_amount_covers(self):
        assert volume_for_amount(CHANGSHU, position=0, amount=10_000) == 36_360

    def test_adds_the_free_volume(self):
        assert volume_for_amount(CHANGSHU, position=0, amount=2_750, free=12_000) == 22_000

    def test_gives_nothing_for_too_little(self):
        assert volume_for_amount(CHANGSHU, position=0, amount=2) == 0

    @given(tariffs(), positions, st.integers(0, 1_000_000), frees)
    def test_one_step_more_would_cost_more_than_the_amount(self, steps, position, amount, free):
        litres = volume_for_amount(steps, position=position, amount=amount, free=free)
        more = litres + AMOUNT_STEP_LITRES
        assume(more <= 1_000_000_000)
        assert litres % AMOUNT_STEP_LITRES == 0
        assert total(split(steps, position=position, litres=litres, free=free)) <= amount
        assert total(split(steps, position=position, litres=more, free=free)) > amount


class TestWiden:
    def test_each_person_more_moves_every_bound(self):
        assert [step.upper_litres for step in widen(CHANGSHU, 2)] == [600_000, 1_500_000, None]

    def test_nobody_more_moves_nothing(self):
        assert widen(CHANGSHU, 0) == CHANGSHU


class TestTierYear:
    @pytest.mark.parametrize(
        ("day", "month", "start", "year"),
        [
            (date(2026, 1, 1), 1, 1, 2026),
            (date(2026, 12, 31), 1, 1, 2026),
            (date(2026, 7, 31), 8, 1, 2025),
            (date(2026, 8, 1), 8, 1, 2026),
            (date(2025, 2, 28), 2, 29, 2025),
            (date(2024, 2, 28), 2, 29, 2023),
        ],
    )
    def test_begins_on_its_own_day(self, day, month, start, year):
        assert tier_year(day, starts_month=month, starts_day=start) == year

    @given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 12), st.integers(1, 28))
    def test_every_day_lies_in_its_year(self, day, month, start):
        year = tier_year(day, starts_month=month, starts_day=start)
        assert year_start(year, month, start) <= day < year_start(year + 1, month, start)


class TestFreeEntitlement:
    def right(self, **changes):
        facts = {"litres_per_month": 4_000, "valid_from": date(2026, 3, 15), "year_began": date(2026, 1, 1), "today": date(2026, 11, 20)}
        return free_entitlement(**{**facts, **changes})

    def test_gathers_month_by_month(self):
        assert self.right() == 9 * 4_000

    def test_begins_anew_with_the_year(self):
        assert self.right(valid_from=date(2024, 3, 15), today=date(2026, 1, 1)) == 4_000

    def test_is_nothing_before_it_begins(self):
        assert self.right(today=date(2026, 1, 31)) == 0


class TestCheckSteps:
    @pytest.mark.parametrize("bounds", [[], [400], [400, 400, None], [400, 300, None], [None, 400], [None, None], [0, None]])
    def test_refuses_what_is_no_tariff(self, bounds):
        with pytest.raises(BadSteps):
            check_steps([Step(n, bound, 10_000) for n, bound in enumerate(bounds, start=1)])

    @pytest.mark.parametrize("bounds", [[None], [400, None], [400, 1000, None]])
    def test_accepts_what_is_one(self, bounds):
        check_steps([Step(n, bound, 10_000) for n, bound in enumerate(bounds, start=1)])


def test_the_tier_of_a_position_is_that_of_the_next_litre():
    assert [tier_of(CHANGSHU, litres).number for litres in (0, 399_999, 400_000, 2_000_000)] == [1, 1, 2, 3]
