"""English words without their endings, after M. F. Porter (1980): connects, connected, connection -> connect."""

import re

_CONSONANT = "[^aeiou]"
_VOWEL = "[aeiouy]"
_C, _V = f"{_CONSONANT}[^aeiouy]*", f"{_VOWEL}[aeiou]*"
_ONE = re.compile(f"^({_C})?{_V}{_C}")  # at least one vowel and consonant
_EXACTLY_ONE = re.compile(f"^({_C})?{_V}{_C}({_V})?$")
_MORE = re.compile(f"^({_C})?{_V}{_C}{_V}{_C}")
_HAS_VOWEL = re.compile(f"^({_C})?{_VOWEL}")
_SHORT = re.compile(f"^{_C}{_VOWEL}[^aeiouwxy]$")

_SECOND = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "abli": "able", "alli": "al", "entli": "ent",
    "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate", "ator": "ate", "alism": "al", "iveness": "ive", "fulness": "ful",
    "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble",
}  # fmt: skip
_THIRD = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
_FOURTH = re.compile("(ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|al|er|ic|ou)$")
_LEAST = 3


def stem(word: str) -> str:
    """The stem of a folded word; one of two letters is its own."""
    if len(word) < _LEAST:
        return word
    word = _plural(word)
    word = _past(word)
    if word.endswith("y") and _HAS_VOWEL.search(word[:-1]):
        word = word[:-1] + "i"
    word = _replaced(_replaced(word, _SECOND), _THIRD)
    return _tidied(_shortened(word))


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _ONE.search(word[:-3]) else word
    ending = next((one for one in ("ed", "ing") if word.endswith(one)), None)
    if ending is None or not _HAS_VOWEL.search(word[: -len(ending)]):
        return word
    bare = word[: -len(ending)]
    if bare.endswith(("at", "bl", "iz")) or _SHORT.search(bare):
        return bare + "e"
    return bare[:-1] if re.search(r"([^aeiouylsz])\1$", bare) else bare


def _replaced(word: str, endings: dict[str, str]) -> str:
    ending = next((one for one in sorted(endings, key=len, reverse=True) if word.endswith(one)), None)
    if ending is None or not _ONE.search(word[: -len(ending)]):
        return word
    return word[: -len(ending)] + endings[ending]


def _shortened(word: str) -> str:
    if found := _FOURTH.search(word):
        return word[: found.start()] if _MORE.search(word[: found.start()]) else word
    if word.endswith(("sion", "tion")) and _MORE.search(word[:-3]):
        return word[:-3]
    return word


def _tidied(word: str) -> str:
    if word.endswith("e"):
        bare = word[:-1]
        if _MORE.search(bare) or (_EXACTLY_ONE.search(bare) and not _SHORT.search(bare)):
            word = bare
    return word[:-1] if word.endswith("ll") and _MORE.search(word[:-1]) else word
