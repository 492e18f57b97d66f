"""Whom a complaint is about: named people, everybody of a named hall, everybody of a named department.

Those who answer for several halls (ABOVE) are not meant by a hall: else nobody would be left to look into it. Named themselves they are.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Exists, Q, QuerySet

from accounts.models import RoleGrant, Staff
from accounts.roles import Role
from casework.accusations import Accusation

from .models import Complaint
from .states import COMPLAINT

ABOVE = frozenset({Role.SUPERVISOR, Role.BRANCH_MANAGER, Role.HEAD_OFFICE, Role.COMPLAINT_ROUTER})
_NAMES_ABOVE = sorted(str(role) for role in ABOVE)


def complaints_about(user: int, at: datetime) -> QuerySet[Any, Any]:
    """Keys of the complaints about whoever has this user's key."""
    held = _grants(at).filter(staff__user=user)
    meant = Q(accused__staff__user=user) | Q(accused_role__in=held.values("role"))
    of_hall = Q(accused_hall__staff__user=user) & ~Exists(held.filter(role__in=_NAMES_ABOVE))
    return Complaint.objects.filter(meant | of_hall).values("pk")


def people_in(timelines: Collection[int], at: datetime) -> Mapping[int, frozenset[int]]:
    """Timeline -> the colleagues its complaint is about. Two statements, and one more where a hall or a department is meant."""
    found = Complaint.objects.filter(case__timeline__in=list(timelines)).select_related("case").prefetch_related("accused")
    return {one.case.timeline_id: _people(one, at) for one in found.order_by("pk")}


def _people(complaint: Complaint, at: datetime) -> frozenset[int]:
    named = {row.staff_id for row in complaint.accused.all()}
    if complaint.accused_hall_id:
        there = Staff.objects.filter(hall=complaint.accused_hall_id, left_at=None)
        named |= set(there.exclude(pk__in=_grants(at).filter(role__in=_NAMES_ABOVE).values("staff")).values_list("pk", flat=True))
    if complaint.accused_role:
        named |= set(_grants(at).filter(role=complaint.accused_role).values_list("staff", flat=True))
    return frozenset(named)


def _grants(at: datetime) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at, staff__left_at=None)


ACCUSATIONS: Mapping[str, Accusation] = {COMPLAINT.kind: Accusation(complaints_about, people_in)}
