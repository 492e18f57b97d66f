"""Files of a case: sent, listed, fetched; the same rules as on the pages."""

from django.http import FileResponse, Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.decorators import parser_classes, renderer_classes, throttle_classes
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

import casework.operations
from accounts.api.endpoints import Doc, endpoint, refuses
from accounts.api.inputs import Input, caller, read
from accounts.api.parsers import FileParser
from accounts.api.throttles import Uploads, Users
from accounts.clock import business_now

from .. import downloads, queries
from ..file_types import ENDINGS
from ..models import Attachment
from ..operations import NotTaken
from . import examples
from .idempotency import keyed
from .lookups import case_for
from .outputs import CaseFileOutput, CaseFilesOutput


class AnyRenderer(BaseRenderer):
    """So that whatever type is asked for is agreed to; the view hands out the bytes themselves."""

    media_type = "*/*"
    format = "file"
    render_style = "binary"


class CaseFileInput(Input):
    """One file. What it is, its bytes say: a PDF, or a picture as JPEG, PNG, WebP or HEIC."""

    file = serializers.FileField(allow_empty_file=True, help_text="at most ATTACHMENT_MAX_BYTES of it, 10 MB unless set otherwise")


@endpoint(
    "POST",
    Doc(
        operation="attach_file",
        tag="Cases",
        summary="Send a file that belongs to a case",
        text="As multipart/form-data, one file at a time, at most 30 to a case. Staff send for whoever handles the case, customers for "
        "their own; what staff send is not shown to customers. Counted apart from other requests: 60 a minute unless set otherwise.",
        body=CaseFileInput,
        answers={201: CaseFileOutput},
        problems=[404, 413],
        examples=[
            OpenApiExample("A picture", {"file": "(bytes of meter.jpg)"}, request_only=True, media_type="multipart/form-data"),
            OpenApiExample("Kept", examples.FILE, response_only=True, status_codes=["201"]),
        ],
    ),
)
@parser_classes([FileParser])
@throttle_classes([Users, Uploads])
@keyed
@refuses({NotTaken: 422})
def attach_file(request: Request, reference: str) -> Response:
    at = business_now()
    case, file = case_for(request, reference, at=at), read(CaseFileInput, request)["file"]
    row = casework.operations.attach(case=case, file=file, by=caller(request), at=at)
    return Response(CaseFileOutput(row).data, status=201)


@endpoint(
    "GET",
    Doc(
        operation="list_files",
        tag="Cases",
        summary="The files of a case, the oldest first",
        text="For customers: those they sent themselves.",
        answers={200: CaseFilesOutput},
        problems=[404],
        examples=[OpenApiExample("Files", {"results": [examples.FILE]}, response_only=True, status_codes=["200"])],
    ),
)
def list_files(request: Request, reference: str) -> Response:
    case = case_for(request, reference, at=business_now())
    found = queries.files_of(case) if caller(request).is_staff else queries.files_from_customer(case)
    return Response({"results": CaseFileOutput(found, many=True).data})


@endpoint(
    "GET",
    Doc(
        operation="get_file",
        tag="Cases",
        summary="The bytes of a file",
        text="Under the sender's name, made safe. 404 for whoever may not see the file, and when it is erased.",
        answers={(200, kind): OpenApiTypes.BINARY for kind in ENDINGS},
        problems=[404],
    ),
)
@renderer_classes([AnyRenderer])
def get_file(request: Request, reference: str, token: str) -> FileResponse:
    at = business_now()
    case = case_for(request, reference, at=at)
    try:
        row, file = casework.operations.open_attachment(user=caller(request), token=token, at=at)
    except (Attachment.DoesNotExist, FileNotFoundError):
        raise Http404 from None
    if row.case_id != case.pk:
        file.close()
        raise Http404
    return downloads.handed_out(row, file)
