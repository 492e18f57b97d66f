"""Names in Latin letters: English, pinyin, Russian in Latin letters."""

import re
from collections.abc import Iterator

from .english_dictionary import without_marks
from .english_likely import find as find_likely
from .english_words import CHINESE_SURNAMES, FIRST, INTRODUCTIONS, NO_NAME, SYLLABLE, WORDS
from .found import Found
from .latin_surnames import FIRST_TOO, SURNAMES
from .normal import Normal
from .word_lists import words

_FIRST = FIRST | FIRST_TOO
_VIETNAMESE = words("Nguyen Tran Pham Hoang Phan Vu Vo Dang Bui Do Ho Ngo Duong Ly Kim Park Choi Jung Kang Yoon Lim Shin Kwon Hwang Ahn")

_C = r"(?:[A-ZÀ-Þ][a-zß-ÿ]+(?:['’\-][A-Za-z]?[a-z]+)*|[A-Z]['’][A-Z][a-z]+|Mc[A-Z][a-z]+|Mac[A-Z][a-z]+)"
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Mister|Madam|Dr|Prof|Sir|Lady|Master)\b\.?\s(?P<name>(?:[A-Z]\.\s?){{0,2}}{_C}(?:\s(?:[A-Z]\.\s)?{_C}){{0,2}})"
)
_INTRODUCED = re.compile(
    rf"(?<![A-Za-z])(?:{INTRODUCTIONS})[\s\n]\s?(?P<name>(?:[A-Z]\.\s?){{0,2}}{_C}(?:\s(?:[A-Z]\.\s)?{_C}){{0,2}})(?![A-Za-z])"
)
_INITIALS = re.compile(
    rf"(?<![A-Za-z.])(?:[A-Z]\.\s?){{1,2}}(?P<after>{_C})(?![A-Za-z])|(?<![A-Za-z])(?P<before>{_C}),?\s[A-Z]\.(?:\s?[A-Z]\.)?(?=[\s,;)]|$)"
)
_PAIR = re.compile(rf"(?<![A-Za-z])(?=(?P<pair>(?P<first>{_C})\s(?:[A-Z]\.\s)?(?P<second>{_C})(?:\s(?P<third>{_C}))?)(?![A-Za-z]))")
_SINGLE = re.compile(rf"(?<![A-Za-z])(?P<name>{_C})(?![A-Za-z])")
_LAST_FIRST = re.compile(rf"(?<![A-Za-z])(?P<last>{_C}),\s(?P<first>{_C})(?![A-Za-z])")
_PARTICLE = re.compile(rf"(?<![A-Za-z])(?:{_C}|[A-Z]\.)\s(?:van der|van den|van|von|de la|de|del|da|dos|bin|al|el|ibn)\s{_C}(?![A-Za-z])")
_BARE_INITIALS = re.compile(r"(?<![A-Za-z\d])(?:[A-Z]\s){1,2}(?P<name>[A-Z][A-Za-z]{3,})(?![A-Za-z])")
_THREE = re.compile(rf"(?<![A-Za-z])(?P<first>{_C})\s{_C}\s{_C}(?![A-Za-z])")
_CAPITALS = re.compile(r"(?<![A-Za-z])(?P<first>[A-Z]{2,12}) (?P<second>[A-Z]{2,12})(?![A-Za-z])")
_PINYIN = re.compile(rf"{SYLLABLE}(?:-?{SYLLABLE})?", re.IGNORECASE)
_PINYIN_ONE = re.compile(r"(?:h?t?[bcdghjklmnpqrstvwxyz]{0,3}[aeiouy]{1,3}(?:ng|nh|n|m|t|c|ch|p|k|l)?)", re.IGNORECASE)
_PATRONYMIC = re.compile(r"[A-Z][a-z]+(?:ovich|evich|yevich|ovna|evna|yevna|ichna)")
_SLAVIC = re.compile(r"[A-Z][a-z]{2,}(?:ov|ova|ev|eva|yev|yeva|sky|skaya|skiy|enko|chuk|yan|shvili|adze|in|ina|kin|kina)")
_PLACE_AFTER = re.compile(
    r"\s(?:[A-Z][a-z]+\s(?=Lane|Road|Street|Avenue|Hospital|School))?(?:and\s\w+\s(?=offices|branches))?(?:offices|branches|Road|Rd|Street|St|Avenue|Lane|Drive|Square|Park|District|City|County|Province|Station|Hall|Office|Cent(?:er|re)|Company|Co\b|Ltd|Inc|Group|Bank|School|Hospital|University|Hotel|Building|Tower|Plaza|Garden|Community|Estate|Village|Heights|Court|Close|Terrace|House|Mansions?|Residential|Compound|line\b|Line\b|['’]s [Ll]aw|['’]s and|Town|Region|Lu\b|Jie\b|Dadao|Bridge|Lake|River|Mountain|Airport|Museum|Market|Mall|Prospekt|Gas\b|Boulevard|Crescent)"
)
_PLACE_BEFORE = re.compile(r"(?:ul\.|ulitsa|prospekt|city of|town of|street|Saint|St\.)\s$", re.IGNORECASE)


def find(plain: Normal) -> Iterator[Found]:
    """Names by what stands before them, by known first names, and by how Chinese and Russian ones are built."""
    text = without_marks(plain.text)
    yield from find_likely(text)
    yield from _introduced(text)
    for match in _PAIR.finditer(text):
        yield from _pair(text, match)
    for match in _SINGLE.finditer(text):
        if _is_single(match["name"]) and not _is_place(text, *match.span()):
            yield Found(match.start(), match.end(), "name")
    yield from _surname_first(text)
    yield from _with_initials(text)
    yield from _seldom(text)


def _introduced(text: str) -> Iterator[Found]:
    for match in _TITLED.finditer(text):
        yield _cut(text, match.start(), match.start("name"), match["name"])
    for match in _INTRODUCED.finditer(text):
        first = match["name"].split()[0].strip(".")
        if first not in NO_NAME and not _is_place(text, *match.span("name")):
            yield _cut(text, match.start("name"), match.start("name"), match["name"])


def _surname_first(text: str) -> Iterator[Found]:
    for match in _LAST_FIRST.finditer(text):
        first, last = match["first"], match["last"]
        is_said = last not in NO_NAME or re.match(r"[,.;:)(\n]|$| \(", text[match.end() :])
        is_western = first in _FIRST and is_said and last not in _FIRST | CHINESE_SURNAMES
        if is_western or (last in CHINESE_SURNAMES and _PINYIN.fullmatch(first.replace("-", ""))):
            yield Found(match.start(), match.end(), "name")


def _with_initials(text: str) -> Iterator[Found]:
    for match in _INITIALS.finditer(text):
        if (match["after"] or match["before"]) not in NO_NAME and not _is_place(text, *match.span()):
            yield Found(match.start(), match.end(), "name")
    for match in _BARE_INITIALS.finditer(text):
        is_said = match.group()[0] not in "AI" or len(match.group().split()) > 2
        if is_said and match["name"].title() not in NO_NAME and (match["name"].isupper() or match["name"] in SURNAMES):
            yield Found(match.start(), match.end(), "name")


def _seldom(text: str) -> Iterator[Found]:
    """With particles, in capitals, three words of Chinese, Vietnamese and Korean names."""
    for match in _PARTICLE.finditer(text):
        if match.group().split()[0] not in NO_NAME:
            yield Found(match.start(), match.end(), "name")
    for match in _THREE.finditer(text):
        others = match.group().split()[1:]
        is_short = all(len(one) < 7 and _PINYIN_ONE.fullmatch(one) and one not in NO_NAME for one in others)
        if match["first"] in _VIETNAMESE | CHINESE_SURNAMES and is_short:
            yield Found(match.start(), match.end(), "name")
    for match in _CAPITALS.finditer(text):
        first, second = match["first"].title(), match["second"].title()
        if _is_chinese(first, second) or (first in _FIRST and second not in NO_NAME):
            yield Found(match.start(), match.end(), "name")


def _cut(text: str, start: int, begin: int, name: str) -> Found:
    """Up to the first word that is no name's: "Mr. Smith Please"."""
    end = begin
    for word in re.finditer(r"\S+", name):
        if word.group().strip(".,") in NO_NAME and end > begin:
            break
        end = begin + word.end()
    return Found(start, end, "name")


def _is_place(text: str, start: int, end: int) -> bool:
    return bool(_PLACE_AFTER.match(text, end)) or bool(_PLACE_BEFORE.search(text[max(0, start - 12) : start]))


def _pair(text: str, match: re.Match[str]) -> Iterator[Found]:
    first, second, third = match["first"], match["second"], match["third"]
    start = match.start("pair")
    if _is_place(text, start, match.end("second")) or (third and third in NO_NAME and _is_place(text, start, match.end("second"))):
        return
    if _is_chinese(first, second) or _is_chinese(second, first):
        yield Found(start, match.end("second"), "name")
    elif second not in NO_NAME and (first in _FIRST or first in WORDS or (second in SURNAMES and first not in NO_NAME)):
        is_long = third and third not in NO_NAME and (_PATRONYMIC.fullmatch(second) or third.endswith(("ov", "ova", "ev", "eva")))
        if (
            first in _FIRST
            or second in SURNAMES
            or _SLAVIC.fullmatch(second)
            or text[max(0, start - 2) : start].strip(" ") not in {".", ""}
        ):
            yield Found(start, match.end("third") if is_long else match.end("second"), "name")
    elif _PATRONYMIC.fullmatch(second):
        yield Found(start, match.end("third") if third and _SLAVIC.fullmatch(third) else match.end("second"), "name")
    elif _SLAVIC.fullmatch(first) and second in _FIRST:
        yield Found(start, match.end("second"), "name")


def _is_chinese(surname: str, given: str) -> bool:
    return surname in CHINESE_SURNAMES and given not in NO_NAME and bool(_PINYIN.fullmatch(given.replace("'", ""))) and len(given) > 1


def _is_single(name: str) -> bool:
    return (name in _FIRST and name not in WORDS) or name in SURNAMES or bool(_PATRONYMIC.fullmatch(name))
