"""Who hears of something now: the people of a role, those on duty first, deputies for the absent, and never nobody. Pure.

Note [An alarm reaches somebody]. A role is looked for where the matter is (the hall), then everywhere; of those found only the
ones on duty are told, unless none is on duty. Whoever is away is replaced by the deputy, and the deputy's deputy. If nobody is
left, the next role up the line is asked, and at the top of the line those below.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

#: The owner of the matter, not a role.
OWNER = "owner"
_LINE = ("supervisor", "branch_manager", "head_office", "administrator")


def line_from(role: str) -> tuple[str, ...]:
    """The roles that are asked one after another until somebody is found."""
    if role not in _LINE:
        return (role, *_LINE)
    place = _LINE.index(role)
    return (*_LINE[place:], *reversed(_LINE[:place]))


def up_the_line(role: str) -> tuple[str, ...]:
    """The role and those above it."""
    return _LINE[_LINE.index(role) :] if role in _LINE else (role, *_LINE)


@dataclass(frozen=True)
class Roster:
    """Who works here at one moment: ``roles`` maps a role to people, ``halls`` a person to their hall (None: the whole company).

    ``on_duty`` are the people of each hall on the roster now; ``deputies`` maps the absent to who stands in.
    """

    roles: Mapping[str, frozenset[int]]
    halls: Mapping[int, int | None]
    on_duty: Mapping[int | None, frozenset[int]] = field(default_factory=dict)
    deputies: Mapping[int, int] = field(default_factory=dict)

    def told(self, role: str, *, hall: int | None, owner: int | None) -> list[int]:
        """The people who hear of a matter of this hall and owner; empty only when the company has nobody left."""
        for one in line_from(role):
            if found := self._people(one, hall, owner):
                return sorted(found)
        return []

    def without(self, people: Collection[int]) -> "Roster":
        """The same without those whom a matter is about; whoever would have been told instead is found in their place."""
        if not people:
            return self
        return replace(
            self,
            roles={role: held - frozenset(people) for role, held in self.roles.items()},
            halls={one: hall for one, hall in self.halls.items() if one not in people},
        )

    def _people(self, role: str, hall: int | None, owner: int | None) -> set[int]:
        named = {owner} if role == OWNER and owner is not None else self._on_duty(self._near(role, hall))
        return {present for one in named if (present := self.present(one)) is not None}

    def _near(self, role: str, hall: int | None) -> set[int]:
        """Of this hall if it has any, else of the whole company, else of any hall."""
        everybody = self.roles.get(role, frozenset())
        for place in (hall, None):
            if here := {one for one in everybody if self.halls.get(one) == place}:
                return here
        return set(everybody)

    def _on_duty(self, people: Iterable[int]) -> set[int]:
        everybody = set(people)
        working = {one for one in everybody if any(one in hall for hall in self.on_duty.values())}
        return working or everybody

    def present(self, one: int) -> int | None:
        """The person, or who stands in; None when the chain of deputies leads nowhere."""
        passed: set[int] = set()
        while one in self.deputies and one not in passed:
            passed.add(one)
            one = self.deputies[one]
        return one if one in self.halls and one not in passed else None
