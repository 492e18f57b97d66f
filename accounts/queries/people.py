"""Staff with their roles, absences and duties, for the pages that manage them."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from .. import models


class StaffNotFound(Exception):
    """Nobody has this number."""

    def __init__(self) -> None:
        super().__init__(_("Nobody here has this number."))


@dataclass(frozen=True)
class StaffLine:
    """One person of the list: what they work as now and who stands in for them if they are away."""

    staff: models.Staff
    roles: tuple[str, ...]
    deputy: models.Staff | None
    has_second_factor: bool


def staff_list(at: datetime) -> list[StaffLine]:
    """Everybody who has not left, by number."""
    held = models.RoleGrant.objects.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at).order_by("since")
    away = models.Absence.objects.filter(starts_at__lte=at, ends_at__gt=at).select_related("deputy")
    people = models.Staff.objects.filter(left_at__isnull=True).select_related("hall", "user").order_by("number")
    people = people.prefetch_related(Prefetch("grants", held), Prefetch("absences", away))
    protected = set(Authenticator.objects.filter(type="totp").values_list("user_id", flat=True))
    return [_line(staff, staff.user_id in protected) for staff in people]


def get_staff(number: str) -> models.Staff:
    """Somebody by staff number, with grants and absences of all times. Raises StaffNotFound."""
    people = models.Staff.objects.select_related("hall", "user").prefetch_related("grants__territory", "absences__deputy")
    staff = people.filter(number=number).first()
    if staff is None:
        raise StaffNotFound
    return staff


def roster(since: datetime, until: datetime, hall: models.Hall | None = None) -> QuerySet[models.Duty]:
    """Duties that touch a period, by start; of one hall or of all."""
    duties = models.Duty.objects.filter(starts_at__lt=until, ends_at__gt=since).select_related("staff", "hall")
    return (duties.filter(hall=hall) if hall else duties).order_by("starts_at", "hall__name", "staff__number")


def _line(staff: models.Staff, has_second_factor: bool) -> StaffLine:
    roles = tuple(str(grant) for grant in staff.grants.all())
    absence = next(iter(staff.absences.all()), None)
    return StaffLine(staff, roles, absence.deputy if absence else None, has_second_factor)


def absences(at: datetime) -> QuerySet[models.Absence]:
    """Who is or will be away, and who stands in."""
    return models.Absence.objects.filter(ends_at__gt=at).select_related("staff", "deputy").order_by("starts_at")


def cabinet_user(phone: str) -> models.User | None:
    """The customer who proved that this phone (E.164) is theirs."""
    return models.User.objects.filter(phone=phone, is_phone_verified=True, is_staff=False, is_active=True).first()
