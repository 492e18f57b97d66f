"""Amounts, volumes and prices as each language writes them."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from billing import wording

LANGUAGES = ["en", "zh-hans", "ru"]


@pytest.mark.parametrize(
    ("language", "amount", "said"),
    [
        ("en", 17_100, "¥171.00"),
        ("zh-hans", 17_100, "¥171.00"),
        ("ru", 17_100, "171,00\u00a0¥"),
        ("en", -123_456_789, "−¥1,234,567.89"),
        ("zh-hans", -5, "−¥0.05"),
        ("ru", -123_456_789, "−1\u00a0234\u00a0567,89\u00a0¥"),
        ("en", 0, "¥0.00"),
    ],
)
def test_money_wears_one_sign_where_the_language_puts_it(language, amount, said):
    with override(language):
        assert wording.money(amount) == said


@pytest.mark.parametrize(("currency", "said"), [("RUB", "₽1.00"), ("USD", "$1.00"), ("EUR", "EUR\u00a01.00")])
def test_money_may_be_of_another_currency(currency, said):
    with override("en"):
        assert wording.money(100, currency) == said


@pytest.mark.parametrize(("price", "said"), [(27_500, "¥2.75"), (41_250, "¥4.125"), (41_251, "¥4.1251"), (30_000, "¥3.00")])
def test_a_price_shows_the_digits_it_has(price, said):
    with override("en"):
        assert wording.unit_price(price) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_breaks_at_the_end_of_a_line(language):
    with override(language):
        said = [wording.money(123_456_789), wording.cubic_metres(1_234_567), wording.unit_price(27_500)]
    assert not any(" " in words for words in said)


@pytest.mark.parametrize(("litres", "said"), [(42_500, "42.5\u00a0m³"), (60_000, "60\u00a0m³"), (-1, "−0.001\u00a0m³")])
def test_litres_are_said_in_cubic_metres(litres, said):
    with override("en"):
        assert wording.cubic_metres(litres) == said


def test_the_filters_say_the_same_and_dash_out_nothing():
    page = Template("{% load money %}{{ sum|money }} {{ none|money }} {{ volume|cubic_metres }} {{ price|unit_price:'RUB' }}")
    with override("en"):
        assert page.render(Context({"sum": 100, "none": None, "volume": 1_000, "price": 10_000})) == "¥1.00 – 1\u00a0m³ ₽1.00"
