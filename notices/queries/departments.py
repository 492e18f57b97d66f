"""Who works in a department."""

from datetime import datetime

from django.db.models import Q

from accounts.models import RoleGrant, Staff


def people_of(department: str, at: datetime) -> list[Staff]:
    """Whoever holds its role at a moment, by their numbers."""
    held = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), role=department, since__lte=at)
    return list(Staff.objects.filter(pk__in=held.values("staff"), left_at=None, user__is_active=True).order_by("number"))
