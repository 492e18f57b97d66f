"""What rules make of the words of a complaint. Pure: no database."""

import pytest

from complaints.gravity import judge, says_something

ALL = ("injury", "media", "repeated", "official")


def why(text="", counts=ALL, is_official=False, earlier=0, repeated_from=3):
    return judge(text, is_official=is_official, earlier=earlier, counts=counts, repeated_from=repeated_from).major_why


def manner(text):
    return judge(text, is_official=False, earlier=0, counts=ALL, repeated_from=3).manner


@pytest.mark.parametrize(
    "text",
    [
        "我母亲一氧化碳中毒，住院了",
        "После вашего ремонта мама отравилась газом",
        "My father was injured when the valve broke",
        "ＭＹ ＷＩＦＥ ＩＳ ＩＮ ＨＯＳＰＩＴＡＬ",
        "中\u200b毒",
    ],
)
def test_somebody_who_was_hurt_is_seen_in_three_languages(text):
    assert why(text) == "injury"


@pytest.mark.parametrize("text", ["我已经找了记者", "Завтра об этом узнает телевидение", "The newspaper will hear of this"])
def test_the_press_makes_it_major(text):
    assert why(text) == "media"


@pytest.mark.parametrize(
    "text", ["账单多收了三十元", "Мастер опоздал на два часа", "The burner I bought is a fine one", "The queue was long"]
)
def test_an_ordinary_complaint_is_ordinary(text):
    assert (why(text), manner(text)) == ("", "")


def test_the_third_about_the_same_matter_is_a_repeated_one():
    assert [why(earlier=earlier) for earlier in (0, 1, 2, 7)] == ["", "", "repeated", "repeated"]


def test_what_an_office_puts_forward_is_major():
    assert why(is_official=True) == "official"


def test_the_operator_says_what_counts():
    assert why("我母亲中毒了", counts=["media"]) == ""
    assert why("我母亲中毒了，找记者", counts=["media"]) == "media"


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("你们这些混蛋", "rude"),
        ("Идиоты, верните деньги", "rude"),
        ("You idiots", "rude"),
        ("我要打死那个收费的", "threat"),
        ("Я вас всех убью", "threat"),
        ("I will kill you, idiot", "threat"),
        ("Мне скидку не дали", ""),
    ],
)
def test_insults_and_threats_are_told_apart(text, how):
    assert manner(text) == how


@pytest.mark.parametrize(
    ("text", "is_said"),
    [("", False), (" \n\t", False), ("😡😡😡", False), ("\u200b\u200b", False), ("...!", False), ("坏", True), ("😡 no", True)],
)
def test_a_complaint_has_words(text, is_said):
    assert says_something(text) is is_said
