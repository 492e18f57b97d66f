"""Who is in which crew, and who of them is there."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import Absence, Staff, User

from ..models import Crew, CrewMember


def crews_of(user: User, at: datetime) -> QuerySet[Crew]:
    """The crew somebody is in at a moment, as a query; empty for who has left or is in none."""
    memberships = lasting(at).filter(staff__user=user, staff__left_at=None)
    return Crew.objects.filter(pk__in=memberships.values("crew"), retired_at=None)


def members_at(crew: Crew, at: datetime) -> QuerySet[Staff]:
    """The members of a crew who are there at a moment: neither gone nor away."""
    return Staff.objects.filter(pk__in=present(at).filter(crew=crew).values("staff")).select_related("user")


def members_of(crews: Collection[int], at: datetime) -> Mapping[int, Sequence[Staff]]:
    """Crew -> its members who are there at a moment; one statement for all of them."""
    found: dict[int, list[Staff]] = defaultdict(list)
    for membership in present(at).filter(crew__in=crews).select_related("staff__user").order_by("-is_leader", "pk"):
        found[membership.crew_id].append(membership.staff)
    return found


def phones_of(crews: Collection[int]) -> Mapping[int, str]:
    """Crew -> the number in its vehicle, for those that have one."""
    return dict(Crew.objects.filter(pk__in=crews).exclude(phone="").values_list("pk", "phone"))


def present(at: datetime) -> QuerySet[CrewMember]:
    """Who is in a crew at a moment and there: neither gone nor away."""
    away = Absence.objects.filter(starts_at__lte=at, ends_at__gt=at).values("staff")
    return lasting(at).filter(staff__left_at=None, staff__user__is_active=True).exclude(staff__in=away)


def lasting(at: datetime) -> QuerySet[CrewMember]:
    """Who is in a crew at a moment, there or not."""
    return CrewMember.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at)
