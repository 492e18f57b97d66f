"""Whose badge a number is, and what a customer at the door may be shown of them."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from accounts.clock import business_date

from ..models import Badge, Visit
from ..states import VisitStatus

#: A crew that is coming or there.
UNDER_WAY = (VisitStatus.ACCEPTED, VisitStatus.ON_THE_WAY, VisitStatus.ON_SITE)


@dataclass(frozen=True)
class Checked:
    """What we say of a number: ``state`` is valid, withdrawn, expired or unknown. The badge itself only for who knows the visit's code.

    ``is_coming`` is None where no code was given: then we do not say whether they come to anybody.
    """

    state: str
    badge: Badge | None = None
    is_coming: bool | None = None


def check_badge(number: str, code: str, at: datetime) -> Checked:
    """Compare a badge, and a code if there is one, with the visits that its wearer's crew is on now."""
    badge = Badge.objects.select_related("staff").filter(number=number).first()
    state = _state(badge, at)
    if not code or badge is None or state != "valid":
        return Checked(state)
    is_coming = any(hmac.compare_digest(known.encode(), code.encode()) for known in _codes(badge, at))
    return Checked(state, badge if is_coming else None, is_coming)


def _state(badge: Badge | None, at: datetime) -> str:
    if badge is None:
        return "unknown"
    if badge.withdrawn_at is not None or badge.staff.left_at is not None:
        return "withdrawn"
    return "expired" if badge.valid_until < business_date(at) else "valid"


def _codes(badge: Badge, at: datetime) -> list[str]:
    crews = badge.staff.crew_memberships.filter(since__lte=at).exclude(until__lte=at).values("crew")
    return list(Visit.objects.filter(crew__in=crews, status__in=UNDER_WAY).values_list("visit_code", flat=True))
