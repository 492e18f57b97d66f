"""What is done with interruptions: one url for each verb; the answer is the interruption as it is then."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read
from accounts.clock import business_now
from accounts.roles import Verb
from casework import references
from casework.api.idempotency import keyed
from casework.models import Case
from casework.operations import StaleRow, WrongMove

from ..models import CallTask, Outage, OutageWish
from ..operations import outage_calls, outage_exceptions, outage_plans, outage_refusals, outage_runs, outage_tickets
from ..operations.outage_plans import Plan
from ..queries.outages import PublicLine, place_names
from . import outage_examples as examples
from .outage_outputs import OutageCallOutput, OutageOutput
from .outages import WhereInput, outage_for, places_of, shown

#: 409 where looking again may help, 422 where it will not.
REFUSALS: dict[type[Exception], int] = {
    StaleRow: 409,
    WrongMove: 409,
    outage_refusals.CallTaken: 409,
    outage_refusals.AlreadyAsked: 409,
    outage_refusals.NothingToDecide: 409,
    outage_refusals.NotAttachable: 409,
    outage_refusals.TooEarly: 409,
    outage_refusals.NoticeTooLate: 409,
    outage_refusals.NightRestoration: 409,
    outage_refusals.BadPlan: 422,
}


class AccidentInput(Input):
    """Gas is off now, here, for this reason (in words for customers), and back by `until`."""

    places = serializers.ListField(child=serializers.IntegerField(min_value=1), min_length=1, max_length=200)
    reason = serializers.CharField(max_length=300)
    until = serializers.DateTimeField()


class PlanInput(AccidentInput):
    """Planned works: gas is off from `starts_at`."""

    starts_at = serializers.DateTimeField()


class UntilInput(Input):
    """Another hour by which gas is back."""

    until = serializers.DateTimeField()


class EndInput(Input):
    """Since when gas is on again; not later than now."""

    restored_at = serializers.DateTimeField()


class OutageReasonInput(Input):
    """In a few words."""

    reason = serializers.CharField(max_length=300)


class ExceptionInput(OutageReasonInput):
    """What another person is asked to agree to."""

    what = serializers.ChoiceField(OutageWish.What.choices)


class DecisionInput(Input):
    """A sentence with the decision; needed to refuse."""

    decision = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class TicketInput(Input):
    """The reference of a repair."""

    case = serializers.CharField(max_length=16)


class CallInput(Input):
    """What came of a call; `attempts` as it was shown, so that of two who ring at once the second is told."""

    result = serializers.ChoiceField([CallTask.Result.REACHED, CallTask.Result.NOT_REACHED])
    attempts = serializers.IntegerField(min_value=0, max_value=1000)
    note = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


def _doc(operation: str, summary: str, body: type[Input] | None = None, *, status: int = 200, example: Any = None) -> Doc:
    sent = example or examples.BODIES.get(operation)
    asked = [OpenApiExample(summary, sent, request_only=True)] if sent else []
    return Doc(
        operation=operation,
        tag="Interruptions",
        summary=summary,
        body=body,
        answers={status: OutageOutput},
        problems=[404],
        examples=[shown(examples.OUTAGE, str(status)), *asked],
    )


def _answer(outage: Outage, status: int = 200) -> Response:
    names = place_names(list(outage.territories.all()))
    return Response(OutageOutput(PublicLine(outage, list(names.values()))).data, status=status)


def _do(request: Request, reference: str, act: Callable[[Outage, dict[str, Any]], object]) -> Response:
    """One call on an interruption; the interruption as it is then."""
    outage = outage_for(reference)
    act(outage, {"by": caller(request), "at": business_now()})
    return _answer(outage_for(reference))


@endpoint("POST", _doc("plan_outage", "Plan works (planners)", PlanInput, status=201, example=examples.PLAN))
@needs(Verb.PLAN_OUTAGES)
@keyed
@refuses(REFUSALS)
def plan_outage(request: Request) -> Response:
    given, at = read(PlanInput, request), business_now()
    plan = Plan(places=places_of(given["places"]), reason=given["reason"], starts_at=given["starts_at"], until=given["until"])
    return _answer(outage_plans.plan_outage(plan=plan, by=caller(request), at=at), 201)


@endpoint("POST", _doc("declare_accident", "Gas is off now (planners)", AccidentInput, status=201, example=examples.ACCIDENT))
@needs(Verb.PLAN_OUTAGES)
@keyed
@refuses(REFUSALS)
def declare_accident(request: Request) -> Response:
    given, at = read(AccidentInput, request), business_now()
    plan = Plan(places=places_of(given["places"]), reason=given["reason"], starts_at=at, until=given["until"])
    return _answer(outage_runs.declare_accident(plan=plan, by=caller(request), at=at), 201)


@endpoint("POST", _doc("announce_outage", "Tell everybody it touches, 48 hours before (planners)"))
@needs(Verb.PLAN_OUTAGES)
@refuses(REFUSALS)
def announce_outage(request: Request, reference: str) -> Response:
    return _do(request, reference, lambda outage, when: outage_plans.announce(outage=outage, **when))


@endpoint("POST", _doc("begin_outage", "The valves of announced works are closed (planners)"))
@needs(Verb.PLAN_OUTAGES)
@refuses(REFUSALS)
def begin_outage(request: Request, reference: str) -> Response:
    return _do(request, reference, lambda outage, when: outage_runs.begin(outage=outage, **when))


@endpoint("POST", _doc("promise_outage", "Tell customers another hour by which gas is back (planners)", UntilInput))
@needs(Verb.PLAN_OUTAGES)
@refuses(REFUSALS)
def promise_outage(request: Request, reference: str) -> Response:
    until = read(UntilInput, request)["until"]
    return _do(request, reference, lambda outage, when: outage_runs.promise_again(outage=outage, until=until, **when))


@endpoint(
    "POST",
    _doc("widen_outage", "An accident touches more places: tell their customers too (planners)", WhereInput, example={"places": [43]}),
)
@needs(Verb.PLAN_OUTAGES)
@refuses(REFUSALS)
def widen_outage(request: Request, reference: str) -> Response:
    places = places_of(read(WhereInput, request)["places"])
    return _do(request, reference, lambda outage, when: outage_runs.widen(outage=outage, places=places, **when))


@endpoint("POST", _doc("end_outage", "Gas is on again (planners)", EndInput))
@needs(Verb.PLAN_OUTAGES)
@refuses(REFUSALS)
def end_outage(request: Request, reference: str) -> Response:
    restored_at = read(EndInput, request)["restored_at"]
    return _do(request, reference, lambda outage, when: outage_runs.end(outage=outage, restored_at=restored_at, **when))


@endpoint("POST", _doc("call_off_outage", "Nothing comes of planned works or of a proposal (planners)", OutageReasonInput))
@needs(Verb.PLAN_OUTAGES)
@refuses(REFUSALS)
def call_off_outage(request: Request, reference: str) -> Response:
    reason = read(OutageReasonInput, request)["reason"]
    return _do(request, reference, lambda outage, when: outage_plans.call_off(outage=outage, reason=reason, **when))


@endpoint("POST", _doc("ask_outage_exception", "Ask another person to agree to less notice, or to gas on at night", ExceptionInput))
@needs(Verb.PLAN_OUTAGES)
@refuses(REFUSALS)
def ask_exception(request: Request, reference: str) -> Response:
    given = read(ExceptionInput, request)
    return _do(request, reference, lambda outage, when: outage_exceptions.ask_exception(outage=outage, **given, **when))


@endpoint("POST", _doc("approve_outage_exception", "Agree to an exception that somebody else asked for (approvers)", DecisionInput))
@needs(Verb.APPROVE_OUTAGES)
@refuses(REFUSALS)
def approve_exception(request: Request, reference: str, wish: int) -> Response:
    decision = read(DecisionInput, request)["decision"]
    return _decide(request, reference, wish, lambda found, when: outage_exceptions.approve_exception(wish=found, decision=decision, **when))


@endpoint("POST", _doc("refuse_outage_exception", "Do not agree, and say why (approvers)", DecisionInput))
@needs(Verb.APPROVE_OUTAGES)
@refuses(REFUSALS)
def refuse_exception(request: Request, reference: str, wish: int) -> Response:
    decision = read(DecisionInput, request)["decision"]
    return _decide(request, reference, wish, lambda found, when: outage_exceptions.refuse_exception(wish=found, decision=decision, **when))


def _decide(request: Request, reference: str, wish: int, act: Callable[[OutageWish, dict[str, Any]], object]) -> Response:
    found = OutageWish.objects.select_related("outage__timeline").filter(pk=wish, outage=outage_for(reference)).first()
    if found is None:
        raise Http404
    act(found, {"by": caller(request), "at": business_now()})
    return _answer(outage_for(reference))


@endpoint("POST", _doc("attach_outage_ticket", "Say that a repair belongs to an interruption (staff)", TicketInput))
@needs(Verb.HANDLE_CASES)
@refuses(REFUSALS)
def attach_ticket(request: Request, reference: str) -> Response:
    case = Case.objects.filter(reference=references.tidy(read(TicketInput, request)["case"])).select_related("timeline").first()
    if case is None:
        raise Http404
    return _do(request, reference, lambda outage, when: outage_tickets.attach(outage=outage, case=case, **when))


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
