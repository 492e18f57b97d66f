"""Apply for gas, look at an application, and the list of them."""

from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework.request import Request
from rest_framework.response import Response

import connections.operations.applying
from accounts.api.endpoints import Doc, endpoint, refuses
from accounts.api.inputs import caller, read, read_query
from accounts.api.pages import page
from accounts.clock import business_now
from accounts.permissions import Forbidden
from casework import permissions, queries, references
from casework.api.idempotency import keyed
from casework.models import Channel
from connections.operations.applying import NobodyToReach, NoPlan, NowhereToConnect, Outside, Wish

from ..models import Application
from ..queries import applicants
from . import examples
from .inputs import ApplicationsQuery, ApplyInput
from .outputs import ApplicationDetailOutput, ApplicationOutput, ApplicationPageOutput


@endpoint(
    "POST",
    Doc(
        operation="apply_for_gas",
        tag="Connections",
        summary="Apply for gas",
        text="Accepted and numbered at once, whatever papers are missing; `papers` names all of them, `stages` the whole way with its "
        "days. The number of another system (`outside`) comes once: sent again, with whatever key, it answers 200 with the application "
        "that it made, as that is now. Customers apply for themselves; every employee for anybody.",
        body=ApplyInput,
        answers={201: ApplicationDetailOutput, 200: ApplicationDetailOutput},
        examples=[
            OpenApiExample("From the city's platform", examples.NEW, request_only=True),
            OpenApiExample("Accepted", examples.DETAIL, response_only=True, status_codes=["201"]),
            OpenApiExample("Known", examples.DETAIL, response_only=True, status_codes=["200"]),
        ],
    ),
)
@keyed
@refuses({NowhereToConnect: 422, NobodyToReach: 422, NoPlan: 422})
def apply_for_gas(request: Request) -> Response:
    given, at = read(ApplyInput, request), business_now()
    application = connections.operations.applying.apply(wish=_wish(request, given), by=caller(request), at=at)
    return application_answer(application, at=at, status=201 if application.case.opened_at == at else 200)


@endpoint(
    "GET",
    Doc(
        operation="get_application",
        tag="Connections",
        summary="An application for gas",
        text="Staff who handle cases see all of them; customers those of their household and those they sent themselves.",
        answers={200: ApplicationDetailOutput},
        problems=[404],
        examples=[OpenApiExample("An application", examples.DETAIL, response_only=True, status_codes=["200"])],
    ),
)
def get_application(request: Request, reference: str) -> Response:
    at = business_now()
    return application_answer(application_for(request, reference, at=at), at=at)


@endpoint(
    "GET",
    Doc(
        operation="list_applications",
        tag="Connections",
        summary="Applications for gas, the newest first",
        text="Staff who handle cases see all of them; customers their own. Another system finds its own by `outside_system` and "
        "`outside_number`.",
        query=ApplicationsQuery,
        answers={200: ApplicationPageOutput},
        examples=[
            OpenApiExample(
                "A page", {"next": None, "previous": None, "results": [examples.APPLICATION]}, response_only=True, status_codes=["200"]
            )
        ],
    ),
)
def list_applications(request: Request) -> Response:
    wanted, at = read_query(ApplicationsQuery, request), business_now()
    found = Application.objects.filter(case__in=permissions.visible_cases(caller(request), at))
    columns = {"status": "case__status", **{name: name for name in ("kind", "outside_system", "outside_number")}}
    found = found.filter(**{column: wanted[name] for name, column in columns.items() if name in wanted})
    if wanted["unfinished"] is not None:
        found = found.filter(case__closed_at__isnull=wanted["unfinished"])
    return page(request, found.select_related("case"), ApplicationOutput, ("-case__opened_at", "-pk"))


def application_for(request: Request, reference: str, *, at: datetime) -> Application:
    """An application the caller may see. What does not exist and what is not theirs look the same."""
    try:
        case = queries.get_case(references.tidy(reference), permissions.visible_cases(caller(request), at))
    except queries.CaseNotFound:
        raise Http404 from None
    found = Application.objects.select_related("policy", "territory").filter(case=case).first()
    if found is None:
        raise Http404
    found.case = case
    return found


def _wish(request: Request, given: dict[str, Any]) -> Wish:
    user = caller(request)
    names = ("kind", "place", "name", "phone", "organisation", "is_new_build", "is_one_stop", "wishes", "language")
    outside = given.get("outside")
    if outside and not user.is_staff:
        raise Forbidden(_("Only other systems and our staff send numbers of other systems."))
    return Wish(
        **{name: given[name] for name in names},
        appliances=given.get("appliances", {}),
        flow=given.get("flow_litres"),
        channel=given.get("channel", Channel.API) if user.is_staff else Channel.API,
        asker=None if user.is_staff else user,
        outside=Outside(outside["system"], outside["number"], outside.get("due_at")) if outside else None,
    )


def application_answer(application: Application, *, at: datetime, status: int = 200) -> Response:
    context = {"standing": applicants.standing(application, at=at)}
    return Response(ApplicationDetailOutput(application, context=context).data, status=status)
