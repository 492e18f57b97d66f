"""Who answers for a matter when several of us were asked at once: the senior one (requirements, first-asked responsibility). Pure."""

from collections.abc import Collection, Mapping

from accounts.roles import Role

#: The higher, the more senior. Who is in none of these is junior to all.
RANKS: Mapping[Role, int] = {
    Role.HEAD_OFFICE: 5,
    Role.BRANCH_MANAGER: 4,
    Role.SUPERVISOR: 3,
    Role.HALL_HEAD: 2,
    Role.HOTLINE_AGENT: 1,
}


def rank(roles: Collection[Role]) -> int:
    """By the highest role held."""
    return max((RANKS.get(role, 0) for role in roles), default=0)


def takes_over(newcomer: Collection[Role], first: Collection[Role]) -> bool:
    """Whether responsibility passes to who came second: only where they are the senior; among equals it stays with who was asked first."""
    return rank(newcomer) > rank(first)
