"""Numbers of papers: Chinese identity cards of both lengths, passports, SNILS, the INN of a person; and dates of birth."""

import re
from collections.abc import Iterator

from .found import Found
from .normal import Normal

_REGION = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|7[1]|8[1-3])"
_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_GAP = r"[ \-]?"
#: By its place and date of birth. The check digit is not asked for: a mistyped number still names somebody.
_CHINESE_18 = re.compile(rf"(?<!\d){_REGION}\d{{4}}{_GAP}(?:19|20)\d\d{_GAP}{_MONTH_DAY}{_GAP}\d{{3}}{_GAP}[\dXxХх](?![\dA-Za-z])")
_CHINESE_SPACED = re.compile(rf"(?<!\d){_REGION}(?:{_GAP}\d){{15}}{_GAP}[\dXxХх](?![\dA-Za-z])")
_CHINESE_15 = re.compile(rf"(?<!\d){_REGION}\d{{4}}\d\d{_MONTH_DAY}\d{{3}}(?!\d)")
_PLAUSIBLE = re.compile(rf"\d{{6}}(?:19|20)\d\d{_MONTH_DAY}\d{{3}}[\dX]")
_SNILS = re.compile(r"(?<!\d)\d{3}[- ]\d{3}[- ]\d{3}[- ]\d{2}(?!\d)")
_SNILS_BARE = re.compile(r"(?<!\d)\d{11}(?!\d)")
_RUSSIAN_PASSPORT = re.compile(
    r"(?<![\d\-])(?:\d{2} ?\d{2} ?(?:№|номер)? ?\d{6}(?<!\d{10})|\d{2} ?№ ?\d{7})(?![\d\-]|[ ]?(?:руб|₽|м3|куб|кВт))"
)
_US_SOCIAL = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")
_BRITISH = re.compile(r"(?<![A-Za-z])[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Za-z\d])")
#: A British driving licence.
_DRIVER = re.compile(r"(?<![A-Za-z\d])[A-Z]{2,5}9{0,3}\d{6}[A-Z9]{2}[A-Z\d]{3}(?![A-Za-z\d])")
_INN = re.compile(r"(?<!\d)\d{12}(?!\d)")
_VALUE = r"(?P<value>[A-Za-zА-Я]{0,3}\d(?:[ \-]?\d){4,18}[ \-]?[\dXxХх]?(?![\d]))"
_JOIN = r"[\s:：#№.,\-()（）为是號号码碼]{0,6}(?:номер\w*|number|no\.?|is|serial|series|серия|серии|is:|card)?[\s:：#№.\-]{0,4}"
_NAMED = re.compile(
    r"(?:身份证|身份證|身份号|证件号?|護照|护照|通行证|居住证|永居证|永久居留\w*|回乡证|台胞证|军官证|驾驶证|社保|identity card|identity|id card|id (?:number|no|num)|\bID\b"
    r"|passport|residence permit|resident(?:'s)? (?:card|permit)|permit|visa|national insurance|social security|\bSSN\b|driving licen[cs]e|driver'?s licen[cs]e|паспорт\w*|СНИЛС\w*|загранпаспорт\w*"
    r"|удостоверени\w+(?: личности)?|свидетельств\w+ о рождении|водительск\w+ (?:прав\w*|удостоверени\w+)|полис\w*(?: ОМС)?)"
    + _JOIN
    + _VALUE,
    re.IGNORECASE,
)
_NAMED_INN = re.compile(r"(?i:ИНН)[\s:№]{0,4}(?P<value>\d{12})(?!\d)")
_SERIES = re.compile(r"сери[яи]\s*(?P<value>\d{2} ?\d{2},?\s*(?:№|номер|N)?\s*\d{6})(?!\d)", re.IGNORECASE)


def find(plain: Normal) -> Iterator[Found]:
    """Numbers of papers by their shape, else by the word before them."""
    text = plain.digits
    for shape in (_DRIVER, _CHINESE_18, _CHINESE_15, _SNILS, _US_SOCIAL, _BRITISH, _RUSSIAN_PASSPORT):
        for match in shape.finditer(text):
            yield Found(match.start(), match.end(), "id_number")
    for shape, is_one in ((_CHINESE_SPACED, is_identity), (_SNILS_BARE, is_snils), (_INN, is_inn)):
        yield from (Found(match.start(), match.end(), "id_number") for match in shape.finditer(text) if is_one(match.group()))
    for named in (_NAMED, _NAMED_INN, _SERIES):
        for match in named.finditer(text):
            yield Found(*match.span("value"), "id_number")


def is_identity(digits: str) -> bool:
    """Whether this is a Chinese identity number, with gaps or without, by the date in it."""
    return bool(_PLAUSIBLE.fullmatch(re.sub(r"[ \-]", "", digits).upper().replace("Х", "X")))


def is_snils(digits: str) -> bool:
    """Whether eleven digits are a pension number by its two check digits."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 0, -1), strict=False))
    return int(digits[9:]) == total % 101 % 100 and digits[0] not in "89"


def is_inn(digits: str) -> bool:
    """Whether twelve digits are a person's tax number by both of its check digits."""
    weights = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    sums = [sum(int(digit) * weight for digit, weight in zip(digits, row, strict=False)) % 11 % 10 for row in weights]
    return digits[10:] == "".join(map(str, sums))
