"""The OpenAPI document: problems on every operation, closed inputs, always in English."""

from collections.abc import Iterable
from typing import Any

from django.utils import translation
from drf_spectacular.utils import OpenApiResponse, extend_schema_serializer
from drf_spectacular.views import SpectacularAPIView
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from .problems import MEDIA_TYPE

_MEANINGS = {
    400: "The request cannot be read, or a field is wrong (`errors` points at each).",
    401: "No token, or it is wrong, expired or revoked.",
    403: "Signed in, but not allowed.",
    404: "Not there, or not yours: the answer does not tell which.",
    406: "Not available in the form asked for.",
    409: "Not possible as things stand: look again, then decide.",
    415: "The body must be JSON.",
    422: "Understood and refused; `code` names the rule.",
    428: "The Idempotency-Key header is missing.",
    429: "Too many requests; `Retry-After` says how many seconds to wait.",
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
    return {(status, MEDIA_TYPE): OpenApiResponse(ProblemOutput, _MEANINGS.get(status, "")) for status in sorted(statuses)}


def close_inputs(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Say in the schema what inputs.Input does: names that are not listed are refused."""
    for name, component in result["components"]["schemas"].items():
        if name.endswith("InputRequest"):
            component["additionalProperties"] = False
    return result


class SchemaView(SpectacularAPIView):
    """The document is the same for every reader, whatever their language."""

    def _get_schema_response(self, request: Request) -> Response:
        with translation.override("en"):
            response: Response = super()._get_schema_response(request)  # type: ignore[no-untyped-call]
            return response
