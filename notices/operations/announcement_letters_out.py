"""Write to colleagues about announcements: to whoever may approve one, and to its writer."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from accounts.models import RoleGrant, Staff
from accounts.roles import GRANTS, Verb

from ..models import Announcement
from .writing import owe_to_staff

_APPROVERS = [role for role, verbs in GRANTS.items() if Verb.APPROVE_ANNOUNCEMENTS in verbs]


def ask_approvers(*, announcement: Announcement, at: datetime) -> None:
    """Tell whoever may approve it, but not who wrote it."""
    _tell("announcement_offered", announcement, approvers(but=announcement.written_by_id, at=at), at)


def approvers(*, but: int | None, at: datetime) -> list[Staff]:
    """Whoever may let out what another wrote, but its writer."""
    held = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), role__in=_APPROVERS, since__lte=at)
    people = Staff.objects.filter(pk__in=held.values("staff"), left_at=None, user__is_active=True)
    return list(people.exclude(pk=but or 0).order_by("pk"))


def tell_writer(*, announcement: Announcement, at: datetime) -> None:
    """Tell who wrote it that it was approved, or why it was sent back."""
    if announcement.written_by is not None:
        _tell("announcement_decided", announcement, [announcement.written_by], at)


def _tell(kind: str, announcement: Announcement, staff: list[Staff], at: datetime) -> None:
    context = {
        "number": announcement.pk,
        "customers": announcement.expected,
        "hour": announcement.publish_at,
        "is_approved": announcement.is_scheduled,
        "said": announcement.said,
    }
    key = f"{kind}:{announcement.pk}:{announcement.version}"
    owe_to_staff(kind=kind, key=key, staff=staff, context=context, at=at, link=reverse("notices:announcement", args=[announcement.pk]))
