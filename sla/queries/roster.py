"""The roster as it is at a moment, read in three statements for any number of alarms."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from accounts.models import Absence, Duty, RoleGrant, Staff

from ..roster import Roster


def roster_at(at: datetime) -> Roster:
    """Everybody who has not left, with roles, duties and deputies as of ``at``."""
    halls = dict(Staff.objects.filter(left_at=None, user__is_active=True).values_list("pk", "hall_id"))
    held = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at, staff__left_at=None).values_list("role", "staff_id")
    duties = Duty.objects.filter(starts_at__lte=at, ends_at__gt=at).values_list("hall_id", "staff_id")
    away = Absence.objects.filter(starts_at__lte=at, ends_at__gt=at).order_by("starts_at").values_list("staff_id", "deputy_id")
    return Roster(roles=_sets(held), halls=halls, on_duty=_sets(duties), deputies=dict(away))


def _sets[K](pairs: Iterable[tuple[K, int]]) -> dict[K, frozenset[int]]:
    found: dict[K, set[int]] = defaultdict(set)
    for key, person in pairs:
        found[key].add(person)
    return {key: frozenset(people) for key, people in found.items()}
