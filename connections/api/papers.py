"""Papers over the API: what is missing, handing in, and the verdict; the same rules as on the pages."""

from datetime import datetime
from typing import Any, TypedDict

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.decorators import parser_classes, throttle_classes
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read
from accounts.api.parsers import FileParser
from accounts.api.throttles import Uploads, Users
from accounts.clock import business_now
from accounts.models import User
from accounts.roles import Verb
from casework.api.idempotency import keyed
from casework.operations import Ended, NotTaken, ReasonMissing, StaleRow

from ..models import Application, Paper
from ..operations import paper_revisions, papers
from ..operations.paper_revisions import MattersNoMore, NotSettled
from ..operations.papers import NotLookedAt, Settled
from ..queries.paper_lines import line_of, papers_shown
from . import paper_examples as examples
from .applications import application_for
from .paper_outputs import PaperLineOutput, PapersOutput


class PaperFileInput(Input):
    """One file. What it is, its bytes say: a PDF without a password, or a picture as JPEG, PNG, WebP or HEIC."""

    file = serializers.FileField(allow_empty_file=True, help_text="at most ATTACHMENT_MAX_BYTES of it, 10 MB unless set otherwise")


class VerdictInput(Input):
    """What was found; `shown` is a paper that was shown at a counter and is right, `taken_back` one that is wanted again after all."""

    verdict = serializers.ChoiceField([(name, name) for name in ("accepted", "rejected", "waived", "shown", "taken_back")])
    reason = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=300, help_text="of `rejected`, `waived` and `taken_back`"
    )
    version = serializers.IntegerField(min_value=0, help_text="of the paper as it was looked at")


class _When(TypedDict):
    """Who acts, and when."""

    by: User
    at: datetime


def _shown(example: Any, status: str = "200") -> OpenApiExample:
    return OpenApiExample("An answer", example, response_only=True, status_codes=[status])


@endpoint(
    "GET",
    Doc(
        operation="list_application_papers",
        tag="Connections",
        summary="The papers of an application, with their versions and both clocks",
        answers={200: PapersOutput},
        problems=[404],
        examples=[_shown(examples.PAPERS)],
    ),
)
def list_application_papers(request: Request, reference: str) -> Response:
    at = business_now()
    return Response(PapersOutput(papers_shown(application_for(request, reference, at=at), at)).data)


@endpoint(
    "POST",
    Doc(
        operation="hand_in_paper",
        tag="Connections",
        summary="Hand in a version of a paper",
        text="As multipart/form-data, one file at a time. The same bytes sent again are the same version. Refused with words, and with "
        "nothing lost: a file that asks for a password, is damaged, empty, too large, or nothing we take.",
        body=PaperFileInput,
        answers={201: PaperLineOutput},
        problems=[404, 413],
        examples=[
            OpenApiExample("A photo", {"file": "(bytes of licence.jpg)"}, request_only=True, media_type="multipart/form-data"),
            _shown(examples.PAPER, "201"),
        ],
    ),
)
@parser_classes([FileParser])
@throttle_classes([Users, Uploads])
@keyed
@refuses({NotTaken: 422, Settled: 409, Ended: 409})
def hand_in_paper(request: Request, reference: str, key: str) -> Response:
    at = business_now()
    application = application_for(request, reference, at=at)
    paper, file = _paper(application, key), read(PaperFileInput, request)["file"]
    papers.hand_in(paper=paper, file=file, by=caller(request), at=at)
    return _answer(application, key, at, status=201)


@endpoint(
    "POST",
    Doc(
        operation="judge_paper",
        tag="Connections",
        summary="Accept a paper, refuse it, or find that it is not needed (staff)",
        body=VerdictInput,
        answers={200: PaperLineOutput},
        problems=[404],
        examples=[OpenApiExample("Refused", examples.VERDICT, request_only=True), _shown(examples.JUDGED)],
    ),
)
@needs(Verb.HANDLE_CASES)
@refuses({StaleRow: 409, NotLookedAt: 409, Settled: 409, NotSettled: 409, MattersNoMore: 409, Ended: 409, ReasonMissing: 422})
def judge_paper(request: Request, reference: str, key: str) -> Response:
    at, given = business_now(), read(VerdictInput, request)
    application = application_for(request, reference, at=at)
    paper, when = _paper(application, key), _When(by=caller(request), at=at)
    seen, reason = given["version"], given["reason"]
    match given["verdict"]:
        case "accepted":
            papers.accept(paper=paper, seen=seen, **when)
        case "rejected":
            papers.reject(paper=paper, seen=seen, reason=reason, **when)
        case "waived":
            papers.waive(paper=paper, seen=seen, reason=reason, **when)
        case "taken_back":
            paper_revisions.take_back(paper=paper, seen=seen, reason=reason, **when)
        case _:
            papers.show_at_counter(paper=paper, seen=seen, **when)
    return _answer(application, key, at)


def _paper(application: Application, key: str) -> Paper:
    found = application.papers.select_related("row", "owner").prefetch_related("files__attachment").filter(key=key).first()
    if found is None:
        raise Http404
    found.application = application
    return found


def _answer(application: Application, key: str, at: datetime, *, status: int = 200) -> Response:
    return Response(PaperLineOutput(line_of(_paper(application, key), application, at)).data, status=status)
