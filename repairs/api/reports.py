"""Report a fault, judge one, look at one, and the list of those that wait for a look."""

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework.request import Request
from rest_framework.response import Response

import repairs.operations.reporting
from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import caller, read
from accounts.clock import business_now
from accounts.phones import read_phone
from accounts.roles import Verb
from casework.api.idempotency import keyed_by_its_act
from casework.api.lookups import account_for
from casework.models import Channel
from repairs.operations.reporting import NoPlace, Report

from .. import permissions, triage, wording
from ..queries import reports
from ..sources import NOBODY, Source
from . import examples
from .inputs import ReportInput, TriageInput
from .lookups import repair_answer, repair_for
from .outputs import RepairOutput, RepairsOutput, VerdictOutput


@endpoint(
    "POST",
    Doc(
        operation="report_repair",
        tag="Repairs",
        summary="Report a fault",
        text="Stored whatever happens, and ordered at once: a crew is asked for before this answers. Only three things keep a crew at "
        "home, and `reasons` says which: too many reports from one source (`held`), a place outside our area, or nothing (`reported`). "
        "Customers report for themselves; staff for anybody, a passer-by without an account too.",
        body=ReportInput,
        answers={201: RepairOutput},
        problems=[404],
        examples=[
            OpenApiExample("A leak at home", examples.NEW, request_only=True),
            OpenApiExample("A passer-by", examples.PASSER_BY, request_only=True),
            OpenApiExample("Ordered", examples.REPAIR, response_only=True, status_codes=["201"]),
        ],
    ),
)
@keyed_by_its_act
@refuses({NoPlace: 422})
def report_repair(request: Request) -> Response:
    given, at = read(ReportInput, request), business_now()
    permissions.check_may_report(caller(request), at=at)
    account = account_for(request, given["account"], at=at) if "account" in given else None
    report = Report(account=account, **_place(given), **_reporter(request, given))
    repair = repairs.operations.reporting.report(report=report, by=caller(request), at=at)
    return repair_answer(request, repair, at=at, status=201)


def _place(given: dict[str, Any]) -> dict[str, Any]:
    point = (given["latitude"], given["longitude"]) if "latitude" in given else None
    names = ("fault", "text", "place", "language")
    return {"point": point, "answers": dict(given.get("answers", {})), **{name: given[name] for name in names}}


def _reporter(request: Request, given: dict[str, Any]) -> dict[str, Any]:
    """Customers report for themselves and are counted; staff write for many people."""
    user = caller(request)
    if not user.is_staff:
        phone = str(user.phone or "")
        return {"channel": Channel.API, "asker": user, "phone": phone, "source": Source(phone=phone, device=user.actor_label)}
    read_as = read_phone(given["phone"])
    names = ("name", "urgency", "classification")
    return {
        "channel": given.get("channel", Channel.API),
        "phone": read_as,
        "unread_phone": "" if read_as else given["phone"],
        "source": NOBODY,
        **{name: given[name] for name in names},
    }


@endpoint(
    "POST",
    Doc(
        operation="judge_fault",
        tag="Repairs",
        summary="How urgent a fault is, and why (staff)",
        text="Nothing is stored. What is not answered counts as not known, and a leak of which something is not known is an emergency.",
        body=TriageInput,
        answers={200: VerdictOutput},
        examples=[
            OpenApiExample("A leak that hisses", examples.TRIAGE, request_only=True),
            OpenApiExample("An emergency", examples.VERDICT, response_only=True, status_codes=["200"]),
        ],
    ),
)
@needs(Verb.HANDLE_CASES)
def judge_fault(request: Request) -> Response:
    given = read(TriageInput, request)
    found = triage.judge(given["fault"], given.get("answers", {}))
    why = wording.reasons_in_words(found.reasons)
    return Response(
        {
            "urgency": found.urgency,
            "classification": found.classification,
            "skill": found.skill,
            "reasons": list(found.reasons),
            "why": why,
        }
    )


@endpoint(
    "GET",
    Doc(
        operation="get_repair",
        tag="Repairs",
        summary="A repair",
        text="Staff who handle cases see all of them; customers those of their household and those they reported themselves.",
        answers={200: RepairOutput},
        problems=[404],
        examples=[OpenApiExample("A leak", examples.REPAIR, response_only=True, status_codes=["200"])],
    ),
)
def get_repair(request: Request, reference: str) -> Response:
    at = business_now()
    return repair_answer(request, repair_for(request, reference, at=at), at=at)


@endpoint(
    "GET",
    Doc(
        operation="list_waiting_reports",
        tag="Repairs",
        summary="Reports for which nobody is sent yet (staff)",
        text="Set aside because one source sent many, outside our area, or only written down. The oldest first, at most 100.",
        answers={200: RepairsOutput},
        examples=[OpenApiExample("One", {"results": [examples.STAFF_REPAIR]}, response_only=True, status_codes=["200"])],
    ),
)
@needs(Verb.HANDLE_CASES)
def list_waiting(request: Request) -> Response:
    return Response(RepairsOutput({"results": reports.waiting().select_related("follows__case", "case__timeline")[:100]}).data)
