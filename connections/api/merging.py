"""Gas was applied for twice: let one application go on in the other, over the API."""

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read
from accounts.clock import business_now
from accounts.roles import Verb
from casework.api.idempotency import keyed
from casework.operations import NotMerged, StaleRow, WrongMove

from ..operations import merging
from . import examples
from .applications import application_answer, application_for
from .outputs import ApplicationDetailOutput


class MergeInput(Input):
    """Where it goes on."""

    into = serializers.CharField(max_length=20, help_text="reference of the other application")


@endpoint(
    "POST",
    Doc(
        operation="merge_application",
        tag="Connections",
        summary="Let an application go on in another one (staff)",
        text="Papers of which more is known, mandate, agreed visit and the number of another system go over. One that is paid is never "
        "merged away. Answers the other application.",
        body=MergeInput,
        answers={200: ApplicationDetailOutput},
        problems=[404],
        examples=[
            OpenApiExample("Sent twice", {"into": "C4K7QX2MP"}, request_only=True),
            OpenApiExample("Where it goes on", examples.DETAIL, response_only=True, status_codes=["200"]),
        ],
    ),
)
@needs(Verb.HANDLE_CASES)
@keyed
@refuses({NotMerged: 409, WrongMove: 409, StaleRow: 409})
def merge_application(request: Request, reference: str) -> Response:
    at, given = business_now(), read(MergeInput, request)
    one, other = application_for(request, reference, at=at), application_for(request, given["into"], at=at)
    merging.merge(application=one, into=other, by=caller(request), at=at)
    return application_answer(application_for(request, given["into"], at=at), at=at)
