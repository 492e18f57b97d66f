"""How endpoints of interruptions are written down, answer and refuse."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc
from accounts.api.inputs import Input, caller
from accounts.clock import business_now

from ..models import Outage
from ..queries.outage_names import place_names
from ..queries.outage_public import PublicLine
from . import outage_examples as examples
from .outage_outputs import OutageOutput
from .outages import outage_for, shown


def doc_of(operation: str, summary: str, body: type[Input] | None = None, *, status: int = 200, example: Any = None) -> Doc:
    """The entry in the schema; the answer is the interruption."""
    sent = example or examples.BODIES.get(operation)
    asked = [OpenApiExample(summary, sent, request_only=True)] if sent else []
    return Doc(
        operation=operation,
        tag="Interruptions",
        summary=summary,
        body=body,
        answers={status: OutageOutput},
        problems=[404],
        examples=[shown(examples.OUTAGE, str(status)), *asked],
    )


def answer(outage: Outage, status: int = 200) -> Response:
    """The interruption as it is now."""
    names = place_names(list(outage.territories.all()))
    return Response(OutageOutput(PublicLine(outage, list(names.values()))).data, status=status)


def act_on(request: Request, reference: str, act: Callable[[Outage, dict[str, Any]], object]) -> Response:
    """One call on an interruption; the interruption as it is then."""
    outage = outage_for(reference)
    act(outage, {"by": caller(request), "at": business_now()})
    return answer(outage_for(reference))
