"""What the API shows of published answers. Nothing in them is about a person, and who wrote them is not shown."""

from typing import Any

from rest_framework import serializers

from ..models import Publication, PublicationFile


class PublishedFileOutput(serializers.ModelSerializer[PublicationFile]):
    """A file beside an answer; its bytes are at the page's address, ``/answers/<number>/files/<file>/``."""

    file = serializers.IntegerField(source="number")
    name = serializers.CharField(source="public_name")

    class Meta:
        model = PublicationFile
        fields = ["file", "name", "content_type", "size"]


class PublishedAnswerOutput(serializers.ModelSerializer[Publication]):
    """A question and its answer in short form."""

    files = PublishedFileOutput(many=True)

    class Meta:
        model = Publication
        fields = ["number", "section", "language", "question", "answer", "published_at", "files"]


class PublishedAnswerPageOutput(serializers.Serializer[Any]):
    """A page of published answers."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = PublishedAnswerOutput(many=True)


class FoundAnswersOutput(serializers.Serializer[Any]):
    """What holds the words."""

    results = PublishedAnswerOutput(many=True)
