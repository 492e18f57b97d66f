"""What the pages of complaints show, and their lists."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet

from accounts.models import User
from casework import kinds
from casework.models import Case, Contact
from casework.permissions import visible_cases

from ..models import Answer, Complaint, Outcome
from ..states import COMPLAINT, ComplaintStatus
from .earlier import earlier_ones
from .inquiries import inquiries_of
from .works import works_of

_IN_WRITING = (Contact.Means.CABINET, Contact.Means.EMAIL, Contact.Means.SMS, Contact.Means.LETTER)
#: The lists of complaints that staff choose from: all that are worked on, and some of them.
LISTS = ("open", "major", "repeated", "mine", "promised", "ended")


def page_of(complaint: Complaint) -> dict[str, Any]:
    """Everything about one complaint, for whoever looks into it."""
    case = complaint.case
    before = earlier_ones(
        about=complaint.about,
        account=case.account,
        phone=case.contact_phone,
        about_case=complaint.about_case,
        at=case.opened_at,
        but_for=case.pk,
    )
    return {
        "complaint": complaint,
        "case": case,
        "accused": list(complaint.accused.select_related("staff")),
        "inquiries": list(inquiries_of(complaint)),
        "answers": list(Answer.objects.filter(case=case).select_related("by").order_by("number")),
        "works": list(works_of(case)),
        "earlier": list(before.select_related("case")[:10]),
        "files": list(case.attachments.filter(erased_at=None).order_by("at", "pk")),
        "steps": {move.verb for move in kinds.kind(case.kind).lifecycle.moves if case.status in move.sources},
    }


def standing(complaint: Complaint) -> dict[str, Any]:
    """For who complained: our answers, what we still do, and what they can do now."""
    case = complaint.case
    return {
        "complaint": complaint,
        "case": case,
        "answers": list(Answer.objects.filter(case=case).order_by("number")),
        "works": list(works_of(case)),
        "question": _open_question(case),
        "steps": {move.verb for move in kinds.kind(case.kind).lifecycle.moves if case.status in move.sources},
    }


def _open_question(case: Case) -> str:
    """What we asked in writing and wait to hear; empty where we asked on the phone, or wait for nothing."""
    if case.status != ComplaintStatus.WAITING:
        return ""
    asked = Contact.objects.filter(case=case, direction=Contact.Direction.OUT, means__in=_IN_WRITING).exclude(content="")
    return asked.order_by("at", "pk").values_list("content", flat=True).last() or ""


def complaints_in(name: str, user: User, *, at: datetime) -> QuerySet[Complaint]:
    """The complaints of one list that this colleague may see, the one due first at the top."""
    seen = Complaint.objects.filter(case__in=visible_cases(user, at).filter(kind=COMPLAINT.kind)).filter(_rule(name, user))
    found = seen.select_related("case__timeline", "case__owner", "case__account__customer", "accused_hall")
    if name == "ended":
        return found.order_by("-case__closed_at", "-pk")
    return found.order_by(F("case__timeline__next_due_at").asc(nulls_last=True), "case__opened_at", "pk")


def counts(user: User, *, at: datetime) -> Mapping[str, int]:
    """How many stand in each of the lists but the ended ones; one statement."""
    seen = Complaint.objects.filter(case__in=visible_cases(user, at).filter(kind=COMPLAINT.kind))
    return seen.aggregate(**{name: Count("pk", filter=_rule(name, user)) for name in LISTS if name != "ended"})


def _rule(name: str, user: User) -> Q:
    unsettled = Q(case__closed_at=None) & ~Q(case__status=ComplaintStatus.SETTLED)
    match name:
        case "major":
            return unsettled & ~Q(major_why="")
        case "repeated":
            return unsettled & Q(major_why="repeated")
        case "mine":
            return unsettled & Q(case__owner__user=user)
        case "promised":
            return Q(case__status=ComplaintStatus.ANSWERED)
        case "ended":
            return ~unsettled
    return unsettled


def results(*, since: datetime, until: datetime, by: str) -> list[dict[str, Any]]:
    """What the complaints of a time came to, by what they are about (``about``), where (``case__hall__name``) or how they came.

    Rows in the order of their number; satisfaction is the mean of those who said it, for the eye.
    """
    found = Complaint.objects.filter(case__opened_at__gte=since, case__opened_at__lt=until).exclude(case__status=ComplaintStatus.MERGED)
    outcomes = {str(one): Count("pk", filter=Q(outcome=one)) for one in Outcome}
    rows = found.values(label=F(by)).annotate(
        count=Count("pk"),
        major=Count("pk", filter=~Q(major_why="")),
        repeated=Count("pk", filter=Q(major_why="repeated")),
        undecided=Count("pk", filter=Q(outcome="", case__closed_at=None)),
        satisfaction=Avg("satisfaction"),
        **outcomes,
    )
    return [dict(row) for row in rows.order_by("-count", "label")]
