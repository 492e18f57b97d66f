"""Who hears of a visit among ourselves: the crew that is asked or need not go any more, and the dispatchers when it takes a person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import notices.operations
from accounts.models import Staff, Territory
from accounts.roles import Role
from casework.models import Event, Urgency
from casework.references import grouped
from sla.queries.roster import roster_at

from .. import queries
from ..forecast import Option
from ..models import Crew, Offer, Visit, VisitPurpose
from ..states import VisitStatus

#: Paths of this site: pages stand above operations, and a letter is written where no request is.
_BOARD, _CREW_PAGES = "/staff/dispatch/", "/staff/my-visits/"


def tell_crew(*, event: Event, at: datetime) -> None:
    """A crew was asked: its members who are there. Nothing where somebody else has been asked meanwhile."""
    visit = _visit(event)
    if visit.status != VisitStatus.OFFERED or visit.crew_id != event.facts["crew"]:
        return
    lapses_at = Offer.objects.filter(visit=visit, answer="").values_list("lapses_at", flat=True).first()
    _to_crew("visit_offered", event, visit, at, {"lapses_at": lapses_at})


def tell_crew_no_more(*, event: Event, at: datetime) -> None:
    """A crew that was asked, or on its way, need not go any more."""
    if event.facts.get("crew"):
        _to_crew("visit_recalled", event, _visit(event), at, {})


def warn_of_lateness(*, event: Event, at: datetime) -> None:
    """Nobody of the territory can be there in time: the dispatchers on duty hear it now, with what can still be done."""
    ways = event.facts.get("ways", ())
    crews = Crew.objects.in_bulk([way["crew"] for way in ways if way["crew"]])
    named = [{**way, "crew": crews.get(way["crew"])} for way in ways if way["option"] != Option.POLICE_AND_FIRE]
    _to_dispatchers("visit_late_foreseen", event, at, {"minutes": event.facts["minutes"], "ways": named[:5]})


def call_dispatchers(*, event: Event, at: datetime) -> None:
    """Everybody has been asked and nobody comes: a person must find somebody."""
    _to_dispatchers("visit_nobody_left", event, at, {})


def tell_given_back(*, event: Event, at: datetime) -> None:
    """A crew gave a visit back."""
    crew = Crew.objects.filter(pk=event.facts["crew"]).first()
    _to_dispatchers("visit_given_back", event, at, {"crew": crew})


def _visit(event: Event) -> Visit:
    return Visit.objects.select_related("case__premises", "territory").get(pk=event.facts["visit"])


def _to_crew(kind: str, event: Event, visit: Visit, at: datetime, more: Mapping[str, Any]) -> None:
    crew = Crew.objects.get(pk=event.facts["crew"])
    people = list(queries.members_at(crew, at))
    context = {**_context(visit), **more}
    notices.operations.owe_to_staff(
        kind=kind, key=_key(event), staff=people, context=context, at=at, link=f"{_CREW_PAGES}{visit.pk}/", is_safety=True
    )


def _to_dispatchers(kind: str, event: Event, at: datetime, more: Mapping[str, Any]) -> None:
    visit = _visit(event)
    told = roster_at(at).told(Role.DISPATCHER, hall=None, owner=None)
    people = list(Staff.objects.filter(pk__in=told).select_related("user"))
    context = {**_context(visit), **more}
    notices.operations.owe_to_staff(
        kind=kind, key=_key(event), staff=people, context=context, at=at, link=_BOARD, is_safety=visit.is_emergency
    )


def _key(event: Event) -> str:
    return f"{event.verb}:{event.timeline_id}:{event.seq}"


def _context(visit: Visit) -> dict[str, Any]:
    return {
        "reference": grouped(visit.case.reference) if visit.case else "",
        "purpose": VisitPurpose(visit.purpose).label,
        "urgency": Urgency(visit.urgency).label if visit.urgency in Urgency.values else "",
        "place": _place(visit),
    }


def _place(visit: Visit) -> str:
    """The address; of a passer-by's report the place around it."""
    if visit.case and visit.case.premises:
        return visit.case.premises.address
    return "".join(_names(visit.territory)) if visit.territory else ""


def _names(territory: Territory) -> list[str]:
    keys = [int(key) for key in territory.path.strip("/").split("/")]
    found = Territory.objects.in_bulk(keys)
    return [found[key].name for key in keys if key in found]
