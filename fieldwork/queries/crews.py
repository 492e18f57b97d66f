"""Who is in which crew, and who of them is there."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import Absence, Staff, User

from ..models import Crew, CrewMember


def crews_of(user: User, at: datetime) -> QuerySet[Crew]:
    """The crew somebody is in at a moment, as a query; empty for who has left or is in none."""
    memberships = _lasting(at).filter(staff__user=user, staff__left_at=None)
    return Crew.objects.filter(pk__in=memberships.values("crew"), retired_at=None)


def members_at(crew: Crew, at: datetime) -> QuerySet[Staff]:
    """The members of a crew who are there at a moment: neither gone nor away."""
    away = Absence.objects.filter(starts_at__lte=at, ends_at__gt=at).values("staff")
    inside = _lasting(at).filter(crew=crew).values("staff")
    return Staff.objects.filter(pk__in=inside, left_at=None, user__is_active=True).exclude(pk__in=away).select_related("user")


def _lasting(at: datetime) -> QuerySet[CrewMember]:
    return CrewMember.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at)
