"""The works of a connection for crews in the field: the log, built, defects, mended, checked, passed, gas on. Each answers all of it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework.decorators import parser_classes, throttle_classes
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read
from accounts.api.parsers import FileParser, JSONParser
from accounts.api.throttles import Uploads, Users
from accounts.clock import business_now
from accounts.operations.accounts import DoorTaken
from accounts.operations.customers import BadIdentityNumber
from accounts.operations.meters import MeterInUse
from accounts.roles import Verb
from billing.refusals import NoPrepaidMeter
from casework.api.idempotency import keyed
from casework.operations import Ended, NotTaken, StaleRow, WrongMove

from ..models import Application, Defect
from ..operations import gas_on, inspections, works
from ..queries.works import works_of
from . import works_examples as examples
from .applications import application_for
from .works_inputs import CheckInput, FailInput, GasOnInput, LogInput, found_of, supply_of
from .works_outputs import WorksOutput, shown

OVER = {Ended: 409, StaleRow: 409, WrongMove: 409}


def works_doc(
    operation: str, summary: str, *, text: str = "", body: type[Input] | None = None, example: Any = None, status: int = 200
) -> Doc:
    sent = [OpenApiExample("As a crew sends it", example, request_only=True)] if body else []
    if body is LogInput:
        photo = {**example, "file": "(bytes of trench.jpg)"}
        sent.append(OpenApiExample("With a photo", photo, request_only=True, media_type="multipart/form-data"))
    answer = OpenApiExample("The works", examples.WORKS, response_only=True, status_codes=[str(status)])
    return Doc(
        operation=operation,
        tag="Connections",
        summary=summary,
        text=text,
        body=body,
        answers={status: WorksOutput},
        problems=[404],
        examples=[*sent, answer],
    )


@endpoint("GET", works_doc("get_works", "The works of an application: order, log, defects, gas on (staff)"))
@needs(Verb.HANDLE_CASES)
def get_works(request: Request, reference: str) -> Response:
    return works_answer(application_for(request, reference, at=business_now()))


@endpoint(
    "POST",
    works_doc(
        "log_works",
        "Write the construction log (staff)",
        text="With one photo as multipart/form-data; more with more entries.",
        body=LogInput,
        example=examples.ENTRY,
        status=201,
    ),
)
@parser_classes([JSONParser, FileParser])
@throttle_classes([Users, Uploads])
@needs(Verb.HANDLE_CASES)
@keyed
@refuses({works.NothingOrdered: 409, Ended: 409, NotTaken: 422})
def log_works(request: Request, reference: str) -> Response:
    at, given = business_now(), read(LogInput, request)
    application = application_for(request, reference, at=at)
    photos = [given["file"]] if given.get("file") is not None else []
    works.log(application=application, text=given["text"], photos=photos, is_shown=given["is_shown"], by=caller(request), at=at)
    return works_answer(application, status=201)


@endpoint("POST", works_doc("report_built", "Say that it is built, and waits for its inspection (staff)"))
@needs(Verb.HANDLE_CASES)
@keyed
@refuses({works.NothingOrdered: 409, works.NotReadyYet: 409, **OVER})
def report_built(request: Request, reference: str) -> Response:
    return _act(request, reference, works.report_built)


@endpoint(
    "POST",
    works_doc(
        "name_defects",
        "The acceptance failed: the whole list (inspectors, engineers)",
        text="The applicant is told all of it at once. A critical one keeps the gas off until it is mended and checked.",
        body=FailInput,
        example=examples.FOUND,
        status=201,
    ),
)
@needs(Verb.INSPECT_WORKS)
@keyed
@refuses({inspections.NotInspected: 409, inspections.NothingFound: 422, inspections.DueInThePast: 422, **OVER})
def name_defects(request: Request, reference: str) -> Response:
    at, given = business_now(), read(FailInput, request)
    application = application_for(request, reference, at=at)
    inspections.fail(application=application, found=found_of(application, given), by=caller(request), at=at)
    return works_answer(application, status=201)


@endpoint("POST", works_doc("mend_defect", "Say that a defect is mended (staff)", text="Said again it changes nothing."))
@needs(Verb.HANDLE_CASES)
@keyed
@refuses(OVER)
def mend_defect(request: Request, reference: str, defect: str) -> Response:
    at = business_now()
    application = application_for(request, reference, at=at)
    inspections.mend(defect=_defect(application, defect), by=caller(request), at=at)
    return works_answer(application)


@endpoint(
    "POST",
    works_doc(
        "check_defect", "Look at what was mended: good, or once more (inspectors, engineers)", body=CheckInput, example=examples.CHECK
    ),
)
@needs(Verb.INSPECT_WORKS)
@keyed
@refuses({inspections.NotMended: 409, **OVER})
def check_defect(request: Request, reference: str, defect: str) -> Response:
    at, given = business_now(), read(CheckInput, request)
    application = application_for(request, reference, at=at)
    seen = given["version"]
    inspections.check(defect=_defect(application, defect), is_good=given["is_good"], seen=seen, by=caller(request), at=at)
    return works_answer(application)


@endpoint("POST", works_doc("pass_acceptance", "The acceptance is passed (inspectors)", text="Refused while a critical defect is open."))
@needs(Verb.INSPECT_WORKS)
@keyed
@refuses({inspections.CriticalOpen: 409, **OVER})
def pass_acceptance(request: Request, reference: str) -> Response:
    return _act(request, reference, inspections.accept)


@endpoint(
    "POST",
    works_doc(
        "let_gas_in",
        "Gas on: account, meter and supply contract in one act (inspectors, engineers)",
        text="Refused while a critical defect is open. Sent again, with whatever key, it answers what the first one made.",
        body=GasOnInput,
        example=examples.GAS_ON,
        status=201,
    ),
)
@needs(Verb.LET_GAS_IN)
@keyed
@refuses({inspections.CriticalOpen: 409, gas_on.NotReady: 409, DoorTaken: 409, MeterInUse: 409, **OVER})
@refuses({gas_on.WhoAndWhere: 422, NoPrepaidMeter: 422, BadIdentityNumber: 422})
def let_gas_in(request: Request, reference: str) -> Response:
    at, given = business_now(), read(GasOnInput, request)
    application = application_for(request, reference, at=at)
    gas_on.let_gas_in(application=application, supply=supply_of(application, given), by=caller(request), at=at)
    return works_answer(application, status=201)


def _act(request: Request, reference: str, act: Callable[..., object]) -> Response:
    at = business_now()
    application = application_for(request, reference, at=at)
    act(application=application, by=caller(request), at=at)
    return works_answer(application)


def _defect(application: Application, key: str) -> Defect:
    found = application.defects.filter(pk=int(key)).first()
    if found is None:
        raise Http404
    found.application = application
    return found


def works_answer(application: Application, *, status: int = 200) -> Response:
    return Response(shown(works_of(application)), status=status)
