"""All finders over one text, and the way back to where it stood."""

from collections.abc import Callable, Collection, Iterable, Iterator

from . import (
    chinese_addresses,
    chinese_names,
    english_addresses,
    english_names,
    identity,
    names_called,
    numbers,
    numbers_told,
    phones,
    russian_addresses,
    russian_names,
    ways,
)
from .found import Found, joined
from .normal import Normal, normal

type Finder = Callable[[Normal], Iterable[Found]]

_FINDERS: tuple[Finder, ...] = (
    identity.find,
    numbers.find,
    numbers_told.find,
    phones.find,
    ways.find,
    chinese_addresses.find,
    russian_addresses.find,
    english_addresses.find,
    chinese_names.find,
    russian_names.find,
    english_names.find,
    names_called.find,
)


def find(text: str, *, public: Collection[str] = ()) -> list[Found]:
    """What tells of a person, in the order of the text, no two overlapping.

    ``public``: numbers that everybody may read, as the company's own phones; only their digits count.
    """
    plain = normal(text)
    everybodys = {_digits(one) for one in public} - {""}
    finds = joined(_back(plain, found) for finder in _FINDERS for found in finder(plain) if found.end > found.start)
    return [one for one in finds if one.kind != "phone" or _digits(text[one.start : one.end]) not in everybodys]


def _digits(words: str) -> str:
    return "".join(mark for mark in words if mark.isdigit())


def _back(plain: Normal, found: Found) -> Found:
    start, end = plain.place(found.start, found.end)
    return Found(start, end, found.kind)


def kinds_in(text: str) -> Iterator[str]:
    """What kinds are there, without saying where."""
    yield from dict.fromkeys(found.kind for found in find(text))
