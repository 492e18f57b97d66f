"""Numbers that are a customer's with us or with a bank: accounts, cards, meters; and plates of vehicles.

Most say nothing by themselves: the word beside them does. A bank card tells by its check digit, our own account number too.
"""

import re
from collections.abc import Iterator, Sequence

from .found import Found
from .normal import Normal
from .numbers_told import twins

_JOIN = (
    r"[\s:：#№.,\-()（）\"“«为是係]{0,4}(?:号码|號碼|编号|編號|尾号|number|num\b|no\b\.?|nr\.?|is|was|номер\w*|номеру|газов\w+|号|號|zav|зав\.?"
    r"|for gas|serial|заводск\w+)?"
    r"[\s:：#№.,\-()（）\"“«为是係]{0,4}(?:номер\w*|number|no\b\.?|is|№|为|是)?[\s:：#№.\-\"“«]{0,3}"
)
_DIGITS = r"(?P<value>(?:[A-ZА-Я]{1,4}[ \-/]?){0,2}\d(?:[ \-/.]?\d){3,22}(?:[\-/][A-ZА-Я\d]{1,4})?)(?!\d)"
_SERIAL = r"(?:No\.? ?|SN:? ?)?(?P<value>(?:[A-ZА-Я][A-ZА-Я0-9]{0,5}[ \-/]{0,1}){0,2}\d[\dA-ZА-Я]*(?:[ \-/]?\d[\dA-ZА-Я]*|[\-/][A-ZА-Я]{1,3}\d*){0,4})(?![\dA-Za-z])"
#: Between the word and the number something else may stand.
_GAP = r"[^\d\n。.;；!?]{0,28}?(?<![\dA-Za-zА-Яа-я])"
_ACCOUNT = (
    r"(?:户号|戶號|(?:户|客户|用户|缴费|燃气|开户|用气|家庭|住户)[一-鿿]{0,2}(?:号码?|代码|编码|编号|代号)|\b(?:consumer|subscriber|client)\b|\ba/c\b|\bacc\b\.?|\b[лЛ][сС](?=[\s№:\-]{0,3}\d)|\b[рРp]/[сСc]\b|用户号|用戶號|客户号|客户编号|客户代码|用户编号|用户代码|燃气编号|缴费号|缴费编号|账号|帐号|帳號|賬號|账户|帐户|户头|微信号?|QQ号?"
    r"|\baccount\w*|\bacct\b|customer (?:number|no|id|code)|contract (?:number|no)|consumer (?:number|no)"
    r"|л/сч?\b|л\.\s?сч?\.|лиц(?:\.|ев\w+)\s*сч(?:\.|[её]т\w*)|лицев\w+|(?:расч[её]тн\w+ )?сч[её]т(?:а|у|ом|е)?\b|абонентск\w+ номер\w*|номер\w* абонента"
    r"|код\w* абонента|договор\w*|contract\b|agreement\b|user (?:id|no\.?|number)|customer ref\w*|合同|协议书|агент\w+ договор\w*|用户代码|绑定号|用气证号?|燃气证号?)"
)
_CARD = r"(?:卡号|卡號|燃气卡|气卡|氣卡|IC卡|卡(?:上|面|背)?的?(?:号码|编号|数字|号)|卡(?=[ ]?\d{4})|卡片|一卡通|银行卡|銀行卡|储蓄卡|信用卡|工资卡|建行卡|工行卡|社保卡|购气卡|\bcards?\b|\bкарт(?:а|ы|е|у|ой|ою|очк\w+)\b)"
_METER = (
    r"(?:(?:物联网|智能|机械|卡|无线|民用|老|旧|新|换下的|换上的|远传|换下来的)表|出厂编号|出厂号|表[一-鿿]{0,6}(?:编号|编码)|表具|表号|表號|表具编号|表具号|气表编号|气表号|表编号|表身号|表身编号|钢印号|钢号|表码号|电子号|燃气表|气表|\bmeters?\b|\bserial\b"
    r"|сч[её]тчик\w*|сч-к\w*|прибор\w*(?: уч[её]та)?|заводск\w+|зав\.|серийн\w+)"
)
_NAMED = (
    ("account", re.compile(_ACCOUNT + _JOIN + _DIGITS, re.IGNORECASE)),
    ("card", re.compile(_CARD + _JOIN + _DIGITS, re.IGNORECASE)),
    ("meter", re.compile(f"(?i:{_METER}(?:{_JOIN}|{_GAP})){_SERIAL}")),
    ("account", re.compile(f"(?i:{_ACCOUNT}{_GAP}){_DIGITS}")),
    ("card", re.compile(f"(?i:{_CARD}{_GAP}){_DIGITS}")),
)
_MORE = re.compile(
    r"[\s,、]{0,2}(?:и|а не|не|and|not|or|和|或|而不是|改成|to|на|вместо|或者|与|,|、|/|->|→)[\s:№]{0,3}(?P<value>[A-ZА-Я\d](?:[ \-/]?[A-ZА-Я\d]){4,20})(?![\dA-Za-z])"
)
_AFTER = re.compile(
    r"(?<![\d.])(?P<value>\d(?:[ \-]?\d){5,19})[ (（,，\"”»]{0,3}(?:это|is|-|是|为|就是)?[ (（]{0,2}(?:my|our|his|her|мой|наш|номер|我的|我家的?|本户|这个|那个|the)?[ ]?"
    r"(?P<word>户号|戶號|用户号|卡号|账号|表号|account|meter|card|лицев|сч[её]тчик|карт)",
    re.IGNORECASE,
)
_KIND_OF = (("card", "卡|card|карт"), ("meter", "表|meter|тчик"), ("account", ""))
#: A number that nothing explains; somebody's rather than nobody's.
_UNEXPLAINED = re.compile(
    r"(?<![\dA-Za-zА-Яа-я\-/+*_])(?<!\d[.,:])(?<!\.)(?:\d{7,20}|\d{1,5}(?:-\d{1,5}){1,3})(?![\d%°*_]|[.,:/\-]\d|[A-Za-zА-Яа-я])"
)
#: What phones.py judges.
_PHONE = re.compile(r"(?:400|8-800)-.*|1[3-9]\d{9}|[78]?9\d{9}|\d{3}-\d\d-\d\d|0\d{2,3}-\d{7,8}|8-\d{3}-\d{3}-\d{4}")
_EXPLAINED = re.compile(
    r"(?:заявк|обращени|жалоб|операци|терминал|пломб|фактур|收据|條碼|条码|CJ/?T|ticket|order|receipt|invoice|decree|ref|case|订单|工单|单号|流水|案件|文件|发票|квитанци|чек|приказ|постановлени|гост|gb|标准|文号|编号|公告|受理|ОГРН|ИНН|КПП|БИК|ОКПО|code|код|热线|线|hotline|лини|диспетч|аварийн|служб|call|致电|拨打|звон|тел"
    r"|part(?: no)?|pages?|hours|item|sku|bus|кадастров\w*|распоряжени\w*|批复|протокол|лицензи|сертификат|артикул|модел|model|批|证|version|верси|合同|报告|号码|税号|代码)[^\d]{0,14}$",
    re.IGNORECASE,
)
#: Sixteen or nineteen digits as banks give them, mistyped or not; and longer numbers in groups.
_LIKE_A_CARD = re.compile(r"(?<![\d.\-])(?:62|4\d|5[1-5]|220[0-4])\d{0,2}(?:[ \-]?\d{4}){3}(?:[ \-]?\d{1,3})?(?![\d\-])")
_IBAN = re.compile(r"(?<![A-Za-z\d])[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?(?![A-Za-z\d])")
_GROUPS = re.compile(r"(?<![\d.,A-Za-zА-Яа-я\-/:+*_])\d{3,5}(?: \d{3,5}){2,4}(?![\d%°*_]|[.,:/\-]\d| \d|\s?(?:руб|₽|元|yuan|м3|куб))")
_BANK_CARD = re.compile(r"(?<![\d.])\d(?:[ \-]?\d){14,18}(?![\d])")
_OUR_ACCOUNT = re.compile(r"(?<![\d.\-])(?<!\d,)\d{10}(?![\d.,]?\d)(?!-)")
_PROVINCES = "粵滬遼魯蘇貴雲陝寧瓊贛魯滇京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
_CHINESE_PLATE = re.compile(
    rf"[{_PROVINCES}] ?[A-Za-z][ ·.\-]{{0,3}}(?=[A-Za-z ]*\d)[A-Za-z0-9](?:[ ·\-]?[A-Za-z0-9]){{3}}[ ·\-]?(?:[A-Za-z0-9]{{1,2}}|[挂学警港澳])(?![A-Za-z0-9])"
)
_LIKE = "АВЕКМНОРСТУХABEKMHOPCTYXавекмнорстухabekmhopctyx"
_LARGE = _LIKE[:24]
_RUSSIAN_PLATE = re.compile(
    rf"(?<![A-Za-zА-Яа-яЁё\d])[{_LIKE}][ \-]{{0,2}}\d{{3}}[ \-]{{0,2}}[{_LIKE}][ ]?[{_LIKE}][ \-/|]{{0,3}}\d{{2,3}}(?: ?(?:RUS|rus|РУС))?(?![\dA-Za-zА-Яа-я])"
)
_BRITISH_PLATE = re.compile(r"(?<![A-Za-z\d])[A-Z]{2}\d{2} ?[A-Z]{3}(?![A-Za-z\d])")
_SELDOM_PLATES = tuple(
    re.compile(shape)
    for shape in (
        r"使 ?\d{3}[ ·.\-]?\d{3}(?!\d)",
        r"(?<=[车照牌])(?:号码?|为|是|[:： ]){0,2}[一-鿿]{0,2}[A-Z]?\d{6,7}(?!\d)|(?:牌照|车牌|号牌)号?[一-鿿]{2}[A-Z]?\d{5,7}(?!\d)",
        rf"(?<![A-Za-zА-Яа-яЁё\d])[{_LARGE}]{{2}} ?\d{{4}} ?\d{{2,3}}(?![\dA-Za-zА-Яа-я])",
        rf"(?<![A-Za-zА-Яа-яЁё\d])\d{{4}} ?[{_LARGE}]{{2}} ?\d{{2,3}}(?![\dA-Za-zА-Яа-я])",
        rf"(?<![A-Za-zА-Яа-яЁё\d])[{_LARGE}]{{2}} ?\d{{3}} ?\d{{2,3}}(?![\dA-Za-zА-Яа-я])",
        rf"(?<![A-Za-zА-Яа-яЁё\d])[{_LARGE}]\d{{3}}[{_LARGE}]{{2}}(?![\dA-Za-zА-Яа-я])",
        r"(?<![A-Za-z\d\-])\d[A-Z]{3}\d{3}(?![A-Za-z\d\-])",
        r"(?<![A-Za-z\d\-])[A-Z]{3}[ \-]\d{4}(?![A-Za-z\d\-])(?= (?:parked|blocked|is parked))",
    )
)
_NAMED_PLATE = re.compile(
    r"(?i:(?:licen[cs]e|number|registration)[ -]plate|plates?|registration|\breg\b\.?|госномер\w*|гос\. ?номер\w*|номер\w* (?:машины|автомобиля|авто)"
    r"|\b(?:truck|van|car|lorry|suv|scooter|motorbike|vehicle|taxi|cab|jeep|pickup|trailer|bike)\b,?|машин\w+|автомобил\w+|грузовик\w*|газел\w+|прицеп\w*|车牌号?|车号)(?i:[\s:：#№.,\-为是\"“«]{0,3}(?:number|no\.?|is|was|с номером|номер\w*|号码|号|№)?[\s:：#№.\-\"“«]{0,3})"
    r"(?P<value>(?=[A-ZА-Я\d ·\-]{0,8}\d)(?=[A-ZА-Я\d ·\-]{0,8}[A-ZА-Я])[A-ZА-Я\d]{2,4}(?:[ \-·]?[A-ZА-Я\d]{1,4}){1,2})(?![A-Za-zА-Яа-я\d])"
)


def find(plain: Normal) -> Iterator[Found]:
    """By the word beside the number, else by what checks itself; and whatever is built as what was found beside a word."""
    said = list(_said(plain.digits))
    yield from said
    yield from _alike(plain.digits, said)
    yield from twins(plain.digits, said)
    yield from _by_themselves(plain.digits)
    for shape in (_CHINESE_PLATE, _RUSSIAN_PLATE, _BRITISH_PLATE, *_SELDOM_PLATES):
        for match in shape.finditer(plain.text):
            yield Found(match.start(), match.end(), "plate")
    for match in _NAMED_PLATE.finditer(plain.text):
        yield Found(*match.span("value"), "plate")


def _said(text: str) -> Iterator[Found]:
    for kind, shape in _NAMED:
        for match in shape.finditer(text):
            if not _is_something_else(text, match):
                yield from _with_more(text, kind, *match.span("value"))
    for match in _AFTER.finditer(text):
        yield Found(*match.span("value"), _kind_of(match["word"]))


def _alike(text: str, said: Sequence[Found]) -> Iterator[Found]:
    """Two accounts in one letter look the same: not MG-77120 but MG-77102."""
    for kind, shape in sorted({(one.kind, _shape(text[one.start : one.end])) for one in said}):
        for match in re.finditer(rf"(?<![\dA-Za-z]){shape}(?![\dA-Za-z]|[.,]\d)", text):
            if not _is_quantity(text, match.end()) and not _ORDER.search(text[max(0, match.start() - 14) : match.start()]):
                yield Found(match.start(), match.end(), kind)


def _shape(number: str) -> str:
    return "".join(r"\d" if mark.isdigit() else "[A-ZА-Я]" if mark.isupper() else re.escape(mark) for mark in number)


def _by_themselves(text: str) -> Iterator[Found]:
    yield from _unexplained(text)
    for shape, kind in ((_LIKE_A_CARD, "card"), (_GROUPS, "account")):
        for match in shape.finditer(text):
            if not _EXPLAINED.search(text[max(0, match.start() - 24) : match.start()]) and not _is_quantity(text, match.end()):
                yield Found(match.start(), match.end(), kind)
    yield from (Found(match.start(), match.end(), "card") for match in _IBAN.finditer(text) if sum(map(str.isdigit, match.group())) > 9)
    for shape, kind in ((_BANK_CARD, "card"), (_OUR_ACCOUNT, "account")):
        yield from (Found(match.start(), match.end(), kind) for match in shape.finditer(text) if is_luhn(match.group()))


def _unexplained(text: str) -> Iterator[Found]:
    for match in _UNEXPLAINED.finditer(text):
        digits = sum(mark.isdigit() for mark in match.group())
        before = text[max(0, match.start() - 24) : match.start()]
        if (
            digits >= 7
            and not _EXPLAINED.search(before)
            and not _is_quantity(text, match.end())
            and not _DATE.match(match.group())
            and not _PHONE.fullmatch(match.group())
        ):
            yield Found(match.start(), match.end(), "account")


def is_luhn(number: str) -> bool:
    """Whether the last digit checks the others."""
    digits = [int(mark) for mark in reversed(number) if mark.isdigit()]
    return sum(digit if place % 2 == 0 else sum(divmod(2 * digit, 10)) for place, digit in enumerate(digits)) % 10 == 0


def _kind_of(word: str) -> str:
    return next(kind for kind, marks in _KIND_OF if re.search(marks, word, re.IGNORECASE))


def _with_more(text: str, kind: str, start: int, end: int) -> Iterator[Found]:
    """The number, and a second one beside it of the same length: "not ...1, but ...2"."""
    yield Found(start, end, kind)
    more = _MORE.match(text, end)
    if more and abs(len(more["value"]) - (end - start)) <= 1 and any(mark.isdigit() for mark in more["value"]):
        yield Found(*more.span("value"), kind)


_DATE = re.compile(r"(?:19|20)\d\d-?(?:0\d|1[0-2])|\d\d-\d\d-\d{4}|(?:19|20)\d\d-")
_READING = re.compile(r"показани\w+|\bread(?:ing|s)?\b|读数|示数|表底|底数|止码|起码|字数", re.IGNORECASE)
_ORDER = re.compile(
    r"заявк\w+|\bticket\b|\border\b|\breceipt\b|订单|工单|单号|流水|案件|文件|发票|квитанци\w+|\bчек\w*|обращени\w+", re.IGNORECASE
)


def _is_something_else(text: str, match: re.Match[str]) -> bool:
    """Too few digits, a reading, the number of an order, or money, volume or time: "on the account 12345.67 yuan"."""
    start, end = match.span("value")
    before = text[max(0, match.start() - 14) : start]
    if (
        sum(mark.isdigit() for mark in match["value"]) < 5
        or _READING.search(before)
        or _ORDER.search(match.group())
        or re.search(r"(?:19|20)\d\d[-./]\d\d?[-./]\d\d?(?!\d)", match["value"])
    ):
        return True
    return _is_quantity(text, end) or bool(re.fullmatch(r"\d{1,3}(?: 000)+", match["value"]))


def _is_quantity(text: str, end: int) -> bool:
    return bool(
        re.match(r"\s?(?:元|块|万|方|立方|度|руб|коп|₽|р\.|м3|м³|куб|yuan|RMB|USD|cubic|m3|%|年|月|г\.|год|days|kg|кВт)", text[end:])
    )
