"""Amounts written out: the bank's rules for Chinese, case endings for Russian, yuan and fen for English."""

import re

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.amounts_in_words import UnknownCurrency, in_words

AMOUNTS = st.integers(min_value=0, max_value=999_999_999_999_99)


class TestChinese:
    @pytest.mark.parametrize(
        ("amount", "words"),
        [
            (17_100, "壹佰柒拾壹元整"),
            (10_005, "壹佰元零伍分"),
            (101_010, "壹仟零壹拾元壹角"),
            (5, "伍分"),
            (50, "伍角"),
            (0, "零元整"),
            (1_000, "壹拾元整"),
            (140_950, "壹仟肆佰零玖元伍角"),
            (600_714, "陆仟零柒元壹角肆分"),
            (168_032, "壹仟陆佰捌拾元叁角贰分"),
            (10_700_053, "壹拾万柒仟元伍角叁分"),
            (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
            (32_504, "叁佰贰拾伍元零肆分"),
            (10_000_100_000, "壹亿零壹仟元整"),
            (100_000_000_000_009, "壹万亿元零玖分"),
            (-17_100, "负壹佰柒拾壹元整"),
        ],
    )
    def test_follows_the_rules_for_bills(self, amount, words):
        assert in_words(amount, "CNY", "zh-hans") == words

    @given(AMOUNTS)
    def test_reads_back_as_the_same_number(self, amount):
        words = in_words(amount, "CNY", "zh-hans")
        whole, _, rest = words.rpartition("元") if "元" in words else ("零", "", words)
        jiao, fen = re.search(r"(.)角", rest), re.search(r"(.)分", rest)
        minor = sum(cn2an.cn2an(match[1], "smart") * worth for match, worth in ((jiao, 10), (fen, 1)) if match)
        assert cn2an.cn2an(whole, "smart") * 100 + minor == amount

    @given(AMOUNTS)
    def test_never_writes_two_zeros_and_ends_as_it_must(self, amount):
        words = in_words(amount, "CNY", "zh-hans")
        assert "零零" not in words
        assert words.endswith({0: "整"}.get(amount % 100, "分" if amount % 10 else "角"))

    def test_names_other_currencies(self):
        assert in_words(10_005, "RUB", "zh-hans") == "壹佰卢布零伍戈比"
        assert in_words(10_050, "USD", "zh-hans") == "壹佰美元伍拾美分"


class TestRussian:
    @pytest.mark.parametrize(
        ("amount", "words"),
        [
            (17_100, "Сто семьдесят один юань 00 фэней"),
            (17_201, "Сто семьдесят два юаня 01 фэнь"),
            (1_112, "Одиннадцать юаней 12 фэней"),
            (5, "Ноль юаней 05 фэней"),
            (-2_122, "Минус двадцать один юань 22 фэня"),
        ],
    )
    def test_bends_yuan_and_fen(self, amount, words):
        assert in_words(amount, "CNY", "ru") == words

    @pytest.mark.parametrize(("whole", "unit"), [(1, "рубль"), (2, "рубля"), (5, "рублей"), (11, "рублей"), (21, "рубль"), (112, "рублей")])
    def test_bends_rubles(self, whole, unit):
        assert in_words(whole * 100, "RUB", "ru").endswith(f" {unit} 00 копеек")


class TestEnglish:
    @pytest.mark.parametrize(
        ("amount", "currency", "words"),
        [
            (17_100, "CNY", "One hundred and seventy-one yuan"),
            (10_005, "CNY", "One hundred yuan and five fen"),
            (5, "CNY", "Five fen"),
            (0, "CNY", "Zero yuan"),
            (-100, "CNY", "Minus one yuan"),
            (101, "USD", "One US dollar and one cent"),
            (202, "RUB", "Two rubles and two kopecks"),
        ],
    )
    def test_counts_units_and_hundredths(self, amount, currency, words):
        assert in_words(amount, currency, "en") == words


def test_an_unknown_language_reads_english():
    assert in_words(100, "CNY", "de") == "One yuan"


def test_an_unknown_currency_is_refused():
    with pytest.raises(UnknownCurrency):
        in_words(100, "XAU", "en")
