"""Say whom a complaint is about, and take it out of their hands."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Hall, Staff
from casework import accusations
from casework.operations import Step, amend, record
from casework.operations.assignment import withdraw_offer

from .. import complaint_permissions
from ..models import Accused, Complaint


@transaction.atomic
def say_whom(*, complaint: Complaint, staff: Staff | None, hall: Hall | None, role: str, by: Actor, at: datetime) -> Complaint:
    """Name a colleague besides those named already, and the hall and department it is about, as it turned out.

    Whoever handled what the complaint is about stays accused. Raises Forbidden, AboutThemselves, StaleRow.
    """
    complaint_permissions.check_may_look_into(by, complaint, at=at)
    if staff is not None:
        Accused.objects.get_or_create(complaint=complaint, staff=staff, defaults={"why": Accused.Why.NAMED})
    complaint.accused_hall, complaint.accused_role = hall, role
    complaint.save(update_fields=["accused_hall", "accused_role"])
    facts = {"accused": complaint.accused.count(), "accused_hall": hall.pk if hall else None, "accused_role": role}
    record(timeline_id=complaint.case.timeline_id, steps=[Step("complaint.accused", facts)], by=by, at=at)
    take_from_accused(complaint=complaint, by=by, at=at)
    return complaint


@transaction.atomic
def clear(*, complaint: Complaint, staff: Staff, by: Actor, at: datetime) -> None:
    """It is not about this colleague after all: named by mistake. Raises Forbidden, AboutThemselves."""
    complaint_permissions.check_may_look_into(by, complaint, at=at)
    if Accused.objects.filter(complaint=complaint, staff=staff).delete()[0]:
        facts = {"accused": complaint.accused.count()}
        record(timeline_id=complaint.case.timeline_id, steps=[Step("complaint.cleared", facts)], by=by, at=at)


def take_from_accused(*, complaint: Complaint, by: Actor, at: datetime) -> None:
    """Whoever has it, was asked first or is asked to take it, and is one of those it is about, no longer is. Joins the transaction."""
    case = complaint.case
    accused = accusations.accused_in(case, at)
    offer = case.transfers.filter(outcome="pending").first()
    is_offered = offer is not None and offer.to_staff_id in accused
    fields = {name: None for name in ("owner", "first_asked") if getattr(case, f"{name}_id") in accused}
    if not fields and not is_offered:
        return
    steps = withdraw_offer(case=case, by=by, at=at) if is_offered else []
    owner = None if "owner" in fields else case.owner_id
    step = Step("complaint.taken_from_accused", {"owner": owner, "hall": case.hall_id})
    amend(case, fields=dict(fields), steps=[*steps, step], by=by, at=at)
