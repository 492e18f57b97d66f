"""The crew's device: its visits, what was done on them, now or later, pictures, and where it is."""

from datetime import datetime
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework.decorators import parser_classes, throttle_classes
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint, header, needs, refuses
from accounts.api.inputs import Input, caller, read
from accounts.api.parsers import FileParser
from accounts.api.throttles import Uploads, Users
from accounts.clock import business_now
from accounts.roles import Verb
from casework.api.idempotency import key_of
from casework.operations import NotTaken

from .. import permissions, queries, skew
from ..models import Visit
from ..operations import photos, positions, syncing
from ..queries import phones
from . import phone_examples as examples
from .phone_inputs import (
    FinishInput,
    FoundInput,
    MeterInput,
    PhotoInput,
    PositionInput,
    ReasonInput,
    SignInput,
    SyncInput,
    WorkInput,
    deed_of,
    findings,
    round_trip,
    short_key,
    told_of,
)
from .phone_outputs import HeardOutput, PhoneVisitOutput, PhoneVisitsOutput, PhotoOutput, SyncedOutput

_TAG = "Crews' devices"
_KEY = header(
    "Idempotency-Key",
    "1 to 80 printable characters, new for each deed (a UUID is fine). Sent again with the same key, a deed is not done again and gets the "
    "same answer; a refusal stays one.",
    required=True,
)


@endpoint(
    "GET",
    Doc(
        operation="list_crew_visits",
        tag=_TAG,
        summary="The visits of the caller's crew",
        text="What it is asked to take and what it has, due first on top; and what it ended in the last 12 hours.",
        answers={200: PhoneVisitsOutput},
        examples=[OpenApiExample("Visits", {"results": [examples.VISIT]}, response_only=True, status_codes=["200"])],
    ),
)
@needs(Verb.VISIT)
def list_crew_visits(request: Request) -> Response:
    return Response({"results": _mine(request, business_now())})


@endpoint(
    "GET",
    Doc(
        operation="get_crew_visit",
        tag=_TAG,
        summary="A visit that the caller's crew has or was asked to take",
        answers={200: PhoneVisitOutput},
        problems=[404],
        examples=[OpenApiExample("A visit", examples.VISIT, response_only=True, status_codes=["200"])],
    ),
)
@needs(Verb.VISIT)
def get_crew_visit(request: Request, visit: int) -> Response:
    return _shown(request, visit, business_now())


def _step(verb: str, summary: str, body: type[Input] = FoundInput, text: str = "") -> Any:
    """The endpoint of one deed; the answer is the visit as it is then."""

    @needs(Verb.VISIT)
    @refuses({syncing.Refused: 409})
    def act(request: Request, visit: int) -> Response:
        at, key, given = business_now(), short_key(key_of(request)), read(body, request)
        _visit(request, visit, at)
        syncing.do_now(deed=deed_of(visit, verb, given), key=key, by=caller(request), at=at)
        return _shown(request, visit, at)

    act.headers, act.refused = (_KEY,), {400, 409, 428}  # type: ignore[attr-defined]
    shown = [OpenApiExample(summary, examples.BODIES[verb], request_only=True)]
    doc = Doc(
        operation=f"crew_{verb}",
        tag=_TAG,
        summary=summary,
        text=text,
        body=body,
        answers={200: PhoneVisitOutput},
        problems=[404],
        examples=shown,
    )
    return endpoint("POST", doc)(act)


accept = _step("accept", "Take an offered visit on")
decline = _step("decline", "Refuse an offered visit: the next crew is asked", ReasonInput)
set_off = _step("set_off", "On the way")
arrive = _step("arrive", "At the door: what promises of arrival listen to")
made_safe = _step("made_safe", "No danger any more")
restored = _step("restored", "Gas is back at this door")
evidence = _step("evidence", "A place, a reading, a note or pictures, without a step")
work = _step("work", "A part that was built in, or minutes of labour", WorkInput)
read_meter = _step(
    "read_meter",
    "What the meter shows",
    MeterInput,
    "Only where the account is billed by its meter's reading. It goes to billing like a reading of the household; a doubtful one waits "
    "for somebody there.",
)
sign = _step("sign", "The customer signed", SignInput, "By the code that only the customer is shown, or by a drawing sent as a picture.")
finish = _step("finish", "The crew has done what it could", FinishInput)
find_nobody = _step("find_nobody", "Nobody opened")
give_back = _step("give_back", "The crew cannot go, or not go on", ReasonInput)


@endpoint(
    "POST",
    Doc(
        operation="sync_crew",
        tag=_TAG,
        summary="What was done without signal",
        text="At most 200 deeds in the order in which they were done; each is done once, however often it is sent. How wrong the device's "
        "clock is follows from `device_now`; moments are corrected by it, and are never in the future nor before the visit was offered. "
        "What is not possible any more (another crew has the visit) is refused with the reason and shown to the dispatcher; readings, "
        "notes and pictures that came with it are kept.",
        body=SyncInput,
        answers={200: SyncedOutput},
        examples=[
            OpenApiExample("Arrived six minutes ago; the clock is three hours ahead", examples.BATCH, request_only=True),
            OpenApiExample("Done", examples.SYNCED, response_only=True, status_codes=["200"]),
        ],
    ),
)
@needs(Verb.VISIT)
def sync_crew(request: Request) -> Response:
    at, given = business_now(), read(SyncInput, request)
    ahead = skew.skew_of(given["device_now"], round_trip(given), at)
    heard = syncing.take_in(told=[told_of(one) for one in given["actions"]], ahead=ahead, by=caller(request), at=at)
    results = HeardOutput(heard, many=True).data
    return Response({"received_at": at, "ahead_ms": round(ahead.total_seconds() * 1000), "results": results, "visits": _mine(request, at)})


@endpoint(
    "POST",
    Doc(
        operation="send_crew_photo",
        tag=_TAG,
        summary="A picture from a visit",
        text="As multipart/form-data, before or after the deed that names its key. Sent again it is kept once; the same bytes under "
        "another key too. Counted with other files: 60 a minute unless set otherwise.",
        body=PhotoInput,
        answers={200: PhotoOutput},
        problems=[404, 413],
        examples=[
            OpenApiExample(
                "A picture",
                {"key": examples.PHOTO["key"], "visit": 4711, "file": "(bytes of hose.jpg)"},
                request_only=True,
                media_type="multipart/form-data",
            ),
            OpenApiExample("Kept", examples.PHOTO, response_only=True, status_codes=["200"]),
        ],
    ),
)
@parser_classes([FileParser])
@throttle_classes([Users, Uploads])
@needs(Verb.VISIT)
@refuses({photos.AnotherPhoto: 422, NotTaken: 422})
def send_crew_photo(request: Request) -> Response:
    at, given = business_now(), read(PhotoInput, request)
    visit = _visit(request, given["visit"], at)
    row = photos.take_photo(visit=visit, key=given["key"], file=given["file"], by=caller(request), at=at)
    return Response(PhotoOutput(row).data)


@endpoint(
    "POST",
    Doc(
        operation="send_crew_position",
        tag=_TAG,
        summary="Where the device is now",
        text="Only the last place is kept: we look for the nearest crew, we do not follow people.",
        body=PositionInput,
        answers={204: None},
        examples=[OpenApiExample("Here", {"latitude": 34.8601, "longitude": 118.0655, "accuracy": 8}, request_only=True)],
    ),
)
@needs(Verb.VISIT)
def send_crew_position(request: Request) -> Response:
    given = read(PositionInput, request)
    positions.note_position(found=findings(given), by=caller(request), at=business_now())
    return Response(status=204)


def _visit(request: Request, key: int, at: datetime) -> Visit:
    visit = phones.visit_for_phone(permissions.reported_visits(caller(request), at), key)
    if visit is None:
        raise Http404
    return visit


def _shown(request: Request, key: int, at: datetime) -> Response:
    return Response(PhoneVisitOutput(_visit(request, key, at)).data)


def _mine(request: Request, at: datetime) -> Any:
    crew = queries.crews_of(caller(request), at).first()
    if crew is None:
        raise syncing.NotInCrew
    return PhoneVisitOutput(phones.visits_of_crew(crew, at), many=True).data
