"""How an endpoint is written: a function behind one url and one method, with what it takes, answers and refuses said above it.

::

    @endpoint("POST", Doc(operation="sell", ...))
    @needs(Verb.SELL_GAS)
    @refuses({billing.queries.quotes.StaleQuote: 409})
    def sell(request: Request) -> Response: ...
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.decorators import api_view
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer

from .. import permissions, queries
from ..clock import business_now
from ..roles import Verb
from .inputs import Input
from .problems import Problem, code_of
from .schema import problem_responses

type Handler = Callable[..., Any]


@dataclass(frozen=True, kw_only=True)
class Doc:
    """What the schema says of an endpoint. ``problems`` are statuses besides those that follow from the decorators."""

    operation: str
    tag: str
    summary: str
    text: str = ""
    body: type[Input] | None = None
    query: type[Input] | None = None
    answers: Mapping[int | tuple[int, str], type[BaseSerializer[Any]] | BaseSerializer[Any] | Any]
    problems: Sequence[int] = ()
    examples: Sequence[OpenApiExample] = ()


def endpoint(method: str, doc: Doc) -> Callable[[Handler], Any]:
    """Make the function below an endpoint of REST framework with its place in the schema."""

    def decorate(handler: Handler) -> Any:
        view = api_view([method])(handler)
        parameters: list[Any] = [doc.query] if doc.query else []
        parameters += getattr(handler, "headers", ())
        documented = extend_schema(
            operation_id=doc.operation,
            tags=[doc.tag],
            summary=doc.summary,
            description=doc.text or doc.summary,
            request=doc.body,
            parameters=parameters,
            responses={**doc.answers, **problem_responses(_statuses(method, doc, handler))},
            examples=list(doc.examples),
        )(view)
        # REST framework answers OPTIONS everywhere and HEAD nowhere; we do it the other way round.
        view.cls.http_method_names = ["get", "head"] if method == "GET" else [method.lower()]
        return documented

    return decorate


def _statuses(method: str, doc: Doc, handler: Handler) -> set[int]:
    found = {429, 406, *doc.problems, *getattr(handler, "refused", ())}
    if doc.body or doc.query:
        found.add(400)
    if method == "POST":
        found |= {400, 415}
    if AllowAny not in getattr(handler, "permission_classes", ()):
        found |= {401, 403}
    return found


def needs(verb: Verb) -> Callable[[Handler], Handler]:
    """Only staff whose roles allow this verb now; others get 403 with the reason."""

    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> Any:
            queries.keep_grants_at_hand(request.user)
            permissions.check_verb(request.user, verb, at=business_now())
            return handler(request, *args, **kwargs)

        return guarded

    return decorate


def refuses(table: Mapping[type[Exception], int]) -> Callable[[Handler], Handler]:
    """Which exceptions of the operation become which status; their code and sentence go out as they are."""

    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        def refusing(request: Request, *args: Any, **kwargs: Any) -> Any:
            try:
                return handler(request, *args, **kwargs)
            except tuple(table) as refusal:
                status = next(status for kind, status in table.items() if isinstance(refusal, kind))
                raise Problem(status, code_of(refusal), refusal) from refusal

        refusing.refused = {*table.values(), *getattr(handler, "refused", ())}  # type: ignore[attr-defined]
        return refusing

    return decorate


def header(name: str, description: str, *, required: bool) -> OpenApiParameter:
    """A request header in the schema."""
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, required=required, description=description)
