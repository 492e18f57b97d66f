"""Announcements over the API: what everybody may read, and what whoever announces does."""

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework.decorators import permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.acting import Acts
from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import caller, read
from accounts.clock import business_now
from accounts.models import Territory
from accounts.roles import Verb
from casework.api.idempotency import keyed
from casework.operations import StaleRow, WrongMove

from ..models import Announcement
from ..operations import announcements
from ..operations.announcement_refusals import BadAnnouncement
from ..operations.announcements import Draft, Words
from ..queries import announcements as found
from .announcement_inputs import AnnouncementInput, AnnouncementReasonInput, HourInput, NewHourInput
from .announcement_outputs import AnnouncementOutput, PublicAnnouncementsOutput
from .examples import ANNOUNCEMENT, ANNOUNCEMENT_BODIES, PUBLIC_ANNOUNCEMENT

_REFUSALS: dict[type[Exception], int] = {StaleRow: 409, WrongMove: 409, BadAnnouncement: 422}


@endpoint(
    "GET",
    Doc(
        operation="list_announcements",
        tag="Public",
        summary="What is announced now",
        answers={200: PublicAnnouncementsOutput},
        examples=[OpenApiExample("One", {"results": [PUBLIC_ANNOUNCEMENT]}, response_only=True, status_codes=["200"])],
    ),
)
@permission_classes([AllowAny])
def list_announcements(request: Request) -> Response:
    return Response(PublicAnnouncementsOutput({"results": found.public_announcements(business_now())[:50]}).data)


def _find(request: Request, announcement: int, *, at: object) -> Announcement:
    try:
        return found.get_announcement(announcement)
    except found.AnnouncementNotFound:
        raise Http404 from None


def _show(request: Request, row: Announcement, *, at: object) -> Response:
    return Response(AnnouncementOutput(found.get_announcement(row.pk)).data)


_ACTS = Acts(
    tag="Announcements",
    output=AnnouncementOutput,
    example=("An answer", ANNOUNCEMENT),
    bodies=ANNOUNCEMENT_BODIES,
    find=_find,
    show=_show,
)


@endpoint("POST", _ACTS.doc("write_announcement", "Write an announcement down (who announces)", AnnouncementInput, status=201))
@needs(Verb.ANNOUNCE)
@keyed
@refuses(_REFUSALS)
def write_announcement(request: Request) -> Response:
    given, at = read(AnnouncementInput, request), business_now()
    places = list(Territory.objects.filter(pk__in=given.pop("places")))
    texts = {one["language"]: Words(one["title"], one["text"]) for one in given.pop("texts")}
    row = announcements.write_announcement(draft=Draft(texts=texts, places=places, **given), by=caller(request), at=at)
    return Response(AnnouncementOutput(found.get_announcement(row.pk)).data, status=201)


@endpoint(
    "GET",
    Doc(
        operation="get_announcement",
        tag="Announcements",
        summary="An announcement, and what became of its messages (staff)",
        answers={200: AnnouncementOutput},
        problems=[404],
        examples=[OpenApiExample("An answer", ANNOUNCEMENT, response_only=True, status_codes=["200"])],
    ),
)
@needs(Verb.HANDLE_CASES)
def get_announcement(request: Request, announcement: int) -> Response:
    return _show(request, _find(request, announcement, at=None), at=None)


@endpoint("POST", _ACTS.doc("schedule_announcement", "Say when it goes out; many hear it only once approved (who announces)", HourInput))
@needs(Verb.ANNOUNCE)
@refuses(_REFUSALS)
def schedule(request: Request, announcement: int) -> Response:
    hour = read(HourInput, request)["publish_at"]
    return _ACTS.act_on(request, announcement, lambda row, when: announcements.schedule(announcement=row, publish_at=hour, **when))


@endpoint("POST", _ACTS.doc("approve_announcement", "Let out what another wrote (approvers)"))
@needs(Verb.APPROVE_ANNOUNCEMENTS)
@refuses(_REFUSALS)
def approve(request: Request, announcement: int) -> Response:
    return _ACTS.act_on(request, announcement, lambda row, when: announcements.approve(announcement=row, **when))


@endpoint("POST", _ACTS.doc("send_announcement_back", "Not like this (approvers)", AnnouncementReasonInput))
@needs(Verb.APPROVE_ANNOUNCEMENTS)
@refuses(_REFUSALS)
def send_back(request: Request, announcement: int) -> Response:
    reason = read(AnnouncementReasonInput, request)["reason"]
    return _ACTS.act_on(request, announcement, lambda row, when: announcements.send_back(announcement=row, reason=reason, **when))


@endpoint("POST", _ACTS.doc("move_announcement", "Another hour (who announces)", NewHourInput))
@needs(Verb.ANNOUNCE)
@refuses(_REFUSALS)
def move(request: Request, announcement: int) -> Response:
    hour = read(NewHourInput, request)["publish_at"]
    return _ACTS.act_on(request, announcement, lambda row, when: announcements.move_hour(announcement=row, publish_at=hour, **when))


@endpoint("POST", _ACTS.doc("cancel_announcement", "Nothing more goes out (who announces)", AnnouncementReasonInput))
@needs(Verb.ANNOUNCE)
@refuses(_REFUSALS)
def cancel(request: Request, announcement: int) -> Response:
    reason = read(AnnouncementReasonInput, request)["reason"]
    return _ACTS.act_on(request, announcement, lambda row, when: announcements.call_off(announcement=row, reason=reason, **when))


@endpoint("POST", _ACTS.doc("resend_announcement", "Try once more what did not arrive, under the same keys (who announces)"))
@needs(Verb.ANNOUNCE)
@refuses(_REFUSALS)
def again(request: Request, announcement: int) -> Response:
    return _ACTS.act_on(request, announcement, lambda row, when: announcements.send_again(announcement=row, **when))
