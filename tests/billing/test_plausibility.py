"""Which readings are believed at once, and what is doubted about the others."""

from datetime import date

import pytest

from billing.bill_lines import Span
from billing.norms import Home, NoNorm, home_of, month_litres, norms, span_litres
from billing.plausibility import REGISTER_LITRES, Known, doubt_about, swapped, used_between, usual_a_day

DAY = date(2026, 11, 22)
#: 321 m³ a month before, and half a cubic metre on a usual day.
KNOWN = Known(before=(date(2026, 10, 22), 321_000), usual_a_day=500, window=(20, 25))


@pytest.mark.parametrize(
    ("litres", "doubt"),
    [
        (336_000, None),
        (321_000, None),
        (367_000, None),  # three times as much is much, and happens
        (320_999, "below_last"),
        (555_000, "far_above"),
        (111_000, "below_last"),
        (432_000, "swapped"),  # 342 with two figures swapped
        (234_000, "swapped"),  # 324
    ],
)
def test_what_a_register_can_show(litres, doubt):
    assert doubt_about(DAY, litres, KNOWN) == doubt


def test_swapped_figures_are_put_right_for_whoever_looks():
    assert swapped(DAY, 432_000, KNOWN) == 342_000


def test_nothing_to_compare_with_is_a_doubt_of_its_own():
    assert doubt_about(DAY, 336_000, Known()) == "first"


def test_without_history_only_the_register_speaks():
    assert doubt_about(DAY, 9_000_000, Known(before=(date(2026, 10, 22), 321_000))) is None


def test_customers_send_readings_in_their_days():
    assert doubt_about(date(2026, 11, 26), 336_000, KNOWN) == "outside_window"


def test_what_was_billed_is_not_read_again():
    assert doubt_about(DAY, 336_000, Known(before=KNOWN.before, billed_until=DAY)) == "already_billed"


def test_a_reading_lies_below_the_next():
    assert doubt_about(DAY, 336_000, Known(before=KNOWN.before, after=(date(2026, 11, 23), 335_000))) == "above_next"


def test_a_register_begins_again_at_zero():
    known = Known(before=(date(2026, 10, 22), REGISTER_LITRES - 5_000), usual_a_day=500)
    assert doubt_about(DAY, 12_000, known) == "rolled_over"
    assert used_between(REGISTER_LITRES - 5_000, 12_000) == 17_000
    assert used_between(321_000, 320_000) == -1_000


class TestUsual:
    WINTER = Span(date(2025, 11, 1), date(2025, 12, 1), 300_000)

    def test_it_is_like_a_year_ago(self):
        assert usual_a_day([self.WINTER], date(2026, 11, 1), date(2026, 12, 1), heats=True) == 10_000

    def test_a_summer_foretells_a_winter_only_with_its_heating(self):
        summer = [Span(date(2026, 6, 1), date(2026, 9, 1), 92_000)]
        plain = usual_a_day(summer, date(2026, 11, 1), date(2026, 12, 1), heats=False)
        heated = usual_a_day(summer, date(2026, 11, 1), date(2026, 12, 1), heats=True)
        assert (plain, heated > 5 * plain) == (1_000, True)

    def test_nothing_known_is_nothing_usual(self):
        assert usual_a_day([], DAY, date(2026, 12, 1), heats=False) is None


class TestNorms:
    def test_a_month_is_so_much_for_each_person_and_square_metre(self):
        home = Home(equipment=("stove_and_heater", "heating"), persons=3, square_metres=60)
        assert (month_litres(home, 1), month_litres(home, 7)) == (90_000 + 660_000, 90_000 + 60_000)

    def test_days_take_their_share_of_the_month(self):
        home = home_of("resident", persons=3, square_metres=60)
        assert span_litres(home, date(2026, 11, 16), date(2027, 1, 1)) == 22_500 + 45_000

    def test_firms_have_no_norm(self):
        with pytest.raises(NoNorm):
            home_of("commercial", persons=1, square_metres=1)

    def test_a_year_of_heating_is_what_the_source_says(self):
        assert norms()["heating"].year == 84_000
