"""Who works here, as what, now."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from .. import models
from ..models.user import Grants
from ..roles import Role


class NotStaff(PermissionDenied):
    """The user does not work here (any more)."""

    def __init__(self) -> None:
        super().__init__(_("Only staff can do this."))


def current_staff(user: models.User) -> models.Staff:
    """The staff member behind a user, with the hall. Raises NotStaff for customers and for those who left."""
    if user.staff_at_hand is not None and user.is_active:
        return user.staff_at_hand
    staff = models.Staff.objects.select_related("hall", "user").filter(user=user, user__is_active=True, left_at__isnull=True).first()
    if staff is None:
        raise NotStaff
    return staff


def roles_of(user: models.User, at: datetime) -> frozenset[Role]:
    """Roles held at a moment: granted by then, not yet taken back, by somebody who has not left."""
    grants = _grants(user) if user.grants_at_hand is None else user.grants_at_hand
    return frozenset(Role(role) for role, since, *ends in grants if since <= at and all(end is None or end > at for end in ends))


def stands_in_for(staff: models.Staff, absent: int, at: datetime) -> bool:
    """Whether somebody is the deputy of a colleague (by key) who is away at this moment."""
    away = models.Absence.objects.filter(staff=absent, deputy=staff, starts_at__lte=at, ends_at__gt=at)
    return away.exists()


def who_is_there_for(absent: models.Staff, at: datetime) -> models.Staff | None:
    """Who stands in for a colleague now, through deputies who are away themselves; None where nobody needs to, or nobody is left."""
    passed, one = {absent.pk}, absent
    while True:
        away = models.Absence.objects.select_related("deputy").filter(staff=one, starts_at__lte=at, ends_at__gt=at)
        absence = away.order_by("-starts_at").first()
        if absence is None:
            return one if one.pk != absent.pk and one.left_at is None else None
        one = absence.deputy
        if one.pk in passed:
            return None
        passed.add(one.pk)


def keep_grants_at_hand(user: models.User | AnonymousUser) -> None:
    """Read the grants once for all questions of one request. Only for a ``user`` that lives no longer than the request."""
    if isinstance(user, models.User) and user.is_staff and user.grants_at_hand is None:
        user.grants_at_hand = _grants(user)


def _grants(user: models.User) -> Grants:
    rows = models.RoleGrant.objects.filter(staff__user_id=user.pk)
    return tuple(rows.values_list("role", "since", "until", "staff__left_at"))
