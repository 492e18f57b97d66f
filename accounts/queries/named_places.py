"""Which place of our territory somebody means who writes an address in words."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import F, QuerySet, TextField, Value

from ..models import Territory

_L = Territory.Level
_ABOVE = (_L.PROVINCE, _L.CITY, _L.COUNTY, _L.TOWN, _L.COMPOUND)


def named_in(words: str) -> Territory | None:
    """The deepest place that the words name without doubt; a building only below a compound they name too."""
    if not words.strip():
        return None
    named = _named(Territory.objects.filter(level__in=_ABOVE), words)
    keys = {place.pk for place in named}
    best = _deepest(named, keys)
    for level in (_L.BUILDING, _L.UNIT):
        if best is None or best.level in (_L.PROVINCE, _L.CITY, _L.COUNTY):
            return best
        below = _named(Territory.objects.filter(level=level, parent=best), words)
        if not below:
            return best
        # Of 1号楼 and 11号楼, both of which the words contain, the longer name is meant.
        best = max(below, key=lambda place: len(place.name))
    return best


def _named(found: QuerySet[Territory], words: str) -> list[Territory]:
    return list(found.alias(said=Value(words, output_field=TextField())).filter(said__contains=F("name")))


def _deepest(named: Sequence[Territory], keys: set[int]) -> Territory | None:
    """The place lowest in the tree, most of whose larger places are named as well; none of two that are equally good."""
    ranks = Counter(_rank(place, keys) for place in named)
    alone = [place for place in named if ranks[_rank(place, keys)] == 1]
    return max(alone, key=lambda place: _rank(place, keys), default=None)


def _rank(place: Territory, keys: set[int]) -> tuple[int, int, int]:
    # The length last: the words 开元名都北区 contain the name 开元名都 too.
    above = set(place.keys)
    return (_ABOVE.index(_L(place.level)), len(above & keys), len(place.name))
