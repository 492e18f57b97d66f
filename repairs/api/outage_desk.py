"""Over the API: which repairs belong to an interruption, what customers would read, and what came of calls."""

from typing import Any

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

from ..models import CallTask, Outage
from ..operations import outage_calls, outage_previews, outage_tickets
from . import outage_examples as examples
from .outage_docs import act_on, doc_of
from .outage_inputs import CallInput, TicketInput
from .outage_outputs import AddedCallsOutput, OutageCallOutput, OutageWordsOutput
from .outage_problems import REFUSALS
from .outages import outage_for, shown


@endpoint("POST", doc_of("attach_outage_ticket", "Say that a repair belongs to an interruption (staff)", TicketInput))
@needs(Verb.HANDLE_CASES)
@refuses(REFUSALS)
def attach_ticket(request: Request, reference: str) -> Response:
    case = Case.objects.filter(reference=references.tidy(read(TicketInput, request)["case"])).select_related("timeline").first()
    if case is None:
        raise Http404
    return act_on(request, reference, lambda outage, when: outage_tickets.attach(outage=outage, case=case, **when))


@endpoint("POST", doc_of("detach_outage_ticket", "Say that a repair has another cause; it is not attached again (staff)", TicketInput))
@needs(Verb.HANDLE_CASES)
@refuses(REFUSALS)
def detach_ticket(request: Request, reference: str) -> Response:
    tidied = references.tidy(read(TicketInput, request)["case"])

    def act(outage: Outage, when: dict[str, Any]) -> object:
        ticket = outage.tickets.select_related("case", "outage").filter(case__reference=tidied).first()
        if ticket is None:
            raise Http404
        return outage_tickets.detach(ticket=ticket, **when)

    return act_on(request, reference, act)


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
    "GET",
    Doc(
        operation="preview_outage",
        tag="Interruptions",
        summary="What customers would be told, in every language, and how many (planners)",
        text="Of works that are not announced and of accidents that reports propose; 404 once customers have been told.",
        answers={200: OutageWordsOutput},
        problems=[404],
        examples=[shown(examples.WORDS)],
    ),
)
@needs(Verb.PLAN_OUTAGES)
def preview_outage(request: Request, reference: str) -> Response:
    outage = outage_for(reference)
    if not outage.is_draft:
        raise Http404
    seen = outage_previews.preview(outage=outage, at=business_now())
    letters = [{"language": code, "subject": words.subject, "text": words.text} for code, _name, words in seen.letters]
    return Response(OutageWordsOutput({"reach": seen.reach, "letters": letters}).data)


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
