"""How acts on one kind of thing are written: their place in the documentation, one call on one of them, the thing as it is then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from drf_spectacular.utils import OpenApiExample
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from ..clock import business_now
from .endpoints import Doc
from .inputs import Input, caller


class Find[Row, Key](Protocol):
    """Fetch and authorise in one act; what is not the caller's answers 404. ``Key`` is what names the thing in its address."""

    def __call__(self, request: Request, key: Key, /, *, at: datetime) -> Row: ...


class Show[Row](Protocol):
    """The thing as it is now, as this caller may see it."""

    def __call__(self, request: Request, row: Row, /, *, at: datetime) -> Response: ...


@dataclass(frozen=True, kw_only=True)
class Acts[Row, Key]:
    """What is done to things of one kind. ``example`` is an answer under its name, ``bodies`` what is sent, by operation."""

    tag: str
    output: type[BaseSerializer[Any]]
    example: tuple[str, Any]
    bodies: Mapping[str, Any]
    find: Find[Row, Key]
    show: Show[Row]

    def doc(self, operation: str, summary: str, body: type[Input] | None = None, text: str = "", *, status: int = 200) -> Doc:
        """An act's place in the documentation; with a body there is an example of one."""
        name, answer = self.example
        shown = [OpenApiExample(name, answer, response_only=True, status_codes=[str(status)])]
        if body is not None:
            shown.append(OpenApiExample(summary, self.bodies[operation], request_only=True))
        return Doc(
            operation=operation,
            tag=self.tag,
            summary=summary,
            text=text,
            body=body,
            answers={status: self.output},
            problems=[404],
            examples=shown,
        )

    def act_on(self, request: Request, key: Key, act: Callable[[Row, dict[str, Any]], object]) -> Response:
        """One call on what the caller may see; the thing as it is then."""
        at = business_now()
        row = self.find(request, key, at=at)
        act(row, {"by": caller(request), "at": at})
        return self.show(request, row, at=at)
