"""How a Chinese name is typed by whoever has no Chinese keyboard at hand: wangfang, or wf. Without Django.

Characters are read one by one, in all their readings where they begin a name: whoever is called 单 is Shan, and the dictionary
says dan. ü is typed as v (as Chinese keyboards do), as yu (as passports do) or as u.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, product

_IDEOGRAPHS = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
#: A person's name; what is longer is a firm or a place, read in one way.
_NAME = 4
#: More readings of one name than anybody has.
_MOST = 16
_WAYS = ("v", "yu", "u")


def sounds(name: str) -> list[str]:
    """Every Chinese run of a name as full pinyin and as initials; nothing for a name without Chinese."""
    found: dict[str, None] = {}
    for run in _IDEOGRAPHS.findall(name):
        for readings in _readings_of(run):
            whole = "".join(readings)
            found |= dict.fromkeys(whole.replace("v", way) for way in _WAYS)
            found["".join(reading[0] for reading in readings)] = None
    return list(found)


def _readings_of(run: str) -> Iterator[tuple[str, ...]]:
    known = [readings for mark in run if (readings := _readings(mark))]
    if not known:
        return iter(())
    if len(run) > _NAME:
        return iter([tuple(readings[0] for readings in known)])
    return islice(product(known[0], *(readings[:2] for readings in known[1:])), _MOST)


@cache
def _readings(mark: str) -> tuple[str, ...]:
    """The most frequent first; none for a character that the dictionary lacks."""
    # Here and not above: its dictionary takes a third of a second to load, and most processes never need it.
    from pypinyin import Style, pinyin

    found = pinyin(mark, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(found[0]) if found else ()
