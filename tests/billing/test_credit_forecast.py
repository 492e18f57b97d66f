"""How long credit lasts: the reckoning, the one word about it, and whether it was right."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.clock import business_now
from billing.credit_forecast import COOKING, HEATING, Holiday, forecast, from_days, from_purchases, next_holiday, season
from billing.models import ConnectedMeter, CreditForecast, ForecastTrial, MeterDay
from billing.operations.credit_forecasts import forecast_credit, judge_forecasts
from billing.queries.credit_facts import is_day_off
from billing.queries.credit_forecasts import forecast_of, scores
from notices.models import Message
from tests.factories.billing import TopUpFactory
from tests.factories.meters import connected

TODAY = date(2026, 11, 20)


def is_weekend(day):
    return day.weekday() >= 5


def even(count, litres=1_000, until=TODAY):
    return [(until - timedelta(days=count - n), litres) for n in range(count)]


class TestThePace:
    def test_of_even_use_says_the_day(self):
        told = forecast(from_days(even(60), (1,) * 12, lambda _day: False), litres=10_000, since=TODAY, today=TODAY)
        assert told.ends_on == TODAY + timedelta(days=9)
        assert told.earliest <= told.ends_on <= told.latest

    def test_needs_three_weeks_or_four_purchases(self):
        assert from_days(even(20), COOKING, lambda _day: False) is None
        assert from_days(even(60, litres=0), COOKING, lambda _day: False) is None
        assert from_purchases(even(3), COOKING) is None
        assert from_purchases(even(10), COOKING) is None

    def test_knows_that_winter_comes(self):
        autumn = [(date(2026, 10, 1) + timedelta(days=n), 1_000) for n in range(31)]
        told = forecast(from_days(autumn, HEATING, lambda _day: False), litres=30_000, since=date(2026, 11, 1), today=date(2026, 11, 1))
        assert told.ends_on < date(2026, 11, 10)

    def test_knows_that_people_cook_more_on_days_off(self):
        days = [(day, 2_000 if is_weekend(day) else 1_000) for day, _litres in even(56)]
        pace = from_days(days, (1,) * 12, is_weekend)
        assert pace.weight(date(2026, 11, 21)) == pytest.approx(2 * pace.weight(date(2026, 11, 20)))

    def test_of_purchases_says_when_people_come_back(self):
        bought = [(TODAY - timedelta(days=30 * n), 30_000) for n in range(8, -1, -1)]
        told = forecast(from_purchases(bought, (1,) * 12), litres=30_000, since=TODAY, today=TODAY)
        assert abs((told.ends_on - TODAY).days - 30) <= 1

    def test_that_scatters_gives_a_wide_range(self):
        luck = Random(1)
        wild = [(day, luck.randint(0, 3_000)) for day, _litres in even(56)]
        calm, wilder = (from_days(days, (1,) * 12, lambda _day: False) for days in (even(56), wild))
        assert wilder.spread > calm.spread

    @given(st.integers(0, 60_000), st.integers(0, 60_000))
    def test_more_credit_never_ends_sooner(self, one, other):
        pace = from_days(even(40), COOKING, is_weekend)
        first, second = (forecast(pace, litres=litres, since=TODAY, today=TODAY) for litres in sorted((one, other)))
        assert first.ends_on <= second.ends_on

    def test_beyond_the_horizon_is_left_unsaid(self):
        assert forecast(from_days(even(40, litres=1), COOKING, is_weekend), litres=10**9, since=TODAY, today=TODAY) is None

    def test_what_must_be_over_already_is_not_forecast_any_more(self):
        bought = [(TODAY - timedelta(days=200 + 30 * n), 30_000) for n in range(8, -1, -1)]
        assert forecast(from_purchases(bought, (1,) * 12), litres=30_000, since=bought[-1][0], today=TODAY) is None

    def test_a_season_is_one_on_the_average(self):
        assert sum(season(HEATING)(date(2026, month, 1)) for month in range(1, 13)) == pytest.approx(12)


class TestTheCalendar:
    def test_finds_long_holidays_and_no_plain_weekend(self):
        assert next_holiday(date(2026, 9, 28), is_day_off, within=7, least=3) == Holiday(date(2026, 10, 1), date(2026, 10, 7))
        assert next_holiday(date(2026, 11, 9), is_day_off, within=7, least=3) is None

    def test_works_on_make_up_days(self):
        assert not is_day_off(date(2026, 10, 10))
        assert is_day_off(date(2026, 11, 22))


def at(day):
    return timezone.make_aware(datetime(day.year, day.month, day.day, 9))


@pytest.fixture
def meter(account):
    """It burns a cubic metre a day, and had ten of them this morning."""
    account.customer.phones.create(number="+8613900000001", is_primary=True)
    meter = connected(account, balance_litres=10_000, heard_at=at(TODAY))
    MeterDay.objects.bulk_create(MeterDay(meter=meter, day=day, used_litres=litres, reading_litres=0) for day, litres in even(60))
    return meter


def burn(meter, days):
    MeterDay.objects.bulk_create(
        MeterDay(meter=meter, day=TODAY + timedelta(days=n), used_litres=1_000, reading_litres=0) for n in range(days)
    )
    ConnectedMeter.objects.update(balance_litres=10_000 - 1_000 * days, heard_at=at(TODAY + timedelta(days=days)))


class TestTheJob:
    def test_reckons_each_account_once_a_day(self, meter, account):
        assert (forecast_credit(at=at(TODAY)), forecast_credit(at=at(TODAY))) == (1, 0)
        told = forecast_of(account, at=at(TODAY))
        assert told.source == "meter"
        assert told.earliest <= told.ends_on <= told.latest

    def test_says_it_once_when_the_end_is_near(self, meter):
        forecast_credit(at=at(TODAY))
        assert not Message.objects.exists()
        burn(meter, 6)
        for n in (6, 7):
            forecast_credit(at=at(TODAY + timedelta(days=n)))
        assert list(Message.objects.values_list("kind", flat=True)) == ["credit_ends"]

    def test_says_it_before_long_holidays(self, meter):
        MeterDay.objects.all().delete()
        days = even(60, until=date(2026, 9, 28))
        MeterDay.objects.bulk_create(MeterDay(meter=meter, day=day, used_litres=litres, reading_litres=0) for day, litres in days)
        ConnectedMeter.objects.update(heard_at=at(date(2026, 9, 28)))
        forecast_credit(at=at(date(2026, 9, 28)))
        assert list(Message.objects.values_list("kind", flat=True)) == ["credit_holiday"]

    def test_is_silent_where_the_meter_was_spoken_of_already(self, meter):
        burn(meter, 6)
        ConnectedMeter.objects.update(reminded_at=at(TODAY))
        forecast_credit(at=at(TODAY + timedelta(days=6)))
        assert not Message.objects.exists()

    def test_judges_what_the_meter_shows(self, meter):
        forecast_credit(at=at(TODAY))
        assert judge_forecasts(at=at(TODAY + timedelta(days=1))) == 0
        burn(meter, 10)
        assert judge_forecasts(at=at(TODAY + timedelta(days=11))) == 1
        trial = ForecastTrial.objects.get()
        assert (trial.came_on, trial.is_hit) == (TODAY + timedelta(days=9), True)
        assert [(score.judged, score.hits) for score in scores("meter", today=TODAY + timedelta(days=11))] == [(1, 1)]

    def test_those_that_wait_long_keep_no_other_waiting(self, meter):
        forecast_credit(at=at(TODAY))
        patient = ForecastTrial.objects.get()
        patient.pk, patient.occasion, patient.litres, patient.made_on = None, "old", 10**9, TODAY - timedelta(days=1)
        patient.save()
        burn(meter, 10)
        assert judge_forecasts(at=at(TODAY + timedelta(days=11)), limit=1) == 1
        assert ForecastTrial.objects.get(came_on=None) == patient

    def test_says_of_too_few_purchases_that_nothing_can_be_said(self, account, now):
        forecast_credit(at=now)
        assert CreditForecast.objects.get().ends_on is None
        assert forecast_of(account, at=now) is None

    def test_judges_a_card_meter_by_the_next_purchase(self, account):
        for n in range(8, -1, -1):
            TopUpFactory(account=account, litres=30_000, bought_on=TODAY - timedelta(days=20 + 30 * n))
        forecast_credit(at=at(TODAY))
        TopUpFactory(account=account, litres=30_000, bought_on=TODAY + timedelta(days=60))
        judge_forecasts(at=at(TODAY + timedelta(days=61)))
        trial = ForecastTrial.objects.get()
        assert (trial.came_on, trial.is_hit) == (TODAY + timedelta(days=60), False)

    @pytest.mark.parametrize(
        ("looked_after", "bought_after", "counted"),
        [((0, 34), 36, (1, 0, 0)), ((0, 4), 3, (0, 1, 0)), ((0, 34), None, (0, 0, 1))],
        ids=["within the range", "long before a forecast was near", "not for four months"],
    )
    def test_leaves_no_credit_of_a_card_meter_out_of_the_count(self, account, looked_after, bought_after, counted):
        for n in range(8, -1, -1):
            TopUpFactory(account=account, litres=40_000, bought_on=TODAY - timedelta(days=40 * n))
        first, second = (at(TODAY + timedelta(days=days)) for days in looked_after)
        forecast_credit(at=first)
        if bought_after is not None:
            TopUpFactory(account=account, litres=40_000, bought_on=TODAY + timedelta(days=bought_after), paid_at=first)
        forecast_credit(at=second)
        judge_forecasts(at=at(TODAY + timedelta(days=50)))
        [score] = scores("purchases", today=TODAY + timedelta(days=170))
        assert (score.hits, score.early, score.late) == counted

    def test_forgets_what_a_new_meter_made_pointless(self, meter, account):
        forecast_credit(at=at(TODAY))
        account.meters.update(installed_at=at(TODAY + timedelta(days=2)))
        burn(meter, 10)
        assert judge_forecasts(at=at(TODAY + timedelta(days=11))) == 0
        assert not ForecastTrial.objects.exists()


class TestThePages:
    def test_tell_the_customer_until_when(self, client, signed_in, olive, meter):
        forecast_credit(at=business_now())
        CreditForecast.objects.update(ends_on=date(2026, 12, 3), earliest=date(2026, 12, 1), latest=None)
        text = signed_in(client, olive).get(reverse("desk:cabinet")).text
        assert "the gas lasts until about" in text
        assert "at the earliest" in text

    def test_show_staff_how_often_we_were_right(self, client, signed_in, fang, meter):
        forecast_credit(at=at(TODAY))
        burn(meter, 10)
        judge_forecasts(at=at(TODAY + timedelta(days=11)))
        text = signed_in(client, fang).get(reverse("billing:forecasts")).text
        assert "1 (100 %)" in text
        assert "None judged yet" in text
