"""Which promises are for whom: the most specific of each family, the shorter where two are as specific. Pure.

Rivals share a family: the repair times of every segment, area and class of fault are one family, and one fault gets one of
them. Milestones (arrival, answer, callback) are families of their own and run side by side.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: What a promise may select by -> how much naming it weighs. A segment outweighs an area: key accounts, VIPs and private
#: networks have times of their own wherever they are.
DIMENSIONS: Mapping[str, int] = {"kind": 1, "classification": 1, "urgency": 1, "segment": 2, "area": 1, "channel": 1}

type Selects = Mapping[str, frozenset[str]]
type Attributes = Mapping[str, str]


class UnknownDimension(ValueError):
    """Nothing can be selected by this."""


@dataclass(frozen=True)
class Rival:
    """What choosing needs to know of a promise: ``length`` is its nominal length in seconds, longer than any other without one."""

    key: str
    family: str
    selects: Selects
    length: float = float("inf")


def read(raw: Mapping[str, Iterable[str]]) -> Selects:
    """As stored (name -> list of values) to as compared; an empty list selects like none. Raises UnknownDimension."""
    if strange := sorted(set(raw) - set(DIMENSIONS)):
        raise UnknownDimension(", ".join(strange))
    return {name: frozenset(values) for name, values in raw.items() if values}


def fits(selects: Selects, attributes: Attributes) -> bool:
    """Whether somebody or something with these attributes is meant."""
    return all(attributes.get(name, "") in values for name, values in selects.items())


def weight(selects: Selects) -> int:
    """How specific: the more it names, the heavier."""
    return sum(DIMENSIONS[name] for name in selects)


def choose(rivals: Iterable[Rival], attributes: Attributes) -> list[Rival]:
    """Of every family the one promise that holds for these attributes; in the order of the keys."""
    chosen: dict[str, Rival] = {}
    for rival in sorted(rivals, key=_rank):
        if fits(rival.selects, attributes):
            chosen.setdefault(rival.family or rival.key, rival)
    return sorted(chosen.values(), key=lambda rival: rival.key)


def _rank(rival: Rival) -> tuple[int, float, str]:
    return -weight(rival.selects), rival.length, rival.key
