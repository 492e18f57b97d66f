"""Published answers for other programs: read, list, search. Everybody may; what somebody looks for travels in the body."""

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.decorators import permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint
from accounts.api.inputs import Input, read, read_query
from accounts.api.pages import PageQuery, page
from accounts.api.problems import Problem

from ..models import Topic
from ..queries import published
from . import publication_examples as examples
from .publication_outputs import FoundAnswersOutput, PublishedAnswerOutput, PublishedAnswerPageOutput

_TAG = "Published answers"


class PublishedQuery(PageQuery):
    """Which answers."""

    section = serializers.ChoiceField(Topic.choices, required=False)
    language = serializers.ChoiceField(settings.LANGUAGES, required=False)


class SearchPublishedInput(Input):
    """Words or a whole question."""

    words = serializers.CharField(max_length=published.LONGEST)
    section = serializers.ChoiceField(Topic.choices, required=False, default="")
    language = serializers.ChoiceField(settings.LANGUAGES, required=False, default="")
    limit = serializers.IntegerField(min_value=1, max_value=50, default=10)


@endpoint(
    "GET",
    Doc(
        operation="list_published_answers",
        tag=_TAG,
        summary="Published answers, the newest first",
        query=PublishedQuery,
        answers={200: PublishedAnswerPageOutput},
        examples=[OpenApiExample("A page", examples.PAGE, response_only=True, status_codes=["200"])],
    ),
)
@permission_classes([AllowAny])
def list_published(request: Request) -> Response:
    wanted = read_query(PublishedQuery, request)
    rows = published.published(language=wanted.get("language", ""), section=wanted.get("section", ""))
    return page(request, rows.prefetch_related("files"), PublishedAnswerOutput, ("-published_at", "-number"))


@endpoint(
    "GET",
    Doc(
        operation="read_published_answer",
        tag=_TAG,
        summary="One published answer",
        text="One that was taken back is 410, with when and why; keep no copy of it.",
        answers={200: PublishedAnswerOutput},
        problems=[404, 410],
        examples=[OpenApiExample("An answer", examples.ANSWER, response_only=True, status_codes=["200"])],
    ),
)
@permission_classes([AllowAny])
def read_published(request: Request, number: int) -> Response:
    row = published.one_of(number)
    if row is None:
        raise Problem(404, "not_found", _("There is no such answer."))
    if row.is_withdrawn:
        raise Problem(410, "taken_back", row.withdrawn_why)
    return Response(PublishedAnswerOutput(row).data)


@endpoint(
    "POST",
    Doc(
        operation="search_published_answers",
        tag=_TAG,
        summary="Which published answers hold these words",
        text="The words travel in the body, since they may be about somebody. Those that hold the most of them first.",
        body=SearchPublishedInput,
        answers={200: FoundAnswersOutput},
        examples=[
            OpenApiExample("Some words", examples.SEARCH, request_only=True),
            OpenApiExample("Found", examples.FOUND, response_only=True, status_codes=["200"]),
        ],
    ),
)
@permission_classes([AllowAny])
def search_published(request: Request) -> Response:
    wish = read(SearchPublishedInput, request)
    rows = published.find(words=wish["words"], language=wish["language"], section=wish["section"], limit=wish["limit"])
    return Response(FoundAnswersOutput({"results": rows}).data)
