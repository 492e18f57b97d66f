"""Write to colleagues about exceptions for interruptions."""

from datetime import datetime

from django.urls import reverse

import notices.operations
import sla.queries.roster
from accounts.models import Staff
from accounts.roles import Role
from casework import references

from ..models import OutageWish
from ..queries.outage_matters import matter_of


def ask_approvers(*, wish: OutageWish, at: datetime) -> None:
    """Tell whoever may agree, but not who asked: supervisors, else the next ones up the line."""
    roster = sla.queries.roster.roster_at(at)
    hall = matter_of(wish.outage)["hall"]
    known = {wish.asked_by_id, wish.outage.planned_by_id}
    told = [one for one in roster.told(Role.SUPERVISOR, hall=hall, owner=None) if one not in known]
    people = told or [one for one in roster.told(Role.BRANCH_MANAGER, hall=hall, owner=None) if one not in known]
    _tell(wish, "outage_exception", people, reverse("sla:approvals"), at)


def tell_asker(*, wish: OutageWish, at: datetime) -> None:
    """Tell who asked what was decided."""
    _tell(wish, "outage_decided", [wish.asked_by_id], reverse("repairs:outage", args=[wish.outage.reference]), at)


def _tell(wish: OutageWish, kind: str, people: list[int], link: str, at: datetime) -> None:
    context = {
        "reference": references.grouped(wish.outage.reference),
        "what": wish.what,
        "reason": wish.reason,
        "is_approved": wish.is_approved,
        "decision": wish.decision,
        "starts_at": wish.outage.starts_at,
    }
    staff = list(Staff.objects.select_related("user").filter(pk__in=people))
    notices.operations.owe_to_staff(kind=kind, key=f"{kind}:{wish.pk}", staff=staff, context=context, at=at, link=link, is_safety=True)
