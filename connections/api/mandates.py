"""Mandates over the API: the applicant has us act for them, signed, and takes it back."""

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.decorators import parser_classes, throttle_classes
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint, refuses
from accounts.api.inputs import Input, caller, read
from accounts.api.parsers import FileParser, JSONParser
from accounts.api.throttles import Uploads, Users
from accounts.clock import business_now
from casework.api.idempotency import keyed
from casework.operations import Ended, NotTaken

from ..mandates import MandateDeed, SignedHow, Signing
from ..models import Mandate
from ..operations import mandates
from .applications import application_for

_EXAMPLE = {
    "id": 7,
    "deeds": ["papers", "approvals"],
    "signed_how": "paper",
    "signed_at": "2026-11-20T10:00:00+08:00",
    "signature": "5f0c9e0a1b2c3d4e5f60718293a4b5c6",
    "revoked_at": None,
}
_CONFIRMED = {"how": "cabinet", "deeds": ["papers"]}
_SIGNED = {"how": "paper", "deeds": ["papers", "approvals"], "file": "(bytes of mandate.jpg)"}


class MandateInput(Input):
    """What for, and how it is signed: `drawn` and `paper` with a picture; `cabinet` by the applicants themselves, without one."""

    how = serializers.ChoiceField(SignedHow.choices)
    deeds = serializers.ListField(child=serializers.ChoiceField(MandateDeed.choices), required=False, help_text="none: all of it")
    file = serializers.FileField(required=False, allow_empty_file=True, help_text="the signature, as multipart/form-data")


class MandateOutput(serializers.ModelSerializer[Mandate]):
    """What the company does in the applicant's place; `deeds` empty is all of it."""

    deeds = serializers.ListField(child=serializers.ChoiceField(MandateDeed.choices))
    signed_how = serializers.ChoiceField(SignedHow.choices)
    signature = serializers.CharField(source="signature.token", default=None, allow_null=True, help_text="token of a file of the case")

    class Meta:
        model = Mandate
        fields = ["id", "deeds", "signed_how", "signed_at", "signature", "revoked_at"]


class MandatesOutput(serializers.Serializer[Any]):
    """The newest first; the one that stands has no `revoked_at`."""

    results = MandateOutput(many=True)


def _shown(example: Any, status: str = "200") -> OpenApiExample:
    return OpenApiExample("An answer", example, response_only=True, status_codes=[status])


@endpoint(
    "GET",
    Doc(
        operation="list_mandates",
        tag="Connections",
        summary="The mandates of an application",
        answers={200: MandatesOutput},
        problems=[404],
        examples=[_shown({"results": [_EXAMPLE]})],
    ),
)
def list_mandates(request: Request, reference: str) -> Response:
    found = application_for(request, reference, at=business_now()).mandates.select_related("signature").order_by("-pk")
    return Response(MandatesOutput({"results": found}).data)


@endpoint(
    "POST",
    Doc(
        operation="give_mandate",
        tag="Connections",
        summary="Have the company act for the applicant: voluntary, signed, free of charge",
        text="Staff send what was signed before their eyes; nobody confirms in another's place.",
        body=MandateInput,
        answers={201: MandateOutput},
        problems=[404, 413],
        examples=[
            OpenApiExample("The applicant", _CONFIRMED, request_only=True),
            OpenApiExample("Signed on paper", _SIGNED, request_only=True, media_type="multipart/form-data"),
            _shown(_EXAMPLE, "201"),
        ],
    ),
)
@parser_classes([JSONParser, FileParser])
@throttle_classes([Users, Uploads])
@keyed
@refuses({mandates.AlreadyGiven: 409, Ended: 409, mandates.NotSigned: 422, mandates.UnknownDeed: 422, NotTaken: 422})
def give_mandate(request: Request, reference: str) -> Response:
    at, given = business_now(), read(MandateInput, request)
    application = application_for(request, reference, at=at)
    signing = Signing(how=given["how"], deeds=given.get("deeds", []), file=given.get("file"))
    made = mandates.give(application=application, signing=signing, by=caller(request), at=at)
    return Response(MandateOutput(made).data, status=201)


@endpoint(
    "POST",
    Doc(
        operation="revoke_mandate",
        tag="Connections",
        summary="The applicant acts for themselves again",
        text="No reason is asked.",
        answers={200: MandateOutput},
        problems=[404],
        examples=[_shown({**_EXAMPLE, "revoked_at": "2026-11-21T09:00:00+08:00"})],
    ),
)
@keyed
@refuses({mandates.NothingGiven: 409, Ended: 409})
def revoke_mandate(request: Request, reference: str) -> Response:
    at = business_now()
    application = application_for(request, reference, at=at)
    return Response(MandateOutput(mandates.revoke(application=application, by=caller(request), at=at)).data)
