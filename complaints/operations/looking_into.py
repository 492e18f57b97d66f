"""Look into a complaint: begin, ask the customer, ask the departments it concerns, and judge anew how grave it is."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import accounts.queries
import casework.operations
from accounts.actors import Actor
from accounts.models import User
from casework.models import Case, Contact, Urgency
from casework.operations import NewContact, NothingSaid, Step, Target, amend, change_case, move_case, record, record_contact

from .. import complaint_permissions
from ..models import Complaint, Inquiry, MajorWhy, Manner
from ..queries.inquiries import LOOKED_INTO
from ..states import ComplaintStatus
from .complaining import MAJOR


class NobodyAsked(Exception):
    """A question is put to a person, a hall or a department."""

    def __init__(self) -> None:
        super().__init__(_("Choose a colleague, a hall or a department to ask."))


class AnsweredAlready(Exception):
    """A department answers a question once."""

    def __init__(self) -> None:
        super().__init__(_("This question has its answer already, or nobody needs one any more."))


@transaction.atomic
def investigate(*, complaint: Complaint, by: Actor, at: datetime) -> Complaint:
    """Begin to look into it; whoever does so takes it, where nobody has it. Raises WrongMove, StaleRow, Forbidden, AboutThemselves."""
    complaint_permissions.check_may_look_into(by, complaint, at=at)
    case = complaint.case
    if isinstance(by, User) and case.owner_id is None and not case.transfers.filter(outcome="pending").exists():
        casework.operations.accept(case=case, by=by, at=at)
    move_case(case=case, verb="investigate", by=by, at=at)
    return complaint


@transaction.atomic
def ask_customer(*, complaint: Complaint, question: str, means: str, by: User, at: datetime) -> Complaint:
    """Ask what only the customer can say; the complaint waits for it. Raises NothingSaid, WrongMove, StaleRow, Forbidden."""
    complaint_permissions.check_may_look_into(by, complaint, at=at)
    casework.operations.ask_customer(case=complaint.case, question=question, means=means, by=by, at=at)
    return complaint


@transaction.atomic
def inquire(*, complaint: Complaint, to: Target, is_to_contact: bool, by: User, at: datetime) -> Inquiry:
    """Ask a person, a hall or a department what happened (``to.note``), and whether they are to get in touch with the customer.

    Whoever is asked sees these words and nothing else of the complaint; the accused may be asked. A complaint nobody looked into yet is
    looked into from now on. Raises NothingSaid, NobodyAsked, WrongMove once it is answered, StaleRow, Forbidden, AboutThemselves.
    """
    complaint_permissions.check_may_look_into(by, complaint, at=at)
    if not to.note.strip():
        raise NothingSaid
    if to.staff is None and to.hall is None and not to.role:
        raise NobodyAsked
    start(complaint, by=by, at=at)
    inquiry = Inquiry.objects.create(
        complaint=complaint,
        to_staff=to.staff,
        to_hall=to.hall,
        to_role=to.role,
        question=to.note.strip(),
        is_to_contact=is_to_contact,
        asked_by=accounts.queries.current_staff(by),
        asked_at=at,
    )
    facts = {"inquiry": inquiry.pk, "role": to.role, "is_to_contact": int(is_to_contact)}
    amend(complaint.case, fields={}, steps=[Step("complaint.department_asked", facts)], by=by, at=at)
    return inquiry


@transaction.atomic
def say_what_happened(*, inquiry: Inquiry, finding: str, has_contacted: bool, by: User, at: datetime) -> Inquiry:
    """The department's word: what happened, and whether they spoke with the customer; only that is a reply to the customer.

    Raises NothingSaid, AnsweredAlready, NotAsked, Forbidden.
    """
    complaint_permissions.check_may_say(by, inquiry, at=at)
    if not finding.strip():
        raise NothingSaid
    staff = accounts.queries.current_staff(by)
    spoke_at = at if has_contacted and inquiry.is_to_contact else None
    fields = {"finding": finding.strip(), "answered_by": staff, "answered_at": at, "contacted_at": spoke_at}
    case = Case.objects.get(pk=inquiry.complaint_id)
    asked = Inquiry.objects.filter(pk=inquiry.pk, answered_at=None)
    if case.status not in LOOKED_INTO or asked.update(**fields) != 1:
        raise AnsweredAlready
    facts = {"inquiry": inquiry.pk, "contacted": int(spoke_at is not None)}
    record(timeline_id=case.timeline_id, steps=[Step("complaint.department_answered", facts)], by=by, at=at)
    for name, value in fields.items():
        setattr(inquiry, name, value)
    return inquiry


@transaction.atomic
def judge(*, complaint: Complaint, about: str, major_why: str, manner: str, by: User, at: datetime) -> Complaint:
    """How grave it is, what it is about and how it is said, in a person's judgement over the rules'.

    Promises are chosen anew when it becomes a major complaint or no longer is one. Raises Forbidden, AboutThemselves, StaleRow.
    """
    complaint_permissions.check_may_look_into(by, complaint, at=at)
    before = complaint.manner
    complaint.about, complaint.major_why, complaint.manner = about, major_why, manner
    complaint.save(update_fields=["about", "major_why", "manner"])
    is_major = major_why in MajorWhy.values
    urgency = Urgency.URGENT if is_major else Urgency.NORMAL
    change_case(case=complaint.case, classification=MAJOR if is_major else "", urgency=urgency, by=by, at=at)
    steps = [Step("complaint.judged", {"cause": about, "major": major_why})]
    if manner == Manner.THREAT and before != Manner.THREAT:
        steps.append(Step("complaint.threatened"))
    record(timeline_id=complaint.case.timeline_id, steps=steps, by=by, at=at)
    return complaint


def start(complaint: Complaint, *, by: Actor, at: datetime) -> None:
    """Whoever does something about a complaint that lies there has begun to look into it. Joins the caller's transaction."""
    if complaint.case.status == ComplaintStatus.RECEIVED:
        investigate(complaint=complaint, by=by, at=at)


def replied(case: Case, means: str, *, by: Actor, at: datetime) -> None:
    """A person's word to the customer, by these means: what promises about replies wait for. Joins the caller's transaction."""
    record_contact(case=case, contact=NewContact(means=means, direction=Contact.Direction.OUT, is_reply=True), by=by, at=at)
