"""What the API shows of the knowledge base."""

from typing import Any

from rest_framework import serializers

from ..models import AskedQuestion


class HitOutput(serializers.Serializer[Any]):
    """One article that may answer; `language` is that of the words here."""

    slug = serializers.CharField()
    title = serializers.CharField()
    excerpt = serializers.CharField()
    section = serializers.CharField()
    language = serializers.CharField()


class HitsOutput(serializers.Serializer[Any]):
    """What fits, the best first."""

    results = HitOutput(many=True)


class TitleOutput(serializers.Serializer[Any]):
    """One article in a list."""

    slug = serializers.CharField(source="article.slug")
    title = serializers.CharField()
    section = serializers.CharField(source="article.section")
    language = serializers.CharField()
    version = serializers.IntegerField(source="number")
    published_at = serializers.DateTimeField()
    is_common = serializers.BooleanField(source="article.is_common")


class TitlesOutput(serializers.Serializer[Any]):
    """Articles of a section, by title."""

    results = TitleOutput(many=True)


class ArticleOutput(TitleOutput):
    """An article as it is read. `body` is as it was written: lines, `1.` and `-`, `[words](/path/)`; `text` is plain."""

    body = serializers.CharField()
    text = serializers.CharField(help_text="the body in one line, without marks, with our phones")
    is_older = serializers.BooleanField(help_text="a newer version exists in the language it was first written in")


class AskedQuestionOutput(serializers.ModelSerializer[AskedQuestion]):
    """A question to a department. `case` is the reference of the case whose customer waits, `article` what was made of the answer."""

    case = serializers.CharField(source="case.reference", default=None, allow_null=True)
    article = serializers.CharField(source="article.slug", default=None, allow_null=True)

    class Meta:
        model = AskedQuestion
        fields = ["id", "text", "language", "department", "case", "asked_at", "due_at", "answer", "answered_at", "article", "dropped_at"]


class AskedQuestionsOutput(serializers.Serializer[Any]):
    """Questions that wait, the first due first."""

    results = AskedQuestionOutput(many=True)
