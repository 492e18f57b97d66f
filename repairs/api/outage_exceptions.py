"""Exceptions over the API: ask somebody else to agree, and decide."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import endpoint, needs, refuses
from accounts.api.inputs import caller, read
from accounts.clock import business_now
from accounts.roles import Verb

from ..models import OutageWish
from ..operations import outage_exceptions
from .outage_docs import act_on, answer, doc_of
from .outage_inputs import DecisionInput, ExceptionInput
from .outage_problems import REFUSALS
from .outages import outage_for


@endpoint("POST", doc_of("ask_outage_exception", "Ask another person to agree to less notice, or to gas on at night", ExceptionInput))
@needs(Verb.PLAN_OUTAGES)
@refuses(REFUSALS)
def ask_exception(request: Request, reference: str) -> Response:
    given = read(ExceptionInput, request)
    return act_on(request, reference, lambda outage, when: outage_exceptions.ask_exception(outage=outage, **given, **when))


@endpoint("POST", doc_of("approve_outage_exception", "Agree to an exception that somebody else asked for (approvers)", DecisionInput))
@needs(Verb.APPROVE_OUTAGES)
@refuses(REFUSALS)
def approve_exception(request: Request, reference: str, wish: int) -> Response:
    decision = read(DecisionInput, request)["decision"]
    return _decide(request, reference, wish, lambda found, when: outage_exceptions.approve_exception(wish=found, decision=decision, **when))


@endpoint("POST", doc_of("refuse_outage_exception", "Do not agree, and say why (approvers)", DecisionInput))
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
    return answer(outage_for(reference))
