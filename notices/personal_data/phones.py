"""Phones of persons, in the ways people write them; the company's own and services' lines are nobody's."""

import re
from collections.abc import Iterator

from .found import Found
from .normal import Normal

_GAP = r"[ \-.·_/,]{0,2}"
_ANY = r"[ \-.()_/]{0,3}"
_EXTENSION = r"(?:[ ,]{0,2}(?:转|轉|分机|ext\.?|x|доб\.?)[ :]?\d{1,5})?"
#: Whatever is written so is a phone wherever it stands.
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?<![\d.])(?:\(?(?:\+|00)?\s?86\)?[ \-]{{0,2}})?\(?1{_GAP}[3-9](?:{_GAP}\)?\d){{9}}(?!\d)",
        rf"(?<![\d.])(?:(?:\+|00)?86[ \-]?)?\(?0\d{{2,3}}(?:\)[ \-]?|[ \-]{{1,3}})[2-9]\d{{2,3}}[ \-]?\d{{4}}(?!\d){_EXTENSION}",
        rf"(?<![\d.])(?:\+ ?7|8|7){_ANY}[3489](?:{_ANY}\d){{9}}(?!\d){_EXTENSION}",
        r"(?<![\d\-./])9\d{2}[ \-]\d{3}[ \-]\d{2}[ \-]\d{2}(?!\d)",
        r"(?<![\d\-./])[2-9]\d{2}-\d{2}-\d{2}(?![\d\-])",
        r"(?<![\d\-./:№])(?:[1-9]|[2-9]\d)-\d{2}-\d{2}(?![\d\-./:])(?! ?(?:19|20)\d\d)",
        rf"(?<![\d])\+ ?\d{{1,3}}(?:{_ANY}\d){{6,12}}(?!\d){_EXTENSION}",
        rf"(?<![\d\-./])\(?[2-9]\d{{2}}\)?[ \-.]{{1,2}}\d{{3}}[\-. ]\d{{4}}(?!\d){_EXTENSION}",
        rf"(?<![\d\-./])\(?0\d{{2,4}}\)?[ \-]\d{{3,4}}[ \-]?\d{{3,4}}(?!\d){_EXTENSION}",
        r"(?<![\d\-./])\(\d{3,5}\)[ \-]{0,2}\d{2,3}[ \-]\d{2}[ \-]\d{2,3}(?!\d)(?: ?\(?(?:внутр|доб)\.? ?[\d\-]{1,6}\)?)?",
        r"(?<![\d.\-/№])0[17]\d{9}(?!\d)",
        r"(?<![\d.\-/№])(?<!№ )9\d{9}(?!\d)",
        r"(?<!\d)(?<!\d )\d(?: \d){6,14}(?![ ]?\d)",
    )
)
_NAMED = re.compile(
    r"(?:电话|電話|手机|手機|座机|座機|固话|致电|拨打|来电号码|联系方式|号码是|微信同号|打给我|打我"
    r"|\b(?:tele)?phone\w*|\btel\b\.?|\bmobile\b|\bcell\b|\bcall(?: me| him| her| us)?\b|\breach(?: me| him| her| us)?\b|whats ?app|\bcontact\w*|\bring\b"
    r"|\bтел\b\.?|телефон\w*|\bмоб\b\.?|мобильн\w+|сотов\w+|\bзвон\w+|позвон\w+|перезвон\w+|контакт\w*|ватсап\w*|вотсап\w*|факс\w*)"
    r"(?:号码|號碼|号|是|为|:|[^\d\n。;!?]{0,18}?)[\s:№(+]{0,4}"
    rf"(?P<value>\d(?:{_ANY}\d){{4,13}})(?!\d|[ ]?(?:元|руб|₽|yuan|м3|м³|立方|年|月|日|点|天|小时|minutes|days|hours|час|дн|мин))",
    re.IGNORECASE,
)
#: Lines of services: free numbers, short codes, and what somebody calls the company's.
_SERVICE = re.compile(r"(?:\+?7|8)?[^\d]{0,3}800|400|\+?86[^\d]?400")
_COMPANY = re.compile(
    r"(?:热线|熱線|客服|报修电话|抢修|监督电话|服务电话|服务号码|投诉电话|举报电话|营业厅(?:电话|咨询|：|:)|hotline|help ?desk|call[ -]?cent(?:re|er)|emergency|switchboard|front desk"
    r"|service line|office line|our line|горяч\w+ лини\w+|диспетчер\w*|аварийн\w+|при[её]мн\w+|колл-центр\w*|контакт-центр\w*|call-центр\w*|единый номер|справочн\w+)"
    r"[^\d。.;!?,，\n]{0,22}[\s:(+]*$",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}(?!\d)")
_RUSSIAN_DIGITS = (
    "ноль|нуль|один|два|три|четыре|пять|шесть|семь|восемь|девять|десять|одиннадцать|двенадцать|тринадцать|четырнадцать|пятнадцать|шестнадцать"
    "|семнадцать|восемнадцать|девятнадцать|двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто|сто|двести|триста"
    "|четыреста|пятьсот|шестьсот|семьсот|восемьсот|девятьсот"
)
_ENGLISH_DIGITS = "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple"
_SPELLED = re.compile(
    rf"\b(?:плюс )?(?:{_RUSSIAN_DIGITS})(?:[ ,\-]{{1,3}}(?:{_RUSSIAN_DIGITS})){{5,}}\b(?! (?:тысяч|рубл|куб|миллион|метр))"
    rf"|\b(?:{_ENGLISH_DIGITS})(?:[ ,\-]{{1,3}}(?:{_ENGLISH_DIGITS}|hundred|thousand|\d{{1,4}})){{5,}}\b"
    r"|[〇零一二三四五六七八九幺]{7,13}|(?<!\d)(?:\+?7|8)[ \-]?\(?(?!800)\d{3}\)?[ \-]?[\dOОoоЗз]{3}-[\dOОoоЗз]{2}-[\dOОoоЗз]{2}(?![\dА-Яа-я])",
    re.IGNORECASE,
)


def find(plain: Normal) -> Iterator[Found]:
    """By how it is written, else by the word before it."""
    text = plain.digits
    for shape in _SHAPES:
        for match in shape.finditer(text):
            if _is_somebodys(text, match.start(), match.group()):
                yield Found(match.start(), match.end(), "phone")
    for match in _NAMED.finditer(text):
        start, end = match.span("value")
        if _is_somebodys(text, start, match["value"]) and _digits(match["value"]) >= 6:
            yield Found(start, end, "phone")
    for match in _SPELLED.finditer(plain.text):
        yield Found(match.start(), match.end(), "phone")


def _digits(value: str) -> int:
    return sum(mark.isdigit() for mark in value)


def _is_somebodys(text: str, start: int, value: str) -> bool:
    bare = re.sub(r"\D", "", value)
    if _SERVICE.match(value.lstrip("( ")) or _YEARS.search(value):
        return False
    is_mobile = bool(re.match(r"(?:86)?1[3-9]\d{9}$|[78]9\d{9}$", bare))
    return is_mobile or not _COMPANY.search(text[max(0, start - 40) : start])
