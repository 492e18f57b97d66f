"""Who is asked: the rule that fits a topic and a place best, and of those who may be asked the nearest with the least to do. Pure.

A place is the path of a territory (``/1/7/42/``), empty where nobody knows it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

#: How near somebody is to a place; the smaller the better.
_OWN_GROUND, _HALL, _EVERYWHERE, _OTHER_HALL, _OTHER_GROUND = range(5)


@dataclass(frozen=True)
class Rule:
    """Where a topic in a place goes: to a person by key, or to whoever works as ``role``. Empty: every topic, everywhere."""

    topic: str = ""
    path: str = ""
    staff: int | None = None
    role: str = ""


@dataclass(frozen=True)
class Colleague:
    """One who may be asked now. ``grounds`` are places they are held to; none: their hall's, or everywhere."""

    key: int
    number: str
    hall: int | None = None
    grounds: tuple[str, ...] = ()
    load: int = 0
    is_away: bool = False


def rule_for(rules: Iterable[Rule], *, topic: str, path: str) -> Rule | None:
    """The rule for this topic, else one for all; of these the one for the smallest place around; None where none fits."""
    fitting = [rule for rule in rules if rule.topic in {"", topic} and path.startswith(rule.path)]
    return max(fitting, key=lambda rule: (rule.topic != "", len(rule.path)), default=None)


def nearest(people: Iterable[Colleague], *, path: str, hall: int | None, but: Collection[int] = ()) -> int | None:
    """The key of who is asked: who is here before who is away, then the nearest, then who has least to do, then the lowest number."""
    able = [one for one in people if one.key not in but]
    best = min(able, key=lambda one: (one.is_away, _distance(one, path, hall), one.load, one.number), default=None)
    return best.key if best else None


def _distance(one: Colleague, path: str, hall: int | None) -> int:
    if not path:
        return _EVERYWHERE
    if one.grounds:
        return _OWN_GROUND if any(path.startswith(ground) for ground in one.grounds) else _OTHER_GROUND
    if one.hall is None:
        return _EVERYWHERE
    return _HALL if one.hall == hall else _OTHER_HALL
