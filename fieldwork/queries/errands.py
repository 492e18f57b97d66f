"""Which times somebody can come at, seen from whoever comes: what they have agreed on that day, and the ways between.

Note [Whose day]. A place of a slot is a crew's day: whoever has the second place at nine has it at eleven too, and must get from one
door to the other. A steward's visit is made by the steward of the case, the case's owner, who has one day wherever their visits are and
whatever place they take; while they are away it is their deputy's. Nobody comes where both are away.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

import accounts.queries
from accounts.clock import business_date, business_midnight
from accounts.models import Absence, ServiceArea, Territory
from casework.models import Case

from ..distances import Point
from ..models import Booking, Visit, VisitPurpose
from ..models.slot import BookingQuerySet
from ..slot_times import Slot, free_places
from ..standins import Away, Standins
from ..travel import Pace, Stop, fits

#: What is made by the person who looks after the case, not by any crew that can.
PERSONAL = (VisitPurpose.STEWARD,)

type _Span = tuple[datetime, datetime]
type _Day = tuple[date, int]


@dataclass(frozen=True)
class Errand:
    """A visit that a time is looked for: in which area, for what, and where.

    ``owner`` is who makes it in person, by key (None: any crew); ``visit`` whose own time is no hindrance to another one.
    """

    area: ServiceArea
    purpose: str
    place: Point | None
    owner: int | None = None
    visit: int | None = None


@dataclass(frozen=True)
class _Agreed:
    """Which places of slots are taken, what each crew (by place) or person (by key) has on each day, and who is away."""

    held: Mapping[datetime, set[int]]
    days: Mapping[_Day, Sequence[Stop]]
    standins: Standins | None


def errand_of(visit: Visit) -> Errand | None:
    """For a visit that was asked for; None where nobody looks after the place."""
    area = accounts.queries.service_area_of(visit.territory) if visit.territory else None
    return Errand(area, str(visit.purpose), point_of(visit), owner_of(visit.case, visit.purpose), visit.pk) if area else None


def errand_for(case: Case, purpose: str, ground: Territory | None) -> Errand | None:
    """For a visit that nobody has asked for yet; None where nobody looks after the place."""
    area = accounts.queries.service_area_of(ground) if ground else None
    if ground is None or area is None:
        return None
    known = accounts.queries.coordinates_of(ground)
    return Errand(area, purpose, Point(*known) if known else None, owner_of(case, purpose))


def owner_of(case: Case | None, purpose: str) -> int | None:
    """Who makes such a visit in person; None where any crew does, also while nobody who works here has the case."""
    if case is None or purpose not in PERSONAL or case.owner is None or case.owner.left_at is not None:
        return None
    return case.owner_id


def point_of(visit: Visit) -> Point | None:
    """Where a visit is made, as far as anybody knows."""
    return Point(visit.latitude, visit.longitude) if visit.latitude is not None and visit.longitude is not None else None


def reachable(errand: Errand, slots: Sequence[Slot]) -> Mapping[datetime, Sequence[int]]:
    """Slot, by the moment it begins -> the places of it that are free and whose crew, or the errand's person, can be there.

    Three statements at most, however many slots there are.
    """
    if not slots:
        return {}
    first, last = (business_date(slot.starts_at) for slot in (slots[0], slots[-1]))
    agreed = _agreed(errand, (business_midnight(first), business_midnight(last + timedelta(days=1))))
    free = {slot: free_places(agreed.held.get(slot.starts_at, ()), slot.capacity) for slot in slots}
    return {slot.starts_at: [place for place in places if _can(errand, slot, place, agreed)] for slot, places in free.items()}


def can_be_kept(errand: Errand, booking: Booking) -> bool:
    """Whether whoever comes now can still come at a time that is agreed. Three statements at most."""
    day = business_date(booking.starts_at)
    agreed = _agreed(errand, (business_midnight(day), business_midnight(day + timedelta(days=1))))
    return _can(errand, Slot(booking.starts_at, booking.ends_at, booking.place), booking.place, agreed)


def standins(span: _Span) -> Standins:
    """Who is away in a span of time. One statement."""
    away: dict[int, list[Away]] = defaultdict(list)
    rows = Absence.objects.filter(starts_at__lt=span[1], ends_at__gt=span[0]).order_by("starts_at", "pk")
    for staff, starts_at, ends_at, deputy in rows.values_list("staff", "starts_at", "ends_at", "deputy"):
        away[staff].append(Away(starts_at, ends_at, deputy))
    return Standins(away)


def _can(errand: Errand, slot: Slot, place: int, agreed: _Agreed) -> bool:
    """Whether whoever has this place can be there. See Note [Whose day]."""
    who: int | None = place
    if agreed.standins is not None and errand.owner is not None:
        who = agreed.standins.attending(errand.owner, slot.starts_at, slot.ends_at)
    if who is None:
        return False
    day = agreed.days.get((business_date(slot.starts_at), who), ())
    return fits(Stop(slot.starts_at, slot.ends_at, errand.place), day, Pace(settings.CREW_SPEED_KMH, settings.TRAVEL_MINUTES))


def _agreed(errand: Errand, span: _Span) -> _Agreed:
    standing = Booking.objects.standing().filter(starts_at__gte=span[0], starts_at__lt=span[1]).exclude(visit=errand.visit or 0)
    held: dict[datetime, set[int]] = defaultdict(set)
    days: dict[_Day, list[Stop]] = defaultdict(list)
    for stop, place in _stops(standing.filter(service_area=errand.area, purpose=errand.purpose), "place"):
        held[stop.starts_at].add(place)
        days[business_date(stop.starts_at), place].append(stop)
    if errand.owner is None:
        return _Agreed(held, days, None)
    present = standins(span)
    return _Agreed(held, _of_people(standing, errand.owner, present), present)


def _of_people(standing: BookingQuerySet, owner: int, present: Standins) -> Mapping[_Day, Sequence[Stop]]:
    """What those have agreed who may come to this person's visits."""
    people = present.helped_by(present.helpers_of(owner))
    days: dict[_Day, list[Stop]] = defaultdict(list)
    for stop, whose in _stops(standing.filter(purpose__in=PERSONAL, visit__case__owner__in=people), "visit__case__owner"):
        who = present.attending(whose, stop.starts_at, stop.ends_at)
        if who is not None:
            days[business_date(stop.starts_at), who].append(stop)
    return days


def _stops(found: BookingQuerySet, whose: str) -> list[tuple[Stop, int]]:
    """Agreed times with where they are, and the crew's place or the person that has them."""
    rows = found.order_by("starts_at", "pk").values_list("starts_at", "ends_at", "visit__latitude", "visit__longitude", whose)
    return [
        (Stop(starts, ends, Point(north, east) if north is not None and east is not None else None), key)
        for starts, ends, north, east, key in rows
    ]
