"""What is done with interruptions: one url for each verb; the answer is the interruption as it is then."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import endpoint, needs, refuses
from accounts.api.inputs import caller, read
from accounts.clock import business_now
from accounts.roles import Verb
from casework.api.idempotency import keyed

from ..models import Outage
from ..operations import outage_plans, outage_runs
from ..operations.outage_plans import Plan
from .outage_docs import act_on, answer, doc_of
from .outage_inputs import AccidentInput, EndInput, OutageReasonInput, PlanInput, UntilInput, WhereInput
from .outage_problems import REFUSALS
from .outages import places_of


@endpoint("POST", doc_of("plan_outage", "Plan works (planners)", PlanInput, status=201))
@needs(Verb.PLAN_OUTAGES)
@keyed
@refuses(REFUSALS)
def plan_outage(request: Request) -> Response:
    given, at = read(PlanInput, request), business_now()
    plan = Plan(places=places_of(given["places"]), reason=given["reason"], starts_at=given["starts_at"], until=given["until"])
    return answer(outage_plans.plan_outage(plan=plan, by=caller(request), at=at), 201)


@endpoint("POST", doc_of("declare_accident", "Gas is off now (planners)", AccidentInput, status=201))
@needs(Verb.PLAN_OUTAGES)
@keyed
@refuses(REFUSALS)
def declare_accident(request: Request) -> Response:
    given, at = read(AccidentInput, request), business_now()
    plan = Plan(places=places_of(given["places"]), reason=given["reason"], starts_at=at, until=given["until"])
    return answer(outage_runs.declare_accident(plan=plan, by=caller(request), at=at), 201)


@endpoint("POST", doc_of("change_outage_plan", "Other hours, words or, before anybody was told, places (planners)", PlanInput))
@needs(Verb.PLAN_OUTAGES)
@refuses(REFUSALS)
def change_outage_plan(request: Request, reference: str) -> Response:
    given = read(PlanInput, request)
    plan = Plan(places=places_of(given["places"]), reason=given["reason"], starts_at=given["starts_at"], until=given["until"])
    return act_on(request, reference, lambda outage, when: outage_plans.change_plan(outage=outage, plan=plan, **when))


@endpoint("POST", doc_of("confirm_accident", "What reports propose is an accident, in these places (planners)", AccidentInput))
@needs(Verb.PLAN_OUTAGES)
@refuses(REFUSALS)
def confirm_accident(request: Request, reference: str) -> Response:
    given = read(AccidentInput, request)
    places = places_of(given["places"])

    def act(outage: Outage, when: dict[str, Any]) -> object:
        plan = Plan(places=places, reason=given["reason"], starts_at=when["at"], until=given["until"])
        return outage_runs.confirm_accident(outage=outage, plan=plan, **when)

    return act_on(request, reference, act)


@endpoint("POST", doc_of("announce_outage", "Tell everybody it touches, 48 hours before (planners)"))
@needs(Verb.PLAN_OUTAGES)
@refuses(REFUSALS)
def announce_outage(request: Request, reference: str) -> Response:
    return act_on(request, reference, lambda outage, when: outage_plans.announce(outage=outage, **when))


@endpoint("POST", doc_of("begin_outage", "The valves of announced works are closed (planners)"))
@needs(Verb.PLAN_OUTAGES)
@refuses(REFUSALS)
def begin_outage(request: Request, reference: str) -> Response:
    return act_on(request, reference, lambda outage, when: outage_runs.begin(outage=outage, **when))


@endpoint("POST", doc_of("promise_outage", "Tell customers another hour by which gas is back (planners)", UntilInput))
@needs(Verb.PLAN_OUTAGES)
@refuses(REFUSALS)
def promise_outage(request: Request, reference: str) -> Response:
    until = read(UntilInput, request)["until"]
    return act_on(request, reference, lambda outage, when: outage_runs.promise_again(outage=outage, until=until, **when))


@endpoint("POST", doc_of("widen_outage", "An accident touches more places: tell their customers too (planners)", WhereInput))
@needs(Verb.PLAN_OUTAGES)
@refuses(REFUSALS)
def widen_outage(request: Request, reference: str) -> Response:
    places = places_of(read(WhereInput, request)["places"])
    return act_on(request, reference, lambda outage, when: outage_runs.widen(outage=outage, places=places, **when))


@endpoint("POST", doc_of("end_outage", "Gas is on again (planners)", EndInput))
@needs(Verb.PLAN_OUTAGES)
@refuses(REFUSALS)
def end_outage(request: Request, reference: str) -> Response:
    restored_at = read(EndInput, request)["restored_at"]
    return act_on(request, reference, lambda outage, when: outage_runs.end(outage=outage, restored_at=restored_at, **when))


@endpoint("POST", doc_of("call_off_outage", "Nothing comes of planned works or of a proposal (planners)", OutageReasonInput))
@needs(Verb.PLAN_OUTAGES)
@refuses(REFUSALS)
def call_off_outage(request: Request, reference: str) -> Response:
    reason = read(OutageReasonInput, request)["reason"]
    return act_on(request, reference, lambda outage, when: outage_plans.call_off(outage=outage, reason=reason, **when))
