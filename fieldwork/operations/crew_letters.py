"""Who hears of a visit among ourselves: the crew that is asked or need not go any more, and the dispatchers when it takes a person."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

import notices.operations
from accounts.models import Staff, Territory
from accounts.roles import Role
from casework.models import Event, Urgency
from casework.references import grouped
from notices.operations import Line, Notice
from sla.queries.roster import roster_at

from .. import queries
from ..forecast import Option
from ..models import Crew, Offer, Visit, VisitPurpose
from ..queries.phones import address_of
from ..states import VisitStatus


def tell_crews(*, events: Sequence[Event], at: datetime) -> None:
    """Crews were asked: their members who are there, and the phone in the vehicle, with a fixed number of statements.

    Nothing where another was asked meanwhile.
    """
    visits = _visits(events)
    standing = [event for event in events if _is_asked(visits[event.facts["visit"]], event)]
    lapses = dict(Offer.objects.filter(visit__in=visits, answer="").values_list("visit", "lapses_at"))
    more = {event.facts["visit"]: {"lapses_at": lapses.get(event.facts["visit"])} for event in standing}
    _to_crews("visit_offered", standing, visits, at, more)


def tell_crew_no_more(*, event: Event, at: datetime) -> None:
    """A crew that was asked, or on its way, need not go any more."""
    if event.facts.get("crew"):
        _to_crews("visit_recalled", [event], _visits([event]), at, {})


def warn_of_lateness(*, events: Sequence[Event], at: datetime) -> None:
    """Nobody of the territory can be there in time: the dispatchers on duty hear it now, with what can still be done.

    With a fixed number of statements: where many report at once, hardly a crew is in time for any of them.
    """
    crews = Crew.objects.in_bulk({way["crew"] for event in events for way in event.facts.get("ways", ()) if way["crew"]})
    _to_dispatchers("visit_late_foreseen", {event: _what_helps(event, crews) for event in events}, at)


def _what_helps(event: Event, crews: Mapping[int, Crew]) -> dict[str, Any]:
    ways = [{**way, "crew": crews.get(way["crew"])} for way in event.facts.get("ways", ()) if way["option"] != Option.POLICE_AND_FIRE]
    return {"minutes": event.facts["minutes"], "ways": ways[:5]}


def call_dispatchers(*, event: Event, at: datetime) -> None:
    """Everybody has been asked and nobody comes: a person must find somebody, and hears it again until somebody has."""
    _to_dispatchers("visit_nobody_left", {event: {"minutes": event.facts.get("minutes", 0)}}, at)


def tell_given_back(*, event: Event, at: datetime) -> None:
    """A crew gave a visit back."""
    crew = Crew.objects.filter(pk=event.facts["crew"]).first()
    _to_dispatchers("visit_given_back", {event: {"crew": crew}}, at)


def _visits(events: Sequence[Event]) -> Mapping[int, Visit]:
    rows = Visit.objects.select_related("case__premises", "case__account__premises", "territory")
    return rows.in_bulk({event.facts["visit"] for event in events})


def _is_asked(visit: Visit, event: Event) -> bool:
    return visit.status == VisitStatus.OFFERED and visit.crew_id == event.facts["crew"]


def _to_crews(kind: str, events: Sequence[Event], visits: Mapping[int, Visit], at: datetime, more: Mapping[int, Mapping[str, Any]]) -> None:
    crews = {event.facts["crew"] for event in events}
    people, vehicles, names = queries.members_of(crews, at), queries.phones_of(crews), _names(visits.values())
    letters: list[Notice] = []
    for event in events:
        visit = visits[event.facts["visit"]]
        context = {**_context(visit, names), **more.get(visit.pk, {})}
        link = reverse("fieldwork:phone_visit", args=[visit.pk])
        told: list[Staff | Line] = [*people.get(event.facts["crew"], ()), *_vehicle(event.facts["crew"], people, vehicles)]
        letters += [Notice(kind=kind, key=_key(event), to=one, context=context, link=link, is_safety=True) for one in told]
    if letters:
        notices.operations.owe_grouped(letters=letters, group="", at=at)


def _vehicle(crew: int, people: Mapping[int, Sequence[Staff]], phones: Mapping[int, str]) -> Iterator[Line]:
    """The phone in the crew's vehicle, in the language of whoever leads it; last, so that a number of a member's own is not told twice."""
    if crew in phones:
        leader = next(iter(people.get(crew, ())), None)
        yield Line(f"v{crew}", phones[crew], leader.user.language if leader else "")


def _to_dispatchers(kind: str, told: Mapping[Event, Mapping[str, Any]], at: datetime) -> None:
    """To everybody on duty, of each event with what is to be said of it."""
    visits = _visits(list(told))
    people = Staff.objects.filter(pk__in=roster_at(at).told(Role.DISPATCHER, hall=None, owner=None)).select_related("user")
    names, staff, letters = _names(visits.values()), list(people), []
    for event, more in told.items():
        visit = visits[event.facts["visit"]]
        context = {**_context(visit, names), **more}
        link, is_safety = reverse("fieldwork:dispatch_visit", args=[visit.pk]), visit.is_emergency
        letters += [Notice(kind=kind, key=_key(event), to=one, context=context, link=link, is_safety=is_safety) for one in staff]
    if letters:
        notices.operations.owe_all(letters=letters, at=at)


def _key(event: Event) -> str:
    return f"{event.verb}:{event.timeline_id}:{event.seq}"


def _context(visit: Visit, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "reference": grouped(visit.case.reference) if visit.case else "",
        "purpose": VisitPurpose(visit.purpose).label,
        "urgency": Urgency(visit.urgency).label if visit.urgency in Urgency.values else "",
        # Of a passer-by's report the place around it.
        "place": address_of(visit) or (_spelled(visit.territory, names) if visit.territory else ""),
    }


def _spelled(territory: Territory, names: Mapping[int, str]) -> str:
    return "".join(names.get(key, "") for key in _keys(territory))


def _names(visits: Collection[Visit]) -> Mapping[int, str]:
    """The names of the places around visits without an address; one statement, or none."""
    keys = {key for visit in visits if visit.territory and not address_of(visit) for key in _keys(visit.territory)}
    return dict(Territory.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}


def _keys(territory: Territory) -> list[int]:
    return [int(key) for key in territory.path.strip("/").split("/")]
