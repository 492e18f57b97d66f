"""Applications for services over the API."""

from datetime import datetime
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework.request import Request
from rest_framework.response import Response

import complaints.operations.service_applications
from accounts.api.acting import Acts
from accounts.api.endpoints import Doc, endpoint, refuses
from accounts.api.inputs import caller, read, read_query
from accounts.api.pages import page
from accounts.clock import business_now
from casework import operations, permissions
from casework.api.idempotency import keyed
from casework.api.lookups import case_for
from casework.models import Contact

from ..models import ServiceApplication
from ..operations import service_applications, service_course, triage
from ..operations.reception_ways import NobodyToAnswer
from ..operations.service_applications import NewService
from ..queries.reception_team import specialist_for
from ..service_items import TOPICS
from . import reception_examples as examples
from . import reception_inputs as inputs
from .reception_acting import check_version, colleague, desk_act, writer_of
from .reception_outputs import ServiceApplicationDetailOutput, ServiceApplicationOutput, ServiceApplicationPageOutput

REFUSALS: dict[type[Exception], int] = {
    **dict.fromkeys((operations.StaleRow, operations.WrongMove, operations.Ended, service_course.Incomplete), 409),
    **dict.fromkeys((operations.NothingSaid, operations.NobodyNamed, NobodyToAnswer, triage.NotThen), 422),
    **dict.fromkeys((service_applications.UnknownService, service_applications.NothingMissing, service_applications.AskedTwice), 422),
}


def service_for(request: Request, reference: str, *, at: datetime) -> ServiceApplication:
    """An application the caller may see; what does not exist and what is not theirs look the same."""
    case = case_for(request, reference, at=at)
    found = ServiceApplication.objects.select_related("territory", "specialist").filter(case=case).first()
    if found is None:
        raise Http404
    found.case = case
    return found


def _shown(request: Request, application: ServiceApplication, *, at: datetime) -> Response:
    return Response(ServiceApplicationDetailOutput(service_for(request, application.case.reference, at=at)).data)


_ACTS = Acts(
    tag="Reception",
    output=ServiceApplicationDetailOutput,
    example=("The application", examples.SERVICE_DETAIL),
    bodies=examples.BODIES,
    find=service_for,
    show=_shown,
)


@endpoint(
    "POST",
    Doc(
        operation="apply_for_service",
        tag="Reception",
        summary="Apply for a service",
        text="Taken whatever is missing; the client is asked for it once. The number of another system comes once: sent again it "
        "answers 200 with the application that it made.",
        body=inputs.ApplyForServiceInput,
        answers={201: ServiceApplicationDetailOutput, 200: ServiceApplicationDetailOutput},
        problems=[404],
        examples=[
            OpenApiExample("A new meter", examples.NEW_SERVICE, request_only=True),
            OpenApiExample("Taken", examples.SERVICE_DETAIL, response_only=True, status_codes=["201"]),
            OpenApiExample("Known", examples.SERVICE_DETAIL, response_only=True, status_codes=["200"]),
        ],
    ),
)
@keyed
@refuses(REFUSALS)
def apply_for_service(request: Request) -> Response:
    given, at = read(inputs.ApplyForServiceInput, request), business_now()
    known = {"details": given.get("details", {}), **{name: given[name] for name in ("service", "wishes")}}
    new = NewService(**known, **writer_of(request, given, at))
    application = complaints.operations.service_applications.apply_for_service(new=new, by=caller(request), at=at)
    return Response(ServiceApplicationDetailOutput(application).data, status=201 if application.case.opened_at == at else 200)


@endpoint(
    "GET",
    Doc(
        operation="list_service_applications",
        tag="Reception",
        summary="Applications for services, the newest first",
        text="Staff who handle cases see all of them; customers their own.",
        query=inputs.ServicesQuery,
        answers={200: ServiceApplicationPageOutput},
        examples=[
            OpenApiExample(
                "A page", {"next": None, "previous": None, "results": [examples.SERVICE]}, response_only=True, status_codes=["200"]
            )
        ],
    ),
)
def list_service_applications(request: Request) -> Response:
    wanted, at = read_query(inputs.ServicesQuery, request), business_now()
    found = ServiceApplication.objects.filter(case__in=permissions.visible_cases(caller(request), at))
    columns = {"status": "case__status", **{name: name for name in ("service", "outside_system", "outside_number")}}
    found = found.filter(**{column: wanted[name] for name, column in columns.items() if name in wanted})
    if wanted["unfinished"] is not None:
        found = found.filter(case__closed_at__isnull=wanted["unfinished"])
    return page(request, found.select_related("case"), ServiceApplicationOutput, ("-case__opened_at", "-pk"))


@endpoint("GET", _ACTS.doc("get_service_application", "One application for a service"))
def get_service_application(request: Request, reference: str) -> Response:
    at = business_now()
    return _shown(request, service_for(request, reference, at=at), at=at)


@endpoint("POST", _ACTS.doc("give_service_details", "Say what was missing", inputs.GiveDetailsInput))
@keyed
@refuses(REFUSALS)
def give_details(request: Request, reference: str) -> Response:
    given = read(inputs.GiveDetailsInput, request)
    means = given["means"] if caller(request).is_staff else Contact.Means.CABINET

    def act(application: ServiceApplication, when: dict[str, Any]) -> None:
        check_version(application, given)
        service_applications.give_details(application=application, details=given["details"], means=means, **when)

    return _ACTS.act_on(request, reference, act)


def _route(application: ServiceApplication, given: dict[str, Any], when: dict[str, Any]) -> None:
    topic, territory = TOPICS[application.service], application.territory
    to = colleague(given["to"]) if "to" in given else specialist_for(topic, territory, at=when["at"])
    if to is None:
        raise operations.NobodyNamed
    service_course.route(application=application, to=to, **when)


_act = desk_act(_ACTS, REFUSALS)
missing = _act(
    "ask_for_missing",
    "Ask the client for everything that is missing",
    inputs.AskForMissingInput,
    lambda a, g, w: service_applications.ask_for_missing(application=a, **g, **w),
)
route = _act("route_service", "Give a complete application to the specialist in charge", inputs.RouteServiceInput, _route)
agree = _act(
    "agree_service_time",
    "Write down the time agreed with the client",
    inputs.AgreeServiceInput,
    lambda a, g, w: service_course.agree(application=a, **g, **w),
)
finish = _act(
    "finish_service",
    "Say that a service was done",
    inputs.FinishServiceInput,
    lambda a, g, w: service_course.finish(application=a, **g, **w),
)
