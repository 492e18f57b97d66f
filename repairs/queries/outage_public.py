"""Interruptions as everybody sees them: no names, no doors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from accounts.models import Binding, Territory, User
from casework import references

from ..models import Outage
from ..states import OutageStatus
from .outage_names import place_names
from .outage_reach import outages_at
from .outages import OutageNotFound

PUBLIC = (OutageStatus.ANNOUNCED, OutageStatus.UNDER_WAY)
#: How long after it is over an interruption stays on the public page.
_LINGERS = timedelta(hours=24)


@dataclass(frozen=True)
class PublicLine:
    """An interruption as everybody sees it: no names, no doors. ``places`` are named with what they lie in."""

    outage: Outage
    places: Sequence[str]


def get_public_outage(reference: str, *, at: datetime) -> PublicLine:
    """The same as everybody may see it. Raises OutageNotFound."""
    found = _public(at).filter(reference=references.tidy(reference)).first()
    if found is None:
        raise OutageNotFound(reference)
    return _lines([found])[0]


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


def _public(at: datetime) -> QuerySet[Outage]:
    lately = Q(status=OutageStatus.ENDED, ended_at__gt=at - _LINGERS)
    return Outage.objects.filter(Q(status__in=PUBLIC) | lately).prefetch_related("territories")


def _lines(outages: Sequence[Outage]) -> list[PublicLine]:
    names = place_names([place for outage in outages for place in outage.territories.all()])
    return [PublicLine(outage, [names[place.pk] for place in outage.territories.all()]) for outage in outages]
