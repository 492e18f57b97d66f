"""News as the API shows them to those who write them."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ..models import News, NewsCorrection, NewsText
from ..operations.news import marks_of


class NewsTextOutput(serializers.ModelSerializer[NewsText]):
    """Its words in one language, as they stand now."""

    class Meta:
        model = NewsText
        fields = ["language", "title", "text"]


class NewsCorrectionOutput(serializers.ModelSerializer[NewsCorrection]):
    """What was wrong, by language; applied, refused, or waiting for a second reader."""

    notes = serializers.DictField(child=serializers.CharField())

    class Meta:
        model = NewsCorrection
        fields = ["number", "notes", "proposed_at", "applied_at", "refused_at"]


class NewsOutput(serializers.ModelSerializer[News]):
    """A piece of news, how many places of it look like personal data, and its corrections."""

    texts = NewsTextOutput(many=True)
    corrections = NewsCorrectionOutput(many=True)
    written_by = serializers.CharField(source="written_by.number", default="", help_text="staff number")
    approved_by = serializers.CharField(source="approved_by.number", default="", help_text="staff number")
    marks = serializers.SerializerMethodField()

    class Meta:
        model = News
        fields = [
            *("id", "category", "status", "about", "publish_at", "published_at", "corrected_at", "withdrawn_at", "withdrawn_why"),
            *("texts", "corrections", "marks", "kept_why", "said", "written_by", "approved_by"),
        ]

    @extend_schema_field(serializers.IntegerField())
    def get_marks(self, row: News) -> int:
        return marks_of(row)
