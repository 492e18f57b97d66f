"""The knowledge base for other programs: search, read, say whether it helped. Everybody may; colleagues find their own articles too."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.decorators import permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actors import Actor, System
from accounts.api.endpoints import Doc, endpoint
from accounts.api.inputs import Input, read, read_query
from accounts.api.problems import Problem
from accounts.clock import business_now
from accounts.models import User

from .. import article_words, permissions
from ..models import Audience, Section
from ..operations.knowledge_feedback import say_of_article
from ..queries import articles, knowledge
from . import knowledge_examples as examples
from .knowledge_outputs import ArticleOutput, HitsOutput, TitlesOutput

_TAG = "Knowledge base"
_MOST = 500


class KnowledgeSearchInput(Input):
    """Words or a whole question, in whatever language."""

    words = serializers.CharField(max_length=knowledge.LONGEST)
    limit = serializers.IntegerField(min_value=1, max_value=20, default=5)


class ArticleSectionInput(Input):
    """Which articles."""

    section = serializers.ChoiceField(Section.choices)


class HelpedInput(Input):
    """Whether it helped, with a few words or none."""

    is_useful = serializers.BooleanField()
    words = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


@endpoint(
    "POST",
    Doc(
        operation="search_knowledge",
        tag=_TAG,
        summary="Which articles answer a question",
        text="The words travel in the body, since they may be about somebody. Titles come in the reader's language where there is one.",
        body=KnowledgeSearchInput,
        answers={200: HitsOutput},
        examples=[
            OpenApiExample("A question", examples.SEARCH, request_only=True),
            OpenApiExample("Found", examples.HITS, response_only=True, status_codes=["200"]),
        ],
    ),
)
@permission_classes([AllowAny])
def search_knowledge(request: Request) -> Response:
    wish = read(KnowledgeSearchInput, request)
    hits = knowledge.find(words=wish["words"], language=_language(), audience=_audience(request), limit=wish["limit"])
    return Response(HitsOutput({"results": hits}).data)


@endpoint(
    "GET",
    Doc(
        operation="list_articles",
        tag=_TAG,
        summary="Articles of a section",
        query=ArticleSectionInput,
        answers={200: TitlesOutput},
        examples=[OpenApiExample("A section", examples.TITLES, response_only=True, status_codes=["200"])],
    ),
)
@permission_classes([AllowAny])
def list_articles(request: Request) -> Response:
    section = read_query(ArticleSectionInput, request)["section"]
    rows = articles.titles(language=_language(), audience=_audience(request), section=section)[:_MOST]
    return Response(TitlesOutput({"results": rows}).data)


@endpoint(
    "GET",
    Doc(
        operation="read_article",
        tag=_TAG,
        summary="One article",
        answers={200: ArticleOutput},
        problems=[404],
        examples=[OpenApiExample("An article", examples.ARTICLE, response_only=True, status_codes=["200"])],
    ),
)
@permission_classes([AllowAny])
def read_article(request: Request, article: str) -> Response:
    found = _found(request, article)
    shown: dict[str, Any] = {name: getattr(found.text, name) for name in ("article", "title", "language", "number", "published_at", "body")}
    return Response(ArticleOutput({**shown, "text": article_words.plain(found.text.body), "is_older": found.is_older}).data)


@endpoint(
    "POST",
    Doc(
        operation="say_of_article",
        tag=_TAG,
        summary="Say whether an article helped",
        text="Nobody's name is kept, and nobody can be answered.",
        body=HelpedInput,
        answers={204: None},
        problems=[404],
        examples=[OpenApiExample("It did not", examples.HELPED, request_only=True)],
    ),
)
@permission_classes([AllowAny])
def say_whether_it_helped(request: Request, article: str) -> Response:
    found, said = _found(request, article), read(HelpedInput, request)
    say_of_article(text=found.text, is_useful=said["is_useful"], words=said["words"], by=_reader(request), at=business_now())
    return Response(status=204)


def _found(request: Request, article: str) -> articles.Reading:
    found = articles.reading(article, language=_language(), audience=_audience(request))
    if found is None:
        raise Problem(404, "not_found", _("There is no such article."))
    return found


def _reader(request: Request) -> Actor:
    return request.user if isinstance(request.user, User) else System("reader")


def _audience(request: Request) -> Audience:
    return Audience.STAFF if permissions.is_colleague(_reader(request), at=business_now()) else Audience.PUBLIC


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
