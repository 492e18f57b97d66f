"""Numbers and dates that only the sentence tells: of a meter further on, of a paper with its country between, of who was born when."""

import re
from collections.abc import Iterable, Iterator, Sequence

from .found import Found
from .normal import Normal

_MONTH = (
    r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]{0,3}"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)?\.?"
)
_OLD = r"(?:19[2-9]\d|200[0-8])"
_CODE = r"(?P<value>(?=[A-Z\d/\-]{0,6}\d)(?:[A-Z]{1,4}[/\-]?)?\d{2,}[\dA-Z]{0,8}(?:[ /\-]\d[\dA-Z]{1,8}){0,4})(?![\dA-Za-z])"
_DAY = (
    rf"(?:\d{{1,2}}[./\- ]\d{{1,2}}[./\- ](?:\d{{4}}|\d{{2}})|(?:the )?\d{{1,2}}(?:st|nd|rd|th|-?го)? ?(?:of )?(?:{_MONTH}),?[ \-]?(?:\d{{4}}|'?\d{{2}})(?:-?го)?"
    rf"|(?:{_MONTH}),? ?(?:\d{{4}}|'\d{{2}})|(?:0?[1-9]|1[0-2])\.19\d\d|\d{{1,2}}月\d{{1,2}}[日号]?|[〇零一二三四五六七八九\d]{{4}}年[正腊冬一二三四五六七八九十]{{1,2}}月)(?!\d)"
)
_ELDER = r"(?:пенсион\w*|инвалид\w*|ветеран\w*|бабушк\w*|дедушк\w*|прабабушк\w*|свекр\w*|т[её]щ\w*|тест[ья]\w*|мам[аыеу]|мать|матер\w+|пап[аыеу]|отец|отц\w+|вдов\w*|старик\w*)"
_BORN = r"(?:\bborn\b|\bd\.? ?o\.? ?b\b\.?|birth\w*|г\. ?р\.|\bрожд\w*|родил\w+|生日|出生|生于|岁)"
#: The sentence before says what it is; a number behind another one belongs to it as well.
_SAID = tuple(
    (kind, re.compile(shape))
    for kind, shape in (
        ("meter", rf"(?i:\bmeters?\b|\bсч[её]тчик\w*)[^\n]{{0,60}}?(?<![A-Za-z\d])(?=[A-Z]{{1,4}}-\d{{3}}){_CODE}"),
        ("meter", rf"[表錶][^\n]{{0,60}}?[编編][号號][ :]?{_CODE}"),
        ("meter", rf"[编編][号號][ :]?(?=[A-Z]{{1,4}}\d{{0,2}}-\d{{4}}){_CODE}"),
        ("meter", rf"(?:刻|铭牌|标签|钢印)[^\d。\n]{{0,8}}?(?=\d{{6}}){_CODE}"),
        ("meter", r"\bПУ[\s№:]{1,3}(?P<value>[A-ZА-Я]{0,4}\d{5,})"),
        ("account", rf"(?i:\bnumber\b[^\d.\n]{{0,30}}?\bis\s)(?=[A-Z\d /\-]{{7}}){_CODE}"),
        ("account", rf"(?:我的号|我家的?号|我们?的号码)(?:码|是|:|为)?[ ]?(?=[A-Z\d\-]{{6}}){_CODE}"),
        (
            "id_number",
            r"(?i:паспорт\w*|passport|居留[证證]|居住证|护照)[^\d\n.;:]{0,18}?(?<![A-Za-z])(?P<value>(?=(?:[A-Z]{0,6}\d){3})[A-Z\d]{7,16})(?![A-Za-z\d])",
        ),
        ("id_number", r"(?i:driv(?:ing|er'?s) licen[cs]e)[^\d\n.]{0,12}?(?P<value>[A-Z9]{4,5} ?\d{6} ?[A-Z\d]{4,6})(?![A-Za-z\d])"),
        ("id_number", r"(?P<value>[一-鿿]{1,2}字第?\d{6,10}号)"),
        ("id_number", r"(?i:инн)[^\d\n.]{1,20}?(?P<value>\d{12})(?!\d)"),
        ("id_number", r"(?<!\d)(?P<value>\d{3} - \d{3} - \d{3} - \d\d)(?!\d)"),
        ("id_number", r"(?<![A-Za-zА-Яа-я])(?P<value>[IVXХ]{1,5}\s?-\s?[А-ЯA-Z]{2}\s?(?:№\s?)?\d{6})(?!\d)"),
        (
            "plate",
            r"(?P<value>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼] ?[A-Z][ ·]{0,2}[挂学警][ ·]{0,2}[A-Z\d]{4,5})(?![A-Za-z\d])",
        ),
        ("plate", r"(?i:номер\w*|машин\w*|plates?)[^\d\n.]{0,24}?(?P<value>\d{3} ?[A-ZА-Я]{2,3} ?\d{2})(?!\d)"),
        ("date_of_birth", rf"(?i:{_BORN}[^。!?\n]{{0,22}}?(?<![\d.])(?P<value>{_DAY}))"),
        ("date_of_birth", r"(?i:(?:生日|birthday|dob|出生)[^。!?\n]{4,30}?[,，是](?P<value>\d{1,2}月\d{1,2}日))"),
        ("date_of_birth", r"(?i:\bborn\b|\bdob\b)[^!?\n]{0,50}?\b(?:he|she)(?:'s| is| was)(?: born)?(?: in)? (?P<value>(?:19|20)\d\d)\b"),
        (
            "date_of_birth",
            rf"(?i:{_ELDER}[^\d.!?\n]{{0,24}}[ ,])(?P<value>(?:{_OLD}|\d\d(?=-))(?:-?го)?(?= года| г\.р)|(?:0?[1-9]|1[0-2])\.{_OLD})(?! года? (?:постройки|ввода))",
        ),
        ("date_of_birth", rf"(?P<value>(?:{_OLD}|[3-9]\d)-?го года)(?=,? (?i:пенси|инвалид|рожд))"),
        ("date_of_birth", r"(?:出生|生于)[ ]?(?P<value>\d{2,4}年)"),
        (
            "date_of_birth",
            r"(?P<value>(?:民国[〇一二三四五六七八九十\d]{1,4}|\d{2,4}|[〇一二三四五六七八九]{2,4})年)(?:[正腊冬一二三四五六七八九十\d]{1,2}月(?:初?[一二三四五六七八九十廿\d]{1,3}[日号]?)?)?(?:生(?![产效成活])|出生|人(?=[ ,，。]|$))",
        ),
        (
            "date_of_birth",
            r"(?P<value>[〇零一二三四五六七八九\d]{4}年[正腊冬一二三四五六七八九十\d]{1,2}月(?:初?[一二三四五六七八九十廿\d]{1,3})?)(?=生(?![产效成活])|出生)",
        ),
    )
)
#: So long ago, and written as a day, it is a birthday, or a law's.
_LONG_AGO = re.compile(
    rf"(?i:(?<![\d.\-/№])(?P<value>(?:[12]\d|3[01]|0?[1-9])[./](?:[12]\d|3[01]|0?[1-9])[./]{_OLD}|\d{{1,2}}(?:st|nd|rd|th|-?го)? (?:of )?(?:{_MONTH}) 19[2-8]\d(?:-?го)?))(?!\d|[./]\d)"
)
_OF_A_LAW = re.compile(
    r"(?:\bот|\bс|since|of|dated|from|until|till|by|built|installed|法|条例|规定|标准|办法|令|自|安装|开通|закон\w*|редакции|установлен\w*|договор\w*|контракт\w*)[\s:：,(（]{0,3}$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\dA-Za-z.,/\-])(?<!\d )\d(?:[ \-]?\d){5,18}(?![\dA-Za-z%]|[.,/\-]\d)")


def find(plain: Normal) -> Iterator[Found]:
    """By the words before and behind."""
    for kind, shape in _SAID:
        for match in shape.finditer(plain.text):
            yield Found(*match.span("value"), kind)
    for match in _LONG_AGO.finditer(plain.text):
        if not _OF_A_LAW.search(plain.text[max(0, match.start() - 14) : match.start()]):
            yield Found(*match.span("value"), "date_of_birth")


def twins(text: str, said: Sequence[Found]) -> Iterable[Found]:
    """The same number mistyped, or its neighbour: as many digits, and hardly another order of them."""
    known = {(one.kind, re.sub(r"\D", "", text[one.start : one.end])) for one in said}
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        for kind, other in sorted(known):
            if len(other) == len(digits) >= 6 and sum(one == two for one, two in zip(other, digits, strict=True)) * 2 > len(digits):
                yield Found(match.start(), match.end(), kind)
