"""Who administers the system."""

from datetime import datetime

from django.db.models import Q

from accounts.models import RoleGrant, Staff
from accounts.roles import Role


def administrators(at: datetime) -> list[Staff]:
    """Who administers the system at a moment: told when a machine needs a person."""
    held = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), role=Role.ADMINISTRATOR, since__lte=at)
    return list(Staff.objects.filter(pk__in=held.values("staff"), left_at=None, user__is_active=True))
