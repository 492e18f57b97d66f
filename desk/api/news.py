"""What is new, over the API: the same stream as the page."""

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.decorators import permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint
from accounts.clock import business_now
from notices.models import NewsCategory

from ..queries.news_stream import MOST, Item, stream

_NEWS = {
    "code": "tariff:2027-01-01",
    "category": "tariff",
    "title": "Gas prices from 1 Jan 2027",
    "text": "For: resident. Decision: No. 3 of 2027. All prices, and those before, stand in the price list.",
    "language": "en",
    "at": "2026-11-20T10:00:00+08:00",
    "corrected_at": None,
    "url": "/tariffs/",
}


class NewsItemOutput(serializers.Serializer[Item]):
    """One thing that is new, in the language of the answer (Accept-Language), or in the house's where it has no words in that."""

    code = serializers.CharField(help_text="names it for good")
    category = serializers.ChoiceField(NewsCategory.choices)
    title = serializers.CharField()
    text = serializers.CharField()
    language = serializers.CharField()
    at = serializers.DateTimeField()
    corrected_at = serializers.DateTimeField(allow_null=True)
    url = serializers.CharField(help_text="a path of this site")


class NewsStreamOutput(serializers.Serializer[Any]):
    """The newest, the latest first."""

    results = NewsItemOutput(many=True)


@endpoint(
    "GET",
    Doc(
        operation="list_news",
        tag="Public",
        summary="What is new: news, price lists, interruptions of supply",
        answers={200: NewsStreamOutput},
        examples=[OpenApiExample("One", {"results": [_NEWS]}, response_only=True, status_codes=["200"])],
    ),
)
@permission_classes([AllowAny])
def list_news(request: Request) -> Response:
    return Response(NewsStreamOutput({"results": stream(at=business_now(), most=MOST)}).data)
