"""The order to build over the API: sent on by the hall, given out by engineering, conditions of a main line. Each answers the works."""

from datetime import datetime
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read
from accounts.clock import business_now
from accounts.roles import Verb
from casework.api.idempotency import keyed

from ..models import WorksOrder
from ..operations import works
from ..operations.stages import DayGone
from ..queries.works import installers
from . import works_examples as examples
from .applications import application_for
from .works import OVER, works_answer, works_doc

_REFUSALS = {works.NothingOrdered: 409, works.DispatchedBefore: 409, works.NoInstaller: 422, works.DayMissing: 422, DayGone: 422, **OVER}


class SendOutInput(Input):
    """Who builds it, and for when it is planned: that is agreed for businesses and private networks, else the rules say."""

    installer = serializers.CharField(max_length=8, required=False, default="", help_text="staff number of an installer or engineer")
    planned_for = serializers.DateTimeField(required=False, allow_null=True, default=None)


class DispatchInput(SendOutInput):
    """The same, or to engineering, which gives it out when work starts on the next day."""

    to = serializers.ChoiceField(WorksOrder.To.choices)


@endpoint("POST", works_doc("dispatch_order", "The hall sends the order on (staff)", body=DispatchInput, example=examples.DISPATCH))
@needs(Verb.HANDLE_CASES)
@keyed
@refuses(_REFUSALS)
def dispatch_order(request: Request, reference: str) -> Response:
    at, given = business_now(), read(DispatchInput, request)
    application = application_for(request, reference, at=at)
    works.dispatch(application=application, to=given["to"], **_builder(given, at), by=caller(request), at=at)
    return works_answer(application)


@endpoint("POST", works_doc("send_order_out", "Engineering gives the order out (staff)", body=SendOutInput, example=examples.SEND_OUT))
@needs(Verb.HANDLE_CASES)
@keyed
@refuses(_REFUSALS)
def send_order_out(request: Request, reference: str) -> Response:
    at, given = business_now(), read(SendOutInput, request)
    application = application_for(request, reference, at=at)
    works.send_out(application=application, **_builder(given, at), by=caller(request), at=at)
    return works_answer(application)


@endpoint("POST", works_doc("note_conditions", "The conditions of a building's main line are there (staff)", text="Its five days begin."))
@needs(Verb.HANDLE_CASES)
@keyed
@refuses(_REFUSALS)
def note_conditions(request: Request, reference: str) -> Response:
    at = business_now()
    application = application_for(request, reference, at=at)
    works.tell_ready(application=application, by=caller(request), at=at)
    return works_answer(application)


def _builder(given: dict[str, Any], at: datetime) -> dict[str, Any]:
    """As the operations take it: nobody, where none is named or may build."""
    found = installers(at).filter(number=given["installer"]).first() if given["installer"] else None
    return {"installer": found, "planned_for": given["planned_for"]}
