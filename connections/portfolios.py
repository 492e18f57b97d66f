"""Who looks after which application: the nearest steward who is here, and of those the one with the fewest open files. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

#: How near a steward is to a place; the smaller the better.
_OWN_GROUND, _HALL, _EVERYWHERE, _OTHER_HALL, _OTHER_GROUND = range(5)


@dataclass(frozen=True)
class Colleague:
    """One who may be a steward now. ``grounds`` are paths of the territory they are held to; none: their hall's, or everywhere."""

    key: int
    number: str
    hall: int | None = None
    grounds: tuple[str, ...] = ()
    is_away: bool = False
    is_on_duty: bool = False


@dataclass
class Team:
    """Everybody who may be a steward at one moment. ``halls`` says which hall looks after which path; ``loads`` counts open files."""

    people: Mapping[int, Colleague]
    halls: Mapping[str, int]
    loads: dict[int, int] = field(default_factory=dict)

    def choose(self, path: str, *, but: Iterable[int] = ()) -> int | None:
        """The key of who takes a file at this place (empty: nobody knows where), and it is counted as theirs; None if there is nobody.

        Who is away comes last of all; then the nearest, of those who is on duty today, of those who has the fewest files, and of
        those the lowest staff number: asked twice it is the same one.
        """
        left_out, hall = set(but), self._hall_at(path)
        able = [one for one in self.people.values() if one.key not in left_out]
        if not able:
            return None
        best = min(able, key=lambda one: (one.is_away, _distance(one, path, hall), not one.is_on_duty, self.load(one.key), one.number))
        self.loads[best.key] = self.load(best.key) + 1
        return best.key

    def load(self, key: int) -> int:
        """How many open files somebody has."""
        return self.loads.get(key, 0)

    def _hall_at(self, path: str) -> int | None:
        return next((hall for ground, hall in self.halls.items() if path.startswith(ground)), None)


def _distance(one: Colleague, path: str, hall: int | None) -> int:
    if not path:
        return _EVERYWHERE
    if one.grounds:
        return _OWN_GROUND if any(path.startswith(ground) for ground in one.grounds) else _OTHER_GROUND
    if one.hall is None:
        return _EVERYWHERE
    return _HALL if one.hall == hall else _OTHER_HALL
