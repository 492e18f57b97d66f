"""Complain, look at a complaint, and the list of them."""

from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint, refuses
from accounts.api.inputs import caller, read, read_query
from accounts.api.pages import page
from accounts.clock import business_now
from accounts.models import Hall, Staff
from accounts.permissions import Forbidden, may
from casework import permissions, references
from casework.api.idempotency import keyed
from casework.api.lookups import account_for, case_for
from casework.models import Case, Channel

from ..models import Complaint
from ..operations import complaining
from ..operations.complaining import Grievance, NothingWritten, NoWayToAnswer, TooLong
from . import complaint_examples as examples
from .complaint_inputs import ComplainInput, ComplaintsQuery
from .complaint_outputs import ComplaintDetailOutput, ComplaintOutput, ComplaintPageOutput

_DONE = OpenApiExample("A complaint", examples.DETAIL, response_only=True, status_codes=["200"])


@endpoint(
    "POST",
    Doc(
        operation="complain",
        tag="Complaints",
        summary="Complain, or take a complaint down",
        text="Taken whoever it is about: they never see it, nor does the caller when it is about them, who then gets `reference` and "
        "`tracking_code` and cannot read it any more. A staff number, hall or reference that nobody has stays with `accused_words`.",
        body=ComplainInput,
        answers={201: ComplaintDetailOutput},
        examples=[
            OpenApiExample("At the counter", examples.NEW, request_only=True),
            OpenApiExample("Taken down", examples.DETAIL, response_only=True, status_codes=["201"]),
        ],
    ),
)
@keyed
@refuses({NothingWritten: 422, TooLong: 422, NoWayToAnswer: 422})
def complain(request: Request) -> Response:
    given, at = read(ComplainInput, request), business_now()
    found = complaining.complain(grievance=_grievance(request, given, at), by=caller(request), at=at)
    return complaint_answer(request, found, status=201)


@endpoint(
    "GET",
    Doc(
        operation="get_complaint",
        tag="Complaints",
        summary="A complaint",
        text="Staff who handle cases see all but those about themselves; customers those of their household and those they made.",
        answers={200: ComplaintDetailOutput},
        problems=[404],
        examples=[_DONE],
    ),
)
def get_complaint(request: Request, reference: str) -> Response:
    return complaint_answer(request, complaint_for(request, reference, at=business_now()))


@endpoint(
    "GET",
    Doc(
        operation="list_complaints",
        tag="Complaints",
        summary="Complaints, the newest first",
        text="Those the caller may see: nobody finds a complaint about himself here.",
        query=ComplaintsQuery,
        answers={200: ComplaintPageOutput},
        examples=[
            OpenApiExample(
                "A page", {"next": None, "previous": None, "results": [examples.COMPLAINT]}, response_only=True, status_codes=["200"]
            )
        ],
    ),
)
def list_complaints(request: Request) -> Response:
    wanted, at = read_query(ComplaintsQuery, request), business_now()
    found = Complaint.objects.filter(case__in=permissions.visible_cases(caller(request), at))
    if "about" in wanted:
        found = found.filter(about=wanted["about"])
    if wanted["unfinished"] is not None:
        found = found.filter(case__closed_at__isnull=wanted["unfinished"])
    if wanted["major"] is not None:
        found = found.exclude(major_why="") if wanted["major"] else found.filter(major_why="")
    return page(request, found.select_related("case__timeline"), ComplaintOutput, ("-case__opened_at", "-pk"))


def complaint_for(request: Request, reference: str, *, at: datetime) -> Complaint:
    """A complaint the caller may see. What does not exist, what is not theirs and what is about them look the same."""
    case = case_for(request, reference, at=at)
    found = Complaint.objects.filter(case=case).first()
    if found is None:
        raise Http404
    found.case = case
    return found


def complaint_answer(request: Request, complaint: Complaint, *, status: int = 200) -> Response:
    """The complaint as it is now, as this caller may see it."""
    user = caller(request)
    sees = bool(may(permissions.check_may_see, user, complaint.case, at=business_now()))
    row = complaint if sees else Complaint(case=complaint.case, about=complaint.about)
    return Response(ComplaintDetailOutput(row, context={"is_staff": user.is_staff and sees}).data, status=status)


def show_complaint(request: Request, complaint: Complaint, *, at: datetime) -> Response:
    """After an act."""
    return complaint_answer(request, complaint_for(request, complaint.case.reference, at=at))


def _grievance(request: Request, given: dict[str, Any], at: datetime) -> Grievance:
    user = caller(request)
    if not user.is_staff and {"channel", "origin"} & set(given):
        raise Forbidden(_("Only our staff say how a complaint came and who put it forward."))
    names = ("about", "text", "wanted_way", "name", "phone", "email", "address", "language")
    staff = Staff.objects.filter(number=given.get("staff", ""), left_at=None).first()
    hall = Hall.objects.filter(code=given.get("hall", "")).first()
    about_case = Case.objects.filter(reference=references.tidy(given.get("about_reference", ""))).first()
    found = {"staff": staff, "hall": hall, "about_reference": about_case}
    unread = [given.get(name, "") for name, row in found.items() if row is None]
    return Grievance(
        **{name: given[name] for name in names},
        channel=given.get("channel", Channel.API),
        **({"origin": given["origin"]} if "origin" in given else {}),
        account=account_for(request, given["account"], at=at) if "account" in given else None,
        asker=None if user.is_staff else user,
        staff=staff,
        hall=hall if staff is None else None,
        about_case=about_case,
        accused_words=" · ".join(word for word in (given["accused_words"], *unread) if word),
    )
