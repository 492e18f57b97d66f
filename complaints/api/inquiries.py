"""What departments are asked, for whoever is asked: the question alone."""

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework.request import Request
from rest_framework.response import Response

import accounts.queries
from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import caller, read
from accounts.clock import business_now
from accounts.permissions import may
from accounts.roles import Verb
from casework.operations import NothingSaid

from .. import complaint_permissions
from ..models import Inquiry
from ..operations import looking_into
from ..operations.looking_into import AnsweredAlready
from ..queries.inquiries import inquiries_to
from . import complaint_examples as examples
from .complaint_inputs import FindingInput
from .complaint_outputs import InquiriesOutput, InquiryOutput

_ANSWERED = {**examples.INQUIRY, "answered_at": "2026-11-20T10:20:00+08:00", "finding": "我声音大了，已经道歉。"}


@endpoint(
    "GET",
    Doc(
        operation="list_inquiries",
        tag="Complaints",
        summary="What I, my hall or my department are asked",
        text="The oldest first. Of the complaint itself nothing is shown: it may be about whoever is asked.",
        answers={200: InquiriesOutput},
        examples=[OpenApiExample("One question", {"results": [examples.INQUIRY]}, response_only=True, status_codes=["200"])],
    ),
)
@needs(Verb.HANDLE_CASES)
def list_inquiries(request: Request) -> Response:
    found = inquiries_to(accounts.queries.current_staff(caller(request)), at=business_now())
    return Response(InquiriesOutput({"results": found}).data)


@endpoint(
    "POST",
    Doc(
        operation="answer_inquiry",
        tag="Complaints",
        summary="Say what happened",
        text="Once, by whoever was asked, while the complaint is looked into.",
        body=FindingInput,
        answers={200: InquiryOutput},
        problems=[404],
        examples=[
            OpenApiExample("What happened", {"finding": "我声音大了，已经道歉。", "has_contacted": True}, request_only=True),
            OpenApiExample("Kept", _ANSWERED, response_only=True, status_codes=["200"]),
        ],
    ),
)
@needs(Verb.HANDLE_CASES)
@refuses({AnsweredAlready: 409, NothingSaid: 422})
def answer_inquiry(request: Request, inquiry: int) -> Response:
    given, user, at = read(FindingInput, request), caller(request), business_now()
    found = Inquiry.objects.select_related("complaint__case").filter(pk=inquiry).first()
    if found is None or not may(complaint_permissions.check_may_say, user, found, at=at):
        raise Http404
    looking_into.say_what_happened(inquiry=found, by=user, at=at, **given)
    return Response(InquiryOutput(found).data)
