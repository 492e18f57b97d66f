"""What the detector must see, in texts of our own; how much it sees of others' texts is in test_personal_data_measured."""

from itertools import pairwise

import pytest

from notices.personal_data import KINDS, Found, find, redact
from notices.personal_words import found_in


def _seen(text):
    return [(one.kind, text[one.start : one.end]) for one in find(text)]


PEOPLE = [
    ("我叫李建国，户号2003154871，电话138 1234 5678。", ["李建国", "2003154871", "138 1234 5678"]),
    ("手机一三八一二三四五六七八，备用１３９－８８８８－７７７７", ["一三八一二三四五六七八", "１３９－８８８８－７７７７"]),
    ("家住河南省郑州市金水区花园路12号院3号楼2单元501室，欧阳娜娜在家。", ["河南省郑州市金水区花园路12号院3号楼2单元501室", "欧阳娜娜"]),
    ("新能源车京AD12345和豫A·12345，身份证110101199003074233", ["京AD12345", "豫A·12345", "110101199003074233"]),
    (
        "Слесарь Николаев был у Смирновой Ольги Петровны: ул. Садовая, д. 15, кв. 48",
        ["Николаев", "Смирновой Ольги Петровны", "ул. Садовая, д. 15, кв. 48"],
    ),
    ("СНИЛС 112-233-445 95, тел. 8 (843) 234-56-78, машина О777ОО 77", ["112-233-445 95", "8 (843) 234-56-78", "О777ОО 77"]),
    ("Ивaнoв писал: ivan собака mail точка ru", ["Ивaнoв", "ivan собака mail точка ru"]),
    ("восемь девятьсот двенадцать триста сорок пять шестьдесят семь", ["восемь девятьсот двенадцать триста сорок пять шестьдесят семь"]),
    ("I am Sarah Connor, Flat 5, 27 Baker Street; call 07700 900123.", ["Sarah Connor", "Flat 5, 27 Baker Street", "07700 900123"]),
    ("Li Na wrote from lina88@163.com about meter A20-445-8812.", ["Li Na", "lina88@163.com", "A20-445-8812"]),
]


@pytest.mark.parametrize(("text", "wanted"), PEOPLE)
def test_what_tells_of_a_person_is_found(text, wanted):
    found = [words for _kind, words in _seen(text)]
    assert [one for one in wanted if not any(one in words or words in one for words in found)] == []


@pytest.mark.parametrize(
    "text",
    [
        "根据《城镇燃气管理条例》（国务院令第583号）第二十条，计划停气应提前48小时公告。",
        "高压管道检修，马上恢复供气；人民路、花园路将于11月25日8:00至17:00停气。",
        "请拨打抢修热线0539-5126119或95007，我公司营业厅位于人民路88号。",
        "На улице Ленина и проспекте Гагарина отключат газ; горячая линия 8-800-200-12-34.",
        "Тариф 6,50 руб. за куб. м, надежда на ремонт есть, договор по форме № 5.",
        "Will the price change in May? Tariff 2.75 yuan per m3; hotline 400-123-4567.",
    ],
)
def test_what_is_nobodys_stays(text):
    assert _seen(text) == []


def test_marks_that_nobody_sees_hide_nothing():
    text = "тел. 8\u200b912\u200b345\u00ad67 89"
    assert redact(text, find(text)) == "тел. ***"


def test_what_everybody_may_read_is_nobodys():
    assert [one.kind for one in find("拨打0539-8117713或13812345678", public=["(0539) 8117713"])] == ["phone"]


def test_a_place_taken_out_says_nothing_of_its_length():
    text = "李明，13812345678"
    assert redact(text, find(text)) == "***，***"


def test_finds_that_overlap_are_taken_out_whole():
    assert redact("0123456789", [Found(2, 6, "card"), Found(4, 8, "account")]) == "01***89"


def test_finds_stand_in_order_and_have_a_kind():
    text = "王芳女士的车豫A12345停在阳光花园12-3-501，电话0371-65551234转801。"
    found = find(text)
    assert found == sorted(found)
    assert all(one.kind in KINDS and one.start < one.end for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\u200b\u200b",
        "😀🔥" * 20,
        "路村镇小区" * 60,
        "1" * 3000,
        "a." * 1000,
        "a" * 50_000,
        "А." * 9_000,
        "Flat 5, " * 250,
        "кв. 5, " * 250,
    ],
)
def test_no_text_is_too_strange(text):
    assert all(one.end <= len(text) for one in find(text))


def test_our_own_phones_are_nobodys(settings):
    assert not found_in(f"Ring {settings.COMPANY['hotline']} or {settings.COMPANY['office_phone']}.")
    assert [one.kind for one in found_in("Ring +86 138 0013 8000.")] == ["phone"]
