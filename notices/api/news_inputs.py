"""What endpoints of news take."""

from rest_framework import serializers

from accounts.api.inputs import Input

from ..models import NewsCategory
from ..news_rules import TEXT, TITLE


class NewsTextInput(Input):
    """Its words in one language."""

    language = serializers.CharField(max_length=10)
    title = serializers.CharField(max_length=TITLE)
    text = serializers.CharField(max_length=TEXT)


class NewsInput(Input):
    """A piece of news. ``about`` names what the stream would show by itself (``tariff:2027-01-01``), so that it stands there once."""

    category = serializers.ChoiceField(NewsCategory.choices, default=NewsCategory.SERVICE)
    texts = NewsTextInput(many=True)
    publish_at = serializers.DateTimeField(required=False, default=None, allow_null=True)
    about = serializers.CharField(max_length=40, default="", allow_blank=True)
    kept_why = serializers.CharField(max_length=300, default="", allow_blank=True, help_text="why what looks like personal data may stay")


class LookedInput(Input):
    """How many marked places the second reader looked at; must be all (``marks``)."""

    looked_at = serializers.IntegerField(min_value=0)


class NewsReasonInput(Input):
    """In a few words; of a withdrawal everybody reads it."""

    reason = serializers.CharField(max_length=300)


class NewsNoteInput(Input):
    """What was wrong, in one language."""

    language = serializers.CharField(max_length=10)
    note = serializers.CharField(max_length=300)


class CorrectionInput(Input):
    """Better words, all of them, and what was wrong."""

    texts = NewsTextInput(many=True)
    notes = NewsNoteInput(many=True)
