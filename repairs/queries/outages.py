"""Interruptions for lists and pages, and what their events say so that promises know them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

import accounts.queries
from accounts.models import Binding, Territory, User
from casework import references
from casework.models import Case

from ..models import Outage, OutageTicket, OutageWish
from ..states import OutageStatus
from .outage_reach import outages_at

PUBLIC = (OutageStatus.ANNOUNCED, OutageStatus.UNDER_WAY)
#: How long after it is over an interruption stays on the public page.
_LINGERS = timedelta(hours=24)
#: Shown of what is over.
_PAST = 100


class OutageNotFound(LookupError):
    """No interruption has this reference, or not for this reader."""


@dataclass(frozen=True)
class PublicLine:
    """An interruption as everybody sees it: no names, no doors. ``places`` are named with what they lie in."""

    outage: Outage
    places: Sequence[str]


def matter_of(outage: Outage) -> dict[str, Any]:
    """What its events say of it, so that clocks need not look: kind, class, hall, in whose hands.

    Planned works are no accident, whatever their size: their class is their own.
    """
    first = next(iter(outage.territories.all()), None)
    served = accounts.queries.service_area_of(first) if first else None
    return {
        "kind": "outage",
        "classification": outage.classification if outage.is_accident else "planned",
        "urgency": "",
        "segment": "",
        "area": accounts.queries.area_of(first) if first else "",
        "channel": "",
        "hall": served.hall_id if served else None,
        "owner": outage.planned_by_id,
    }


def get_outage(reference: str) -> Outage:
    """One interruption with its timeline and people. Raises OutageNotFound."""
    found = _rows().filter(reference=references.tidy(reference)).first()
    if found is None:
        raise OutageNotFound(reference)
    return found


def get_public_outage(reference: str, *, at: datetime) -> PublicLine:
    """The same as everybody may see it. Raises OutageNotFound."""
    found = _public(at).filter(reference=references.tidy(reference)).first()
    if found is None:
        raise OutageNotFound(reference)
    return _lines([found])[0]


def standing() -> list[Outage]:
    """What is not over: accidents that are proposed first, then what is under way, then what comes next."""
    order = {OutageStatus.UNDER_WAY: 1, OutageStatus.ANNOUNCED: 2, OutageStatus.DRAFT: 3}
    rows = list(_rows().exclude(status__in=[OutageStatus.ENDED, OutageStatus.CANCELLED]).order_by("starts_at", "pk"))
    return sorted(rows, key=lambda one: (not one.is_proposed, order[OutageStatus(one.status)], one.starts_at))


def past() -> list[Outage]:
    """The latest that are over."""
    over = _rows().filter(status__in=[OutageStatus.ENDED, OutageStatus.CANCELLED])
    return list(over.order_by("-starts_at", "-pk")[:_PAST])


def public_lines(at: datetime) -> list[PublicLine]:
    """For everybody: where gas is off, where it will be, and where it came on within the day; in a fixed number of statements."""
    rows = _lines(list(_public(at).order_by("starts_at", "pk")))
    order = {OutageStatus.UNDER_WAY: 0, OutageStatus.ANNOUNCED: 1, OutageStatus.ENDED: 2}
    return sorted(rows, key=lambda line: (order[OutageStatus(line.outage.status)], line.outage.starts_at))


def outages_of_customer(user: User, *, at: datetime) -> list[PublicLine]:
    """What touches the household's doors now or soon."""
    # Who only pays for an account does not learn where it is.
    household = [Binding.Role.HOLDER, Binding.Role.FAMILY]
    bound = Binding.objects.filter(user=user, unbound_at__isnull=True, role__in=household)
    places = list(Territory.objects.filter(premises__accounts__in=bound.values("account")).distinct())
    rows = outages_at(places).filter(status__in=PUBLIC).prefetch_related("territories").order_by("starts_at", "pk")
    return _lines(list(rows)) if places else []


def outages_at_place(place: Territory) -> QuerySet[Outage]:
    """What keeps gas off at a place now."""
    return outages_at([place]).filter(status=OutageStatus.UNDER_WAY).order_by("starts_at", "pk")


def ticket_of(case: Case) -> OutageTicket | None:
    """The interruption a case belongs to, if any."""
    return OutageTicket.objects.select_related("outage__timeline").filter(case=case).first()


def tickets_of(outage: Outage) -> list[OutageTicket]:
    """The cases that came in because of it, the latest first."""
    return list(outage.tickets.select_related("case__premises", "case__timeline").order_by("-at", "-pk")[:200])


def wishes_waiting() -> list[OutageWish]:
    """Exceptions that nobody has decided about; what begins first at the top."""
    rows = OutageWish.objects.select_related("outage", "asked_by").filter(decided_at=None)
    return list(rows.order_by("outage__starts_at", "pk"))


def open_wish(outage: Outage, what: str) -> OutageWish | None:
    """The exception of this sort that waits for a decision."""
    return outage.wishes.select_related("asked_by").filter(what=what, decided_at=None).first()


def place_names(places: Collection[Territory]) -> Mapping[int, str]:
    """Place -> its name with what it lies in, from the county down; one statement for all of them."""
    return _names(places, {Territory.Level.PROVINCE, Territory.Level.CITY})


def short_names(places: Collection[Territory]) -> list[str]:
    """The same from the compound down, for headings and text messages."""
    levels = Territory.Level
    return list(_names(places, {levels.PROVINCE, levels.CITY, levels.COUNTY, levels.TOWN}).values())


def _names(places: Collection[Territory], without: Collection[str]) -> Mapping[int, str]:
    keys = {int(key) for place in places for key in place.path.strip("/").split("/")}
    known = Territory.objects.in_bulk(keys)
    found = {}
    for place in places:
        chain = [known[int(key)] for key in place.path.strip("/").split("/") if int(key) in known]
        found[place.pk] = " ".join(one.name for one in chain if one.level not in without or one.pk == place.pk)
    return found


def _rows() -> QuerySet[Outage]:
    people = ("timeline", "planned_by", "emergency_approved_by", "night_approved_by")
    wishes = OutageWish.objects.filter(outage=OuterRef("pk"), decided_at=None)
    return Outage.objects.select_related(*people).prefetch_related("territories").annotate(has_wish=Exists(wishes))


def _public(at: datetime) -> QuerySet[Outage]:
    lately = Q(status=OutageStatus.ENDED, ended_at__gt=at - _LINGERS)
    return Outage.objects.filter(Q(status__in=PUBLIC) | lately).prefetch_related("territories")


def _lines(outages: Sequence[Outage]) -> list[PublicLine]:
    names = place_names([place for outage in outages for place in outage.territories.all()])
    return [PublicLine(outage, [names[place.pk] for place in outage.territories.all()]) for outage in outages]
