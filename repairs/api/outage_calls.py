"""Over the API: whom to ring about an interruption, and what came of the calls."""

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import caller, read
from accounts.clock import business_now
from accounts.roles import Verb

from ..models import CallTask
from ..operations import outage_calls
from . import outage_examples as examples
from .outage_inputs import CallInput
from .outage_outputs import AddedCallsOutput, OutageCallOutput
from .outage_problems import REFUSALS
from .outages import outage_for, shown


@endpoint(
    "POST",
    Doc(
        operation="ring_missed_outage",
        tag="Interruptions",
        summary="Add whoever no message could reach to the calls to make (staff)",
        text="At most 500 at once; a customer is rung once per interruption. 422 once it is over.",
        answers={200: AddedCallsOutput},
        problems=[404],
        examples=[shown({"added": 4})],
    ),
)
@needs(Verb.HANDLE_CASES)
@refuses(REFUSALS)
def ring_missed(request: Request, reference: str) -> Response:
    added = outage_calls.ring_missed(outage=outage_for(reference), by=caller(request), at=business_now())
    return Response({"added": added})


@endpoint(
    "POST",
    Doc(
        operation="record_outage_call",
        tag="Interruptions",
        summary="Write down what came of a call (staff)",
        body=CallInput,
        answers={200: OutageCallOutput},
        problems=[404],
        examples=[OpenApiExample("Reached", {"result": "reached", "attempts": 0}, request_only=True), shown(examples.CALL)],
    ),
)
@needs(Verb.HANDLE_CASES)
@refuses(REFUSALS)
def record_call(request: Request, call: int) -> Response:
    given = read(CallInput, request)
    task = CallTask.objects.select_related("outage", "account").filter(pk=call).first()
    if task is None:
        raise Http404
    task.attempts = given["attempts"]
    done = outage_calls.record_call(task=task, result=given["result"], note=given["note"], by=caller(request), at=business_now())
    return Response(OutageCallOutput(done).data)
