"""Announcements as the API shows them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ..models import Announcement, AnnouncementText
from ..queries import announcements as found


class AnnouncementTextOutput(serializers.ModelSerializer[AnnouncementText]):
    """Its words in one language."""

    class Meta:
        model = AnnouncementText
        fields = ["language", "title", "text"]


class PublicAnnouncementOutput(serializers.ModelSerializer[Announcement]):
    """What everybody may read."""

    texts = AnnouncementTextOutput(many=True)

    class Meta:
        model = Announcement
        fields = ["id", "publish_at", "is_safety", "texts"]


class PublicAnnouncementsOutput(serializers.Serializer[Any]):
    """What stands on the public page, the newest first."""

    results = PublicAnnouncementOutput(many=True)


class AnnouncementOutput(serializers.ModelSerializer[Announcement]):
    """An announcement, whom it is for, and what became of its messages (owed, sending, sent, dead)."""

    texts = AnnouncementTextOutput(many=True)
    places = serializers.SerializerMethodField()
    written_by = serializers.CharField(source="written_by.number", default="", help_text="staff number")
    approved_by = serializers.CharField(source="approved_by.number", default="", help_text="staff number")
    messages = serializers.SerializerMethodField()

    class Meta:
        model = Announcement
        fields = [
            *("id", "kind", "status", "publish_at", "vip_at", "texts", "places", "segments", "price_classes", "condition", "ways"),
            *("is_safety", "is_public", "expected", "owed_to_vip", "owed_to_others", "written_by", "approved_by", "said", "messages"),
        ]

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_places(self, row: Announcement) -> list[int]:
        return sorted(place.pk for place in row.territories.all())

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField()))
    def get_messages(self, row: Announcement) -> dict[str, int]:
        return dict(found.progress_of(row).states)
