"""What endpoints of announcements take."""

from rest_framework import serializers

from accounts.api.inputs import Input
from accounts.models import Account, Segment

from ..models import AnnouncementKind
from ..queries.announcement_reach import WAYS


class AnnouncementTextInput(Input):
    """Its words in one language."""

    language = serializers.CharField(max_length=10)
    title = serializers.CharField(max_length=120)
    text = serializers.CharField(max_length=1000)


class AnnouncementInput(Input):
    """What is announced, to whom, by which ways; a filter that is left out does not narrow."""

    kind = serializers.ChoiceField(AnnouncementKind.choices, default=AnnouncementKind.NEWS)
    texts = AnnouncementTextInput(many=True)
    places = serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=200, default=list, help_text="from `/places/`")
    segments = serializers.ListField(child=serializers.ChoiceField(Segment.choices), default=list)
    price_classes = serializers.ListField(child=serializers.ChoiceField(Account.PriceClass.choices), default=list)
    condition = serializers.CharField(max_length=40, default="", allow_blank=True, help_text="for payment notices: `billing.owes_bill`, …")
    ways = serializers.ListField(child=serializers.ChoiceField([str(way) for way in WAYS]), default=list)
    is_safety = serializers.BooleanField(default=False)
    is_public = serializers.BooleanField(default=False)


class HourInput(Input):
    """When it goes out; without it, as soon as may be."""

    publish_at = serializers.DateTimeField(required=False, default=None, allow_null=True)


class NewHourInput(Input):
    """Another hour."""

    publish_at = serializers.DateTimeField()


class AnnouncementReasonInput(Input):
    """In a few words."""

    reason = serializers.CharField(max_length=300)
