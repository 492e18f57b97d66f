"""How an act on a case is written: its place in the documentation, what its operations refuse, one call, the case as it is then."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc
from accounts.api.inputs import Input, caller
from accounts.clock import business_now

from .. import operations
from ..models import Case
from . import examples
from .lookups import case_for, detail
from .outputs import CaseDetailOutput

#: 409 where looking again may help, 422 where it will not.
REFUSALS: dict[type[Exception], int] = {
    operations.StaleRow: 409,
    operations.WrongMove: 409,
    operations.AlreadyOffered: 409,
    operations.NotOffered: 409,
    operations.NothingMissing: 409,
    operations.Ended: 409,
    operations.NoAnswer: 422,
    operations.NoPaperNamed: 422,
    operations.NoReply: 422,
    operations.NoWayToTell: 422,
    operations.NobodyNamed: 422,
    operations.NothingSaid: 422,
    operations.ReasonMissing: 422,
    operations.SaidTooLate: 422,
}


def doc_of(operation: str, summary: str, body: type[Input] | None = None, text: str = "") -> Doc:
    """An act's place in the documentation; its body's example is ``examples.BODIES[operation]``."""
    shown = [OpenApiExample("The case", examples.DETAIL, response_only=True, status_codes=["200"])]
    if body is not None:
        shown.append(OpenApiExample(summary, examples.BODIES[operation], request_only=True))
    return Doc(
        operation=operation,
        tag="Cases",
        summary=summary,
        text=text,
        body=body,
        answers={200: CaseDetailOutput},
        problems=[404],
        examples=shown,
    )


def act_on(request: Request, reference: str, act: Callable[[Case, dict[str, Any]], object]) -> Response:
    """One call on a case the caller may see; the case as it is then."""
    at = business_now()
    case = case_for(request, reference, at=at)
    act(case, {"by": caller(request), "at": at})
    return detail(request, case, at=at)
