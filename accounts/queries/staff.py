"""Who works here, as what, now."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from .. import models
from ..roles import Role


class NotStaff(PermissionDenied):
    """The user does not work here (any more)."""

    def __init__(self) -> None:
        super().__init__(_("Only staff can do this."))


def current_staff(user: models.User) -> models.Staff:
    """The staff member behind a user, with the hall. Raises NotStaff for customers and for those who left."""
    staff = models.Staff.objects.select_related("hall", "user").filter(user=user, user__is_active=True, left_at__isnull=True).first()
    if staff is None:
        raise NotStaff
    return staff


def roles_of(user: models.User, at: datetime) -> frozenset[Role]:
    """Roles held at a moment: granted by then, not yet taken back, by somebody who has not left."""
    held = models.RoleGrant.objects.filter(
        Q(until__isnull=True) | Q(until__gt=at),
        Q(staff__left_at__isnull=True) | Q(staff__left_at__gt=at),
        staff__user_id=user.pk,
        since__lte=at,
    )
    return frozenset(Role(role) for role in held.values_list("role", flat=True))
