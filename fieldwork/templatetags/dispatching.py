"""Words of dispatching: why a crew is suggested, and what can still be done."""

from collections.abc import Iterable

from django import template

from .. import naming
from ..models import Crew, Skill, Visit

register = template.Library()


@register.filter
def suggestion_words(codes: Iterable[str]) -> list[str]:
    """Why a crew stands where it stands."""
    return [naming.reason(code) for code in codes]


@register.filter
def way_words(code: str) -> str:
    """What a dispatcher can still do."""
    return naming.option(code)


@register.filter
def skill_words(codes: Iterable[str]) -> list[str]:
    """What a crew can do."""
    return [str(Skill(code).label) for code in codes if code in Skill.values]


@register.filter
def skill_name(code: str) -> str:
    """What a visit asks for."""
    return str(Skill(code).label) if code in Skill.values else code


@register.filter
def job_place(visit: Visit) -> str:
    """Where to go, as exactly as we know in words."""
    case = visit.case
    premises = case and case.premises
    return premises.address if premises else str(visit.territory or "")


@register.filter
def crew_home(crew: Crew) -> str:
    """The hall it belongs to, if any."""
    return crew.hall.name if crew.hall else ""
