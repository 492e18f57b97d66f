"""The OpenAPI document: problems on every operation, closed inputs, always in English."""

from collections.abc import Iterable
from typing import Any

from django.utils import translation
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema_serializer
from drf_spectacular.views import SpectacularAPIView
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from .problems import MEDIA_TYPE, TITLES

# Status -> what it means, and an example: a code with its sentence.
_MEANINGS = {
    400: (
        "The request cannot be read, or a field is wrong (`errors` points at each).",
        "invalid",
        "Some of what was sent is missing or wrong; see the errors.",
    ),
    401: ("No token, or it is wrong, expired or revoked.", "authentication_failed", "The token is wrong, expired or revoked."),
    403: ("Signed in, but not allowed.", "missing_verb", "Your role does not allow this."),
    404: ("Not there, or not yours: the answer does not tell which.", "not_found", "There is nothing here that you may see."),
    406: ("Not available in the form asked for.", "not_acceptable", "This address cannot answer in the form that was asked for."),
    409: ("Not possible as things stand: look again, then decide.", "closed_shift", "This shift is counted or closed."),
    410: ("It was there, and was taken back; keep no copy.", "taken_back", "The rule it told of has changed."),
    413: ("The body is larger than anything this address needs.", "too_large", "The body is larger than anything this address needs."),
    415: (
        "A body of a type that this address does not read.",
        "unsupported_media_type",
        "Send application/json, or multipart/form-data where a file is expected.",
    ),
    422: ("Understood and refused; `code` names the rule.", "over_limit", "One purchase may be at most 100 m³."),
    428: ("The Idempotency-Key header is missing.", "key_missing", "Send an Idempotency-Key header, so that a repeat does no harm."),
    429: ("Too many requests; `Retry-After` says how many seconds to wait.", "throttled", "Too many requests. Wait 12 seconds."),
    503: ("Not available just now; ask again later.", "paper_follows", "The paper could not be made just now and follows."),
}


class FieldErrorOutput(serializers.Serializer[Any]):
    """What is wrong with one field of the body or one parameter."""

    pointer = serializers.CharField(required=False, help_text="JSON pointer into the body, as a URI fragment")
    parameter = serializers.CharField(required=False, help_text="name of a query parameter")
    code = serializers.CharField()
    detail = serializers.CharField()


@extend_schema_serializer(component_name="Problem")
class ProblemOutput(serializers.Serializer[Any]):
    """Problem details (RFC 9457). `detail` is in the language of Accept-Language; `code` never changes."""

    type = serializers.CharField(help_text="urn:pilotlight:problem:<code>")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    request_id = serializers.CharField(help_text="quote it when you ask us")
    errors = serializers.ListField(child=FieldErrorOutput(), required=False)  # type: ignore[assignment]


def problem_responses(statuses: Iterable[int]) -> dict[tuple[int, str], Any]:
    """Error answers of an operation, for its documentation."""
    with translation.override("en"):
        return {(status, MEDIA_TYPE): _problem(status) for status in sorted(statuses)}


def _problem(status: int) -> OpenApiResponse:
    meaning, code, detail = _MEANINGS[status]
    body = {
        "type": f"urn:pilotlight:problem:{code}",
        "title": str(TITLES[status]),
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": "3f1c0f6e-8a52-4c8e-9a3e-5b0c9d7e2f10",
    }
    example = OpenApiExample(code, body, response_only=True, media_type=MEDIA_TYPE, status_codes=[str(status)])
    return OpenApiResponse(ProblemOutput, meaning, examples=[example])


def close_inputs(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Say in the schema what inputs.Input does (names that are not listed are refused), and of answers only what we promise."""
    for name, component in result["components"]["schemas"].items():
        if name.endswith("InputRequest"):
            component["additionalProperties"] = False
            continue
        for field in component.get("properties", {}).values():
            field.pop("title", None)  # a column's label, made for forms
            # The bounds of a column: one database has others than the next.
            for bound in ("minimum", "maximum", "format") if "integer" in field.get("type", ()) else ():
                field.pop(bound, None)
    return result


class SchemaView(SpectacularAPIView):
    """The document is the same for every reader, whatever their language."""

    def _get_schema_response(self, request: Request) -> Response:
        with translation.override("en"):
            response: Response = super()._get_schema_response(request)  # type: ignore[no-untyped-call]
            return response
