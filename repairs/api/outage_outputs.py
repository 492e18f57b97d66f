"""Interruptions as the API shows them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Territory

from ..models import CallTask, Outage, OutageNotice, OutageWish
from ..queries.outage_public import PublicLine


class OutageOutput(serializers.Serializer[Any]):
    """An interruption as everybody may see it: no names, no doors. `starts_at` is when gas went off once it is."""

    reference = serializers.CharField(source="outage.reference")
    kind = serializers.ChoiceField(Outage.Kind.choices, source="outage.kind")
    status = serializers.ChoiceField(Outage.Status.choices, source="outage.status")
    status_label = serializers.CharField(source="outage.get_status_display")
    places = serializers.ListField(child=serializers.CharField())
    reason = serializers.CharField(source="outage.reason")
    starts_at = serializers.SerializerMethodField()
    promised_until = serializers.DateTimeField(source="outage.promised_until", help_text="by when customers were told that gas is back")
    ended_at = serializers.DateTimeField(source="outage.ended_at", allow_null=True)
    customers = serializers.IntegerField(source="outage.customers", help_text="without gas, counted when it began; 0 before")

    @extend_schema_field(serializers.DateTimeField())
    def get_starts_at(self, line: PublicLine) -> Any:
        return serializers.DateTimeField().to_representation(line.outage.began_at or line.outage.starts_at)


class OutagesOutput(serializers.Serializer[Any]):
    """What is under way, what is announced, and what ended within a day."""

    results = OutageOutput(many=True)


class ReachOutput(serializers.Serializer[Any]):
    """Whom an interruption of some places touches."""

    customers = serializers.IntegerField()
    homes = serializers.IntegerField()
    priority = serializers.IntegerField(help_text="rung besides, as priority customers")
    channels = serializers.DictField(child=serializers.IntegerField(), help_text="how they want to be told")


class OutageWishOutput(serializers.ModelSerializer[OutageWish]):
    """An exception that waits for another person's word."""

    outage = serializers.CharField(source="outage.reference")
    asked_by = serializers.CharField(source="asked_by.number", help_text="staff number")

    class Meta:
        model = OutageWish
        fields = ["id", "outage", "what", "reason", "asked_by"]


class OutageWishesOutput(serializers.Serializer[Any]):
    """What begins first at the top."""

    results = OutageWishOutput(many=True)


class RoundOutput(serializers.ModelSerializer[OutageNotice]):
    """One round of messages: how far it has come."""

    is_finished = serializers.SerializerMethodField()

    class Meta:
        model = OutageNotice
        fields = ["number", "kind", "made_at", "expected", "written", "is_finished"]

    def get_is_finished(self, notice: OutageNotice) -> bool:
        return notice.finished_at is not None


class DeliveryOutput(serializers.Serializer[Any]):
    """What became of the messages (owed, delivered, sent, read, cabinet, dead), and of the calls."""

    rounds = RoundOutput(many=True)
    states = serializers.DictField(child=serializers.IntegerField())
    calls = serializers.DictField(child=serializers.IntegerField())


class PlaceOutput(serializers.ModelSerializer[Territory]):
    """A place of the territory."""

    within = serializers.IntegerField(source="parent_id", allow_null=True, help_text="the place it lies in")

    class Meta:
        model = Territory
        fields = ["id", "name", "level", "within"]


class PlacesOutput(serializers.Serializer[Any]):
    """Places below one."""

    results = PlaceOutput(many=True)


class OutageCallOutput(serializers.ModelSerializer[CallTask]):
    """A call to make; the account tells whom. `next_at`: not before."""

    outage = serializers.CharField(source="outage.reference")
    account = serializers.CharField(source="account.number")

    class Meta:
        model = CallTask
        fields = ["id", "outage", "account", "attempts", "next_at", "result"]


class OutageCallsOutput(serializers.Serializer[Any]):
    """Calls that may be made now."""

    results = OutageCallOutput(many=True)


class AddedCallsOutput(serializers.Serializer[Any]):
    """How many calls to make were added."""

    added = serializers.IntegerField()


class LetterOutput(serializers.Serializer[Any]):
    """What customers who read this language would be told."""

    language = serializers.CharField()
    subject = serializers.CharField()
    text = serializers.CharField()


class OutageWordsOutput(serializers.Serializer[Any]):
    """Whom an interruption would be told to, and in which words."""

    reach = ReachOutput()
    letters = LetterOutput(many=True)
