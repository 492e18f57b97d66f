"""Names in Chinese text: behind what introduces a person, before what somebody is called by, and bare where nothing else is likely."""

import re
from collections.abc import Iterator

from .chinese_reading import Reading, is_known, read
from .chinese_seldom import BUILT, COMPOUND_ALONE, FOREIGN_FIRST, MIXED, PUBLIC
from .chinese_words import BEFORE, COMPOUND, DOUBTFUL, FOLLOWING, GIVEN, ORDINARY, STRONG, SURNAMES, TITLES, USUAL, WEAK
from .found import Found
from .normal import Normal

#: Surnames that stand before 总, 叔 or 姐 in other words as well.
_COMMON_WORDS = frozenset("阿和表舅大老小亲向应时全")
_ONE = f"[{''.join(sorted(SURNAMES))}]"
_GIVEN = f"[{''.join(sorted(GIVEN))}]"
_TITLE = re.compile(TITLES)
_INTRODUCTION = re.compile(rf"(?:(?P<strong>{STRONG})|{WEAK})(?P<join>(?:[ ]?(?:姓名|名字)?[:：是为叫][ ]?|[ ]|[(（“\"「])?)")
_SIGNED = re.compile(
    r"(?:姓名|联系人|户主|户名|业主|签名|签字|署名|客户姓名|申请人|投诉人|经办人|收件人|用户名|用户)[ ]?[:：][ ]?(?P<value>[一-鿿]{2,4})(?![一-鿿])"
)
_FOREIGN = re.compile(r"[一-鿿]{1,6}·[一-鿿]{1,8}(?:·[一-鿿]{1,6})?")
_HAN = re.compile(r"[一-鿿]")
_UYGHUR = re.compile(
    r"(?:阿依|古丽|买买提|艾合|热孜|帕提|阿卜杜|吐尔|玛依|迪丽|木合|努尔|阿不都|阿布都|库尔班|艾力|依明|热依|米热|再娜|祖丽|阿孜|阿曼|图尔|沙比|买尔|哈力|麦麦提)[阿依古丽买提艾合热孜帕卜杜吐尔玛迪木努库班力明米再娜祖曼图沙比哈麦都拉罕江汗甫别克孙买尼亚孜萨丹娅尼莎布卡斯玉苏甫祖农]{1,6}"
)
_SURNAMED = re.compile(rf"姓(?P<value>{_ONE})(?![名氏])|(?P<other>{_ONE})姓(?![名])")
_MASKED = re.compile(rf"(?P<value>{_ONE})(?:[*＊×xX某○]{{1,2}}[一-鿿]?)(?![A-Za-z\d])")
_SPACED = re.compile(rf"(?<![一-鿿])(?P<value>{_ONE} {_GIVEN}{{1,2}})(?![一-鿿])")
_FAMILIAR = re.compile(
    r"[小老阿](?P<surname>[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆汪范廖贾韦邹孟熊秦邱薛闫侯龙陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤])(?![年期边围末率府牌国庄子朝山口江湖河海龙林木水石化板旧区百虎路])"
)
#: What relatives and neighbours are called by, behind a surname that hardly begins another word.
_RELATIVE = re.compile(
    rf"[{''.join(sorted(SURNAMES - DOUBTFUL - _COMMON_WORDS))}](?:婶|嫂|姨|叔|哥|姐|爷(?!们)|伯|妈|婆|总(?![共量是计和价数之要部会算阀闸开表管结有站体额公]))"
)
#: 李张氏, 王氏.
_MARRIED = re.compile(rf"(?<![一-鿿])[{''.join(sorted(SURNAMES - DOUBTFUL))}]{{1,2}}氏(?![族家])")
_FAMILIAR_TOO = re.compile(
    rf"(?:(?<=[那叫是找给向和跟与由请问让把对，。、：；])|(?<![一-鿿]))(?:老|小)[{''.join(sorted(SURNAMES - DOUBTFUL - _COMMON_WORDS))}](?![一-鿿])|(?:(?<=[那叫找给跟请问让把，。、：；])|(?<![一-鿿]))(?:老|小)[{''.join(sorted(SURNAMES - DOUBTFUL - _COMMON_WORDS))}](?=说|没|来|去|家|那|的电话|在家|也|就)"
)
_NOT_FAMILIAR = frozenset("大中变矮缩从最微古衰陈养高苍太")
#: Before a title, a surname of one mark that is an ordinary word there: 我方经理, 向老师, 由于先生, 公司总.
_NO_SURNAME = frozenset("向和与时应全但由来都公司位区师官信原对是个名各该本修检查表房班")


def find(plain: Normal) -> Iterator[Found]:
    """Names by what stands around them."""
    text = plain.text
    if not _HAN.search(text):
        return
    yield from (one for one in _likely(text, read(text)) if not _is_public(text, one))
    yield from _built(text)


def _likely(text: str, reading: Reading) -> Iterator[Found]:
    """By the likeliest reading, and by what stands around; no find tears a word of the reading."""
    yield from (Found(start, end, "name") for start, end in reading.names)
    for finder in (_titled, _introduced, _bare):
        yield from (one for one in finder(text) if not reading.cuts(one.start, one.end) and not _is_word(text[one.start : one.end]))
    for match in _RELATIVE.finditer(text):
        if not reading.cuts(match.start(), match.start()) and text[match.start() : match.start() + 2] not in ORDINARY:
            yield Found(match.start(), match.end(), "name")
    for match in _FAMILIAR_TOO.finditer(text):
        if not reading.cuts(match.start(), match.end()) and match.group() not in ORDINARY:
            yield Found(match.start(), match.end(), "name")
    for match in _FAMILIAR.finditer(text):
        if text[match.start() - 1 : match.start()] not in _NOT_FAMILIAR:
            yield Found(match.start(), match.end(), "name")


def _is_word(words: str) -> bool:
    """Whether this is a word rather than a name; a surname that begins no other word makes a name of any."""
    return len(words) == 2 and words[0] in DOUBTFUL and is_known(words)


def _is_public(text: str, one: Found) -> bool:
    """Whether this is, or begins with, what streets, brands and schools are called after."""
    public = PUBLIC.match(text, one.start)
    return bool(public) and not _TITLE.match(text, one.end) and not _TITLE.search(text[one.start : one.end])


def _built(text: str) -> Iterator[Found]:
    """By how they are written: with a dot, with a gap, with a mask, behind a colon."""
    for shape in (_FOREIGN, _UYGHUR, _SPACED, BUILT, FOREIGN_FIRST, MIXED, COMPOUND_ALONE, _MARRIED):
        for match in shape.finditer(text):
            yield Found(match.start(), match.end(), "name")
    for shape in (_SURNAMED, _MASKED):
        for match in shape.finditer(text):
            yield Found(*match.span("value" if match["value"] else "other"), "name")
    for match in _SIGNED.finditer(text):
        if match["value"][:1] in SURNAMES or match["value"][:2] in COMPOUND:
            yield Found(*match.span("value"), "name")


def _titled(text: str) -> Iterator[Found]:
    for title in _TITLE.finditer(text):
        start = _begin_before(text, title.start(), is_long=len(title.group()) > 1)
        if start is not None:
            yield Found(start, title.end(), "name")


def _begin_before(text: str, end: int, *, is_long: bool) -> int | None:
    """Where a name begins that ends here; the longest that can be one."""
    for length in (4, 3, 2, 1):
        words = text[end - length : end]
        if length > end or not _could_be(words) or (length == 1 and not _may_stand_alone(text, end, is_long=is_long)):
            continue
        if length == 1 or is_long:
            return end - length
    return _named_like_a_word(text, end) if is_long else None


def _named_like_a_word(text: str, end: int) -> int | None:
    """Somebody may be called as a thing is: 夏天女士. Only where the sentence begins with it."""
    words = text[end - 2 : end]
    is_name = len(words) == 2 and words[0] in SURNAMES and words[1] in GIVEN
    return end - 2 if is_name and (end == 2 or text[end - 3] in BEFORE) else None


def _may_stand_alone(text: str, end: int, *, is_long: bool) -> bool:
    surname, before = text[end - 1], text[end - 2 : end - 1]
    if text[end - 1 : end + 1] in ORDINARY:
        return False
    if surname in _NO_SURNAME and not (surname in "应时和全师" and before in BEFORE):
        return False
    word = before + surname
    if word in ORDINARY or word in {
        "由于",
        "对于",
        "关于",
        "基于",
        "处于",
        "属于",
        "大于",
        "小于",
        "位于",
        "终于",
        "我方",
        "贵方",
        "对方",
        "甲方",
        "乙方",
        "双方",
        "官方",
        "警方",
        "校方",
        "资方",
        "地方",
    }:
        return False
    return is_long or before in BEFORE or not before


def _could_be(words: str) -> bool:
    """Whether these marks are a surname with up to two marks of a given name."""
    if not words:
        return False
    surname = 2 if words[:2] in COMPOUND else 1
    given = words[surname:]
    if surname == 1 and words[0] not in SURNAMES:
        return False
    return len(given) <= 2 and (surname == 2 or len(words) <= 3) and all(mark in GIVEN for mark in given) and not _is_ordinary(words)


def _is_ordinary(words: str) -> bool:
    return any(words[place : place + 2] in ORDINARY for place in range(len(words) - 1))


def _introduced(text: str) -> Iterator[Found]:
    for match in _INTRODUCTION.finditer(text):
        end = _end_of_name(text, match.end(), certainty=2 if match["strong"] else 1 if match["join"].strip() else 0)
        if end and not (text[match.end()] == "傅" and match.group().endswith("师")):
            yield Found(match.end(), end, "name")


def _end_of_name(text: str, start: int, *, certainty: int) -> int:
    """Where a name that begins here ends; 0 where none does. ``certainty``: 2 behind a word that only persons follow, 1 behind a colon."""
    is_strong = certainty > 1
    surname = 2 if text[start : start + 2] in COMPOUND else 1
    if surname == 1 and text[start : start + 1] not in SURNAMES:
        return 0
    for length in (2, 1):
        end = start + surname + length
        words, after = text[start:end], text[end : end + 1]
        if (
            len(words) < surname + length
            or not all(map(_HAN.fullmatch, words))
            or (_is_ordinary(words) and not (is_strong and _is_end(after)))
        ):
            continue
        ends_well = not after or after in FOLLOWING or not _HAN.fullmatch(after)
        is_usual = all(mark in GIVEN for mark in words[surname:])
        if (ends_well and (is_usual or certainty)) or (is_usual and (is_strong or (length == 2 and words[0] not in DOUBTFUL))):
            return end
    return 0


def _is_end(after: str) -> bool:
    return not after or not _HAN.fullmatch(after)


def _bare(text: str) -> Iterator[Found]:
    """Without a word beside it: three marks that make a name with a border on one side, two with borders on both."""
    for start, mark in enumerate(text):
        surname = 2 if text[start : start + 2] in COMPOUND else 1
        if surname == 1 and mark not in SURNAMES:
            continue
        before = text[start - 1 : start]
        for length in (2, 1):
            words, after = text[start : start + surname + length], text[start + surname + length : start + surname + length + 1]
            if len(words) == surname + length and _could_be(words) and _stands(before, words, after):
                yield Found(start, start + len(words), "name")
                break


def _stands(before: str, words: str, after: str) -> bool:
    is_open = not before or before in BEFORE
    is_closed = not after or after in FOLLOWING
    if words[0] in DOUBTFUL and words[:2] not in COMPOUND:
        return len(words) == 3 and is_open
    if len(words) >= 3:
        return is_open or is_closed
    return (is_open and is_closed) or (words[0] in USUAL and (is_open or is_closed))
