"""Names in Russian text, in all cases: with initials, with a patronymic, first name and surname, behind what introduces a person."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from .found import Found
from .normal import Normal
from .russian_dictionary import known
from .russian_likely import find as find_likely
from .russian_likely import is_called_after
from .russian_words import AMBIGUOUS, INTRODUCTIONS, NO_NAME, PATRONYMIC, PLACES, SURNAME, first_names
from .word_lists import words

_WORD = re.compile(r"[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*")
_SURNAME = re.compile(SURNAME)
_PATRONYMIC = re.compile(PATRONYMIC)
_C = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?|[А-ЯЁ]{3,}"
_INITIALS = (
    re.compile(rf"(?<![А-Яа-яё])(?P<name>{_C})\s(?:[А-ЯЁ]\.\s?[А-ЯЁ]\.?(?![А-Яа-яё])|[А-ЯЁ]\.(?!\s?\d))"),
    re.compile(rf"(?<![А-Яа-яё.])[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.\s?)?(?P<name>{_C})"),
)
#: In small letters rather things than persons.
_SMALL_WORDS = words(
    "полин карина макар макара лиана лиане лиану адамом сила силы милана милан камилла венера венеры венере гамлет эмма лука луке"
    " рубен карпа роза клава клаве клавы мани мане маню марат сидор рената арсен"
)
_SMALL_SURNAME = re.compile(r"[а-яё]{3,}(?:ов|ев|ин|ова|ева|ина|овой|евой|иной|ский|ская|енко)")
_INTRODUCER = re.compile(INTRODUCTIONS, re.IGNORECASE)
_INTRODUCTION = re.compile(rf"(?<![А-Яа-яё])(?:{INTRODUCTIONS})(?![А-Яа-яё])[ ]?[:\-–—,«\"(]?\s?", re.IGNORECASE)
_PLACE_BEFORE = re.compile(rf"(?<![А-Яа-яё])(?:{PLACES})\s?(?:[А-ЯЁ]\.\s?)*«?$", re.IGNORECASE)
#: A surname that little else looks like; adjectives only where no noun follows.
_LONE = re.compile(
    r"[а-яё]{2,}(?:(?:[её]в|ов|[^аеё]ин|ын|шин|нин|кин)(?:а|у|ым|ой|ых|ы|е)?|(?:енко|чук|щук|юк|швили|дзе|ых|их)|(?:[^аеё]ян|янц)(?:а|у|ом|е)?|ов-[а-яё]+|(?:ова|ева|ина)-[а-яё]+|(?:ская|ской|скую|цкая|цкой|цкую|ский|цкий|ского|скому|цкого)(?!.))"
)
_PREPOSITION = re.compile(r"(?<![А-Яа-яё])(?:на|по|в|из|с|до)$", re.IGNORECASE)
_ADJECTIVE = re.compile(r"(?:ая|ой|ую|ий|ого|ому|ых|их)$")
_NOUN = re.compile(r"\s[а-яё]{3,}(?<!л)(?<!ла)(?<!ли)(?<!лся)(?<!лась)(?<!ет)(?<!ит)(?![а-яё])")
_ACTOR = re.compile(
    r"(?!(?:Снова|Основа|Голова|Слова|Готов|Здоров|Корова|Подкова|Ветров|Картина|Машина|Причина|Половина|Годовщина|Резина|Корзина|Витрина|Женщина|Мужчина|Один|Магазин)$)[А-ЯЁ][а-яё]{2,}(?:ов|ова|ев|ева|ёв|ёва|ин|ина)"
)
_DID = re.compile(
    r"\s(?:(?:не|нам|мне|вам|уже|сам|сама|меня|нас|вчера|сегодня|тоже|опять)\s){0,2}[а-яё]{2,}(?:л|ла|лся|лась|ет|ит|ёт)(?![а-яё])"
)
_CHINESE = re.compile(
    r"(?<![А-Яа-яё])(?:Ван|Чжан|Ли|Лю|Чэнь|Чень|Ян|Чжао|Хуан|Чжоу|У|Сюй|Сунь|Ма|Чжу|Ху|Го|Хэ|Линь|Гао|Лян|Чжэн|Ло|Сун|Се|Тан|Хань|Цао|Дэн|Фэн|Сяо|Чэн|Юань|Пань|Дун|Цзян|Цай|Ду|Вэй|Су|Люй|Дин|Жэнь|Шэнь|Яо|Лу|Цуй|Чжун|Тань|Фань)"
    r"\s[А-ЯЁ][а-яё]{1,8}(?:\s[А-ЯЁ][а-яё]{1,5})?(?![А-Яа-яё])"
)


@cache
def _first_names() -> frozenset[str]:
    return frozenset(form for form, _name in first_names())


def _folded(word: str) -> str:
    return word.lower().replace("ё", "е")


def is_first_name(word: str) -> bool:
    """Whether this is a first name in some case."""
    return _folded(word) in _first_names() or known(word).is_only_first


def find(plain: Normal) -> Iterator[Found]:
    """Names by how they are built and what stands before them."""
    text = plain.text
    words = list(_WORD.finditer(text))
    if not words:
        return
    yield from _with_initials(text)
    yield from (one for one in _built(text, words) if " " in text[one.start : one.end] or not is_called_after(text, one.start, one.end))
    yield from _introduced(text, words)
    yield from find_likely(text)
    for match in _CHINESE.finditer(text):
        yield Found(match.start(), match.end(), "name")


def _with_initials(text: str) -> Iterator[Found]:
    for shape in _INITIALS:
        for match in shape.finditer(text):
            name = match["name"].lower()
            if name not in NO_NAME and not _INTRODUCER.fullmatch(name) and not _is_place(text, match.start()):
                yield Found(match.start(), match.end(), "name")


def _is_place(text: str, start: int) -> bool:
    before = text[max(0, start - 24) : start]
    found = _PLACE_BEFORE.search(before)
    return bool(found) and not re.fullmatch(r"(?:на|в)\s?", found.group(), re.IGNORECASE) if found else False


def _built(text: str, words: Sequence[re.Match[str]]) -> Iterator[Found]:
    """Around a patronymic or a first name; and a surname alone inside a sentence."""
    for number, word in enumerate(words):
        if _is_place(text, word.start()):
            continue
        if _is_patronymic(word.group()):
            yield _widened(text, words, number)
        elif _is_capital(word.group()) and is_first_name(word.group()):
            one = _widened(text, words, number)
            is_alone = one.end - one.start == len(word.group())
            if (
                not is_alone
                or _is_inside(text, word)
                or (_folded(word.group()) not in AMBIGUOUS and word.group().lower() not in AMBIGUOUS and not _in_town(text, word))
            ):
                yield one
        elif word.group().islower() and len(word.group()) > 4 and is_first_name(word.group()) and not _is_word(word.group()):
            yield _widened(text, words, number)
        elif _is_lone_surname(text, words, number):
            yield Found(word.start(), word.end(), "name")


def _is_inside(text: str, word: re.Match[str]) -> bool:
    """A capital inside a sentence makes a name of a word, unless it is a town's."""
    before = text[: word.start()].rstrip(" ")
    return bool(before) and before[-1] not in '.!?:;«"(\n' and not _folded(word.group()).startswith(("владимир", "ислам"))


def _is_word(word: str) -> bool:
    return word in AMBIGUOUS or _folded(word) in AMBIGUOUS | _SMALL_WORDS or known(word).is_ordinary


def _in_town(text: str, word: re.Match[str]) -> bool:
    return bool(re.match(r"[\s-](?:чай|область|ский)", text[word.end() :]))


def _is_capital(word: str) -> bool:
    return word[:1].isupper() and len(word) > 1


def _is_patronymic(word: str) -> bool:
    low = _folded(word)
    stem = re.sub(r"(?:ович|евич|ьич|ич|овн|евн|ичн|инишн)[а-я]{0,2}$", "", low)
    if not _PATRONYMIC.fullmatch(low) or low == stem:
        return False
    return any(
        form in _first_names()
        for form in (stem, stem + "й", stem + "ь", stem + "я", stem + "а", stem[:-1] + "ий", stem[:-1] + "ел", stem + "ий")
    ) or (_is_capital(word) and bool(re.search(r"(?:ович|евич|овн|евн|ичн|инишн|лыч|аныч|льич)[а-я]{0,2}$", low)))


def _joins(text: str, words: Sequence[re.Match[str]], left: int, right: int) -> bool:
    return (
        left >= 0
        and right < len(words)
        and text[words[left].end() : words[right].start()].isspace()
        and "\n" not in text[words[left].end() : words[right].start()]
    )


def _widened(text: str, words: Sequence[re.Match[str]], number: int) -> Found:
    """A patronymic or a first name with the parts of the name beside it."""
    first = last = number
    while (
        first > number - 2
        and _joins(text, words, first - 1, first)
        and _goes_with(text, words, first - 1, number)
        and not _is_place(text, words[first - 1].start())
    ):
        first -= 1
    while last < number + 2 and _joins(text, words, last, last + 1) and _goes_with(text, words, last + 1, number):
        last += 1
    return Found(words[first].start(), words[last].end(), "name")


def _goes_with(text: str, words: Sequence[re.Match[str]], other: int, number: int) -> bool:
    """Whether a word beside a first name is a part of the name: it looks so, or has a capital that no sentence gave it."""
    word = words[other].group()
    if _is_part(word, beside=words[number].group()):
        return True
    before = text[: words[other].start()].rstrip(' «"(')
    is_inside = other > number or (bool(before) and before[-1] not in ".!?:\n")
    is_usual = word.lower() not in NO_NAME and not _INTRODUCER.fullmatch(word.lower()) and len(word) > 2
    return (
        is_inside
        and is_usual
        and word[:1].isupper()
        and not word.isupper()
        and words[number].group()[:1].isupper()
        and _folded(words[number].group()) not in AMBIGUOUS
    )


def _is_part(word: str, *, beside: str = "") -> bool:
    low = word.lower()
    if low in NO_NAME or len(word) < 2:
        return False
    if _is_capital(word):
        return is_first_name(word) or _is_patronymic(word) or bool(_SURNAME.fullmatch(low))
    if beside.islower() and _SMALL_SURNAME.fullmatch(low):
        return True
    return (is_first_name(word) and _folded(word) not in AMBIGUOUS) or (len(word) > 5 and _is_patronymic(word))


def _is_lone_surname(text: str, words: Sequence[re.Match[str]], number: int) -> bool:
    """Inside a sentence, where a capital has a reason; only the endings that little else has."""
    word = words[number].group()
    before = text[: words[number].start()].rstrip(' «"(')
    if not _is_capital(word) or word.isupper() or len(word) < 5 or word.lower() in NO_NAME:
        return False
    if not before or before[-1] in ".!?\n":
        # There every word has a capital: only where somebody then does something.
        return bool(_ACTOR.fullmatch(word) and _DID.match(text, words[number].end()))
    if _ADJECTIVE.search(word) and (_NOUN.match(text, words[number].end()) or _PREPOSITION.search(before)):
        return False
    if known(word).is_ordinary and not known(word).is_surname:
        return False
    if text[: words[number].start()].endswith("«") or not _LONE.fullmatch(word.lower()):
        return False
    return not re.match(r"\s(?:ул|проспект|пер|площад|шоссе|бульвар|район|област|город|набереж|проезд|мост)", text[words[number].end() :])


def _introduced(text: str, words: Sequence[re.Match[str]]) -> Iterator[Found]:
    starts = {word.start(): number for number, word in enumerate(words)}
    for match in _INTRODUCTION.finditer(text):
        number = starts.get(match.end())
        if number is None or not _is_capital(words[number].group()) or words[number].group().lower() in NO_NAME:
            continue
        if match.group().strip().endswith((",", "(", ":", "-", "–", "—")) and not _is_part(words[number].group()):
            continue
        if words[number].group().isupper() and len(words[number].group()) < 4:
            continue
        last = number
        while (
            last < number + 2
            and _joins(text, words, last, last + 1)
            and _is_part(words[last + 1].group())
            and _is_capital(words[last + 1].group())
        ):
            last += 1
        yield Found(words[number].start(), words[last].end(), "name")
