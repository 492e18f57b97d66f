"""Every refusal of the API as RFC 9457 problem details: one shape, a sentence in the caller's language, a code for machines."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from rest_framework import exceptions

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: _("The request is not right"),
    401: _("Sign in first"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("Wrong method"),
    406: _("No such form of answer"),
    409: _("Not possible as things stand"),
    410: _("Taken back"),
    413: _("The request is too large"),
    415: _("A body of another type is needed"),
    422: _("Refused"),
    428: _("The request needs a key"),
    429: _("Too many requests"),
    500: _("Something broke on our side"),
    503: _("Not available just now"),
}
_SENTENCES = {
    "invalid": _("Some of what was sent is missing or wrong; see the errors."),
    "parse_error": _("The body is not valid JSON."),
    "not_authenticated": _("This address is for people and devices that have signed in."),
    "authentication_failed": _("The token is wrong, expired or revoked."),
    "permission_denied": _("You may not do this."),
    "not_found": _("There is nothing here that you may see."),
    "method_not_allowed": _("This address does not take this method."),
    "not_acceptable": _("This address cannot answer in the form that was asked for."),
    "unsupported_media_type": _("Send application/json, or multipart/form-data where a file is expected."),
    "too_large": _("The body is larger than anything this address needs."),
    "busy": _("The system is busy just now. Nothing was done; send it again in a moment."),
    "internal_error": _("This has been recorded and somebody will look. Nothing was done halfway."),
}


class Problem(exceptions.APIException):
    """A refusal with its status, code and sentence; ``extra`` are further members of the answer."""

    def __init__(self, status: int, code: str, detail: object = "", **extra: Any) -> None:
        super().__init__(str(detail), code)
        self.status_code, self.code, self.extra = status, code, extra


def throttled(code: str, wait: float | None) -> Problem:
    """The 429 problem with the whole seconds to wait, also sent as Retry-After."""
    seconds = max(1, math.ceil(wait or 1))
    sentence = ngettext("Too many requests. Wait %(seconds)s second.", "Too many requests. Wait %(seconds)s seconds.", seconds)
    return Problem(429, code, sentence % {"seconds": seconds}, retry_after=seconds)


def code_of(error: Exception) -> str:
    """The code an exception gives itself, else its class name: ``AccountNotFound`` -> ``account_not_found``."""
    own = getattr(error, "code", None)
    return own if isinstance(own, str) else re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()


def answer(error: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """REST framework's EXCEPTION_HANDLER: whatever was raised, as a problem. Unknown faults are logged, never shown."""
    problem = _as_problem(error)
    if problem.status_code >= 500:
        _report(context)
    response = _rendered(problem)
    if header := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = header
    return response


def fault(error: BaseException | None) -> HttpResponse:
    """What broke before REST framework was asked, such as in a middleware, as a problem. Django has logged it."""
    return _rendered(_from_django(error))


def _as_problem(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, exceptions.ValidationError):
        return Problem(400, "invalid", _SENTENCES["invalid"], errors=list(field_errors(error.detail)))
    if isinstance(error, exceptions.Throttled):
        return throttled("throttled", getattr(error, "wait", None))
    if isinstance(error, exceptions.APIException):
        code = str(error.default_code)
        return Problem(error.status_code, code, _SENTENCES.get(code, error.detail))
    return _from_django(error)


def _from_django(error: BaseException | None) -> Problem:
    if isinstance(error, Http404):
        return Problem(404, "not_found", _SENTENCES["not_found"])
    if isinstance(error, PermissionDenied):
        return Problem(403, code_of(error), str(error) or _SENTENCES["permission_denied"])
    if isinstance(error, RequestDataTooBig):
        return Problem(413, "too_large", _SENTENCES["too_large"])
    if isinstance(error, SuspiciousOperation):
        return Problem(400, "parse_error", _SENTENCES["parse_error"])
    if isinstance(error, (OperationalError, InterfaceError)):
        return Problem(503, "busy", _SENTENCES["busy"], retry_after=1)
    return Problem(500, "internal_error", _SENTENCES["internal_error"])


def _rendered(problem: Problem) -> HttpResponse:
    request_id = _request_id()
    body = {
        "type": f"urn:pilotlight:problem:{problem.code}",
        "title": str(TITLES.get(problem.status_code, "")),
        "status": problem.status_code,
        "detail": str(problem.detail),
        "code": problem.code,
        "request_id": request_id,
        **problem.extra,
    }
    response = JsonResponse(body, status=problem.status_code, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})
    response["X-Request-ID"] = request_id
    if "retry_after" in problem.extra:
        response["Retry-After"] = str(problem.extra["retry_after"])
    return response


def _request_id() -> str:
    # The caller may have named it: keep what fits a header and a log line.
    return re.sub(r"[^\w.-]", "", str(structlog.contextvars.get_contextvars().get("request_id", "")))[:64]


def _report(context: Mapping[str, Any]) -> None:
    # What Django does for a page: the log writes it down, with the request id the answer names.
    got_request_exception.send(sender=type(context["view"]), request=context["request"]._request)


def field_errors(detail: Any, path: Sequence[str] = ()) -> Iterator[dict[str, str]]:
    """REST framework's nested errors, flat: where (a JSON pointer into the body), which code, what to say."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from field_errors(inner, path if name == "non_field_errors" else (*path, str(name)))
    elif isinstance(detail, list):
        for position, inner in enumerate(detail):
            yield from field_errors(inner, path if isinstance(inner, str) else (*path, str(position)))
    else:
        pointer = "".join(f"/{step.replace('~', '~0').replace('/', '~1')}" for step in path)
        yield {"pointer": f"#{pointer}", "code": getattr(detail, "code", "invalid"), "detail": str(detail)}
