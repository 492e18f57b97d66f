"""Who hears of a visit among ourselves: the crew that is asked or need not go any more, and the dispatchers when it takes a person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse

import notices.operations
from accounts.models import Staff, Territory
from accounts.roles import Role
from casework.models import Event, Urgency
from casework.references import grouped
from sla.queries.roster import roster_at

from .. import queries
from ..forecast import Option
from ..models import Crew, Offer, Visit, VisitPurpose
from ..queries.phones import address_of
from ..states import VisitStatus


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
    return Visit.objects.select_related("case__premises", "case__account__premises", "territory").get(pk=event.facts["visit"])


def _to_crew(kind: str, event: Event, visit: Visit, at: datetime, more: Mapping[str, Any]) -> None:
    crew = Crew.objects.get(pk=event.facts["crew"])
    people = list(queries.members_at(crew, at))
    context = {**_context(visit), **more}
    link = reverse("fieldwork:phone_visit", args=[visit.pk])
    notices.operations.owe_to_staff(kind=kind, key=_key(event), staff=people, context=context, at=at, link=link, is_safety=True)


def _to_dispatchers(kind: str, event: Event, at: datetime, more: Mapping[str, Any]) -> None:
    visit = _visit(event)
    told = roster_at(at).told(Role.DISPATCHER, hall=None, owner=None)
    people = list(Staff.objects.filter(pk__in=told).select_related("user"))
    context = {**_context(visit), **more}
    link, is_safety = _board(), visit.is_emergency
    notices.operations.owe_to_staff(kind=kind, key=_key(event), staff=people, context=context, at=at, link=link, is_safety=is_safety)


def _board() -> str:
    try:
        return reverse("fieldwork:board")
    except NoReverseMatch:
        return ""


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
    return address_of(visit) or ("".join(_names(visit.territory)) if visit.territory else "")


def _names(territory: Territory) -> list[str]:
    keys = [int(key) for key in territory.path.strip("/").split("/")]
    found = Territory.objects.in_bulk(keys)
    return [found[key].name for key in keys if key in found]
