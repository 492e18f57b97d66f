"""Who is in which team, and what teams are called.

Note [Where crews come in]
    ``teams_at`` is the only place that says who belongs where, ``names`` the only one that says what a team is called. An app
    that knows crews answers both for its own codes (``crew:K3``); roll-ups, filters and files carry whatever code they are given.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from accounts.models import Hall, RoleGrant
from accounts.roles import Role

from .. import teams
from ..teams import Team

#: What the people of a role are called together.
_TOGETHER: Mapping[str, str | Lazy] = {
    Role.CLERK: pgettext_lazy("team", "counters"),
    Role.HALL_HEAD: pgettext_lazy("team", "heads of halls"),
    Role.HOTLINE_AGENT: pgettext_lazy("team", "hotline"),
    Role.DISPATCHER: pgettext_lazy("team", "dispatchers"),
    Role.CREW: pgettext_lazy("team", "emergency crews"),
    Role.INSPECTOR: pgettext_lazy("team", "safety inspectors"),
    Role.STEWARD: pgettext_lazy("team", "gas stewards"),
    Role.COMPLAINT_ROUTER: pgettext_lazy("team", "complaints"),
    Role.ENGINEER: pgettext_lazy("team", "engineers"),
    Role.SUPERVISOR: pgettext_lazy("team", "supervisors"),
}


def teams_at(at: datetime) -> Mapping[int, str]:
    """Person (key) -> code of the team they counted for at a moment; one statement."""
    present = Q(staff__left_at=None) | Q(staff__left_at__gt=at)
    held = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), present, since__lte=at)
    roles: dict[int, set[str]] = defaultdict(set)
    halls: dict[int, str] = {}
    for person, role, hall in held.values_list("staff", "role", "staff__hall__code"):
        roles[person].add(role)
        halls[person] = hall or ""
    return {person: Team(role, halls[person]).code for person, several in roles.items() if (role := teams.main_role(several))}


def people_of(asked: str, found: Mapping[int, str]) -> list[int]:
    """The people of a team, or of a role's teams in every hall, among those of ``teams_at``."""
    return [person for person, code in found.items() if teams.is_among(code, asked)]


def names(codes: Iterable[str]) -> Mapping[str, str]:
    """Code -> what the team is called in the language now active; one statement, none for roles alone."""
    known = {code: teams.read(code) for code in codes}
    wanted = {team.hall for team in known.values() if team and team.hall}
    halls = dict(Hall.objects.filter(code__in=wanted).values_list("code", "name")) if wanted else {}
    return {code: _name(code, team, halls) for code, team in known.items()}


def choices(found: Mapping[int, str], hall: str) -> Sequence[tuple[str, str]]:
    """Teams to choose from, as code and name: those of a hall (its code) and of the company, or, for every hall, roles."""
    codes = set(found.values())
    if hall:
        asked = {code for code in codes if (team := teams.read(code)) is None or team.hall in {hall, ""}}
        return sorted(names(asked).items(), key=lambda pair: pair[1])
    roles = {team.role for code in codes if (team := teams.read(code))}
    return [(role, _together(role)) for role in teams.ORDER if role in roles]


def _name(code: str, team: Team | None, halls: Mapping[str, str]) -> str:
    if team is None:
        return _together(code) if code in Role else code
    if not team.hall:
        return _together(team.role)
    return _("%(team)s, %(hall)s") % {"team": _together(team.role), "hall": halls.get(team.hall, team.hall)}


def _together(role: str) -> str:
    return str(_TOGETHER.get(role) or Role(role).label)
