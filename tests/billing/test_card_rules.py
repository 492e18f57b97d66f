"""The counter table, row by row, and what a later read proves."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.card_rules import Load, Operation, RuleBroken, Verdict, image_after, next_counter, next_cumulative, settle
from billing.devices.cards import CardImage

CARD = CardImage(factory_code="0037", area_code="3713", card_number="3713240000", password="0f" * 8, counter=7, cumulative_litres=90_000)
TODAY = date(2026, 11, 20)
LOAD = Load(litres=20_000)


def after(operation, seen=CARD, load=LOAD):
    return image_after(operation, seen, load, password="1a" * 8, today=TODAY)


@pytest.mark.parametrize(
    ("operation", "before", "counter", "cumulative"),
    [
        (Operation.FIRST_CARD, 0, 0, 90_000),
        (Operation.PURCHASE, 0, 1, 110_000),
        (Operation.PURCHASE, 7, 8, 110_000),
        (Operation.CANCEL, 7, 6, 70_000),
        (Operation.LOST_GAS, 7, 7, 90_000),
        (Operation.METER_CHANGE, 0, 1, 90_000),
        (Operation.GIFT, 7, 8, 90_000),
        (Operation.REPLACEMENT, 7, 7, 90_000),
    ],
)
def test_each_operation_leaves_the_counter_of_the_table(operation, before, counter, cumulative):
    assert next_counter(operation, before) == counter
    assert next_cumulative(operation, 90_000, 20_000) == cumulative


@pytest.mark.parametrize(
    ("operation", "counter", "rule"),
    [
        (Operation.CANCEL, 0, "counter_is_zero"),
        (Operation.LOST_GAS, 0, "counter_is_zero"),
        (Operation.METER_CHANGE, 1, "counter_not_zero"),
        (Operation.FIRST_CARD, 1, "counter_not_zero"),
    ],
)
def test_the_table_forbids(operation, counter, rule):
    with pytest.raises(RuleBroken) as broken:
        next_counter(operation, counter)
    assert broken.value.rule == rule


class TestImageAfter:
    def test_a_purchase_moves_the_last_volumes_and_days_along(self):
        seen = replace(CARD, last_litres=5_000, sold_on=date(2026, 8, 1))
        image = after(Operation.PURCHASE, seen)
        assert (image.litres, image.last_litres, image.previous_litres) == (20_000, 20_000, 5_000)
        assert (image.sold_on, image.previous_sold_on) == (TODAY, date(2026, 8, 1))

    def test_every_write_presents_the_old_password_and_leaves_a_new_one(self):
        for operation in (Operation.PURCHASE, Operation.CANCEL, Operation.LOST_GAS, Operation.GIFT):
            image = after(operation)
            assert (image.unlock, image.password) == (CARD.password, "1a" * 8)

    def test_an_amount_meter_gets_money_and_prices(self):
        load = Load(litres=20_000, money=5_500, prices=(27_500, 33_000), bounds=(400_000,), cycle_starts=date(2026, 1, 1), price_version=3)
        image = after(Operation.PURCHASE, load=load)
        assert (image.litres, image.money, image.prices, image.bounds, image.price_version) == (0, 5_500, (27_500, 33_000), (400_000,), 3)

    def test_a_cancel_takes_everything_off(self):
        image = after(Operation.CANCEL, after(Operation.PURCHASE))
        assert image.is_loaded
        assert (image.counter, image.cumulative_litres) == (CARD.counter, CARD.cumulative_litres)


class TestSettle:
    def test_the_new_counter_proves_the_write(self):
        wanted = after(Operation.PURCHASE)
        assert settle(CARD, wanted, replace(wanted, unlock="")) == Verdict.WRITTEN

    def test_it_still_does_after_the_meter_took_the_volume(self):
        wanted = after(Operation.PURCHASE)
        assert settle(CARD, wanted, replace(wanted, litres=0)) == Verdict.WRITTEN

    def test_the_old_counter_proves_that_nothing_was_written(self):
        assert settle(CARD, after(Operation.PURCHASE), CARD) == Verdict.NOT_WRITTEN

    def test_any_other_counter_proves_nothing(self):
        assert settle(CARD, after(Operation.PURCHASE), replace(CARD, counter=9)) == Verdict.UNKNOWN

    def test_another_card_proves_nothing(self):
        assert settle(CARD, after(Operation.PURCHASE), replace(CARD, card_number="1", counter=8)) == Verdict.UNKNOWN

    def test_where_the_counter_stays_the_password_is_the_witness(self):
        wanted = after(Operation.LOST_GAS)
        assert settle(CARD, wanted, replace(wanted, litres=0)) == Verdict.WRITTEN
        assert settle(CARD, wanted, CARD) == Verdict.NOT_WRITTEN
        assert settle(CARD, wanted, replace(CARD, password="3c" * 8)) == Verdict.UNKNOWN

    @given(st.sampled_from([Operation.PURCHASE, Operation.GIFT, Operation.CANCEL, Operation.LOST_GAS]), st.integers(1, 10_000))
    def test_before_and_after_are_always_told_apart(self, operation, counter):
        before = replace(CARD, counter=counter)
        wanted = after(operation, before)
        assert settle(before, wanted, wanted) == Verdict.WRITTEN
        assert settle(before, wanted, before) == Verdict.NOT_WRITTEN
