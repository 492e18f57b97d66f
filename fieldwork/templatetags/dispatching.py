"""Words of dispatching: why a crew is suggested, and what can still be done."""

from collections.abc import Iterable, Mapping

from django import template

from .. import naming
from ..models import Crew, Skill, Visit
from ..queries import phones

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
def job_place(visit: Visit, said: Mapping[int, str] | None = None) -> str:
    """Where to go, as exactly as we know in words. ``said``: what the room that asked for visits was told, by case."""
    address, town = phones.address_of(visit), str(visit.territory or "")
    words = (said or {}).get(visit.case_id or 0, "")
    return address or (f"{town}, {words}" if town and words and town not in words else words or town)


@register.filter
def crew_home(crew: Crew) -> str:
    """The hall it belongs to, if any."""
    return crew.hall.name if crew.hall else ""
