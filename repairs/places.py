"""Where somebody means: coordinates hidden in words, and cities that are not ours. Pure."""

import re
import unicodedata
from collections.abc import Collection

_DEGREES = r"[-+]?\d{1,3}(?:\.\d+)"
_PAIR = re.compile(rf"({_DEGREES})\s*[°]?\s*[NnСс]?\s*[,;，、 ]\s*({_DEGREES})\s*[°]?\s*[EeВв]?")
#: In Chinese a city stands first, or after its province, and its kind is its last sign: 临沂市, but not 大润发超市 or 县城市花园.
_CHINESE_CITY = re.compile(
    r"(?:^|[\s,.;:])(?:[一-鿿]{2,6}(?:省|自治区))?((?:(?![县区镇乡街路村超菜夜集早])[一-鿿]){2,5}?)市(?![场区民政部])"
)
#: In Russian a city is announced: г. Новосибирск, город Казань.
_RUSSIAN_CITY = re.compile(r"(?:\bг\.\s*|\bгород\s+)([А-ЯЁ][а-яё-]+(?:\s[А-ЯЁ][а-яё-]+)?)")


def coordinates_in(words: str) -> tuple[float, float] | None:
    """Latitude and longitude written in words (``35.05, 118.12``), if there is a pair that lies on Earth."""
    found = _PAIR.search(unicodedata.normalize("NFKC", words))
    if found is None:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    return (latitude, longitude) if is_on_earth(latitude, longitude) else None


def is_on_earth(latitude: float, longitude: float) -> bool:
    """Whether these are degrees of north and east; not a number is not."""
    return -90 <= latitude <= 90 and -180 <= longitude <= 180


def foreign_city(words: str, ours: Collection[str]) -> str:
    """A city named in the words that is none of ours, else empty. ``ours`` are names as the territory has them (临沂市).

    Only a city that is called one counts: streets and compounds bear the names of far towns.
    """
    text = unicodedata.normalize("NFKC", words)
    named = {found[1] for pattern in (_CHINESE_CITY, _RUSSIAN_CITY) for found in pattern.finditer(text)}
    known = {name.removesuffix("市").removeprefix("г. ").casefold() for name in ours}
    strange = sorted(name for name in named if not _is_known(name, known))
    return strange[0] if strange else ""


def _is_known(name: str, known: Collection[str]) -> bool:
    return any(name.casefold().endswith(one) for one in known if one)
