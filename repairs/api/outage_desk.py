"""Over the API: which repairs belong to an interruption, and what came of calls."""

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import caller, read
from accounts.clock import business_now
from accounts.roles import Verb
from casework import references
from casework.models import Case

from ..models import CallTask
from ..operations import outage_calls, outage_tickets
from . import outage_examples as examples
from .outage_docs import act_on, doc_of
from .outage_inputs import CallInput, TicketInput
from .outage_outputs import OutageCallOutput
from .outage_problems import REFUSALS
from .outages import shown


@endpoint("POST", doc_of("attach_outage_ticket", "Say that a repair belongs to an interruption (staff)", TicketInput))
@needs(Verb.HANDLE_CASES)
@refuses(REFUSALS)
def attach_ticket(request: Request, reference: str) -> Response:
    case = Case.objects.filter(reference=references.tidy(read(TicketInput, request)["case"])).select_related("timeline").first()
    if case is None:
        raise Http404
    return act_on(request, reference, lambda outage, when: outage_tickets.attach(outage=outage, case=case, **when))


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
