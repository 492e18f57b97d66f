"""What the API shows dispatchers of visits and crews. No names, phones or addresses: those stand in the case."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from .. import naming
from ..models import CrewShift, Offer, Visit
from ..queries.board import CrewLine


class VisitOutput(serializers.ModelSerializer[Visit]):
    """A visit. `rank` says who goes first: the smaller the sooner."""

    status_label = serializers.CharField(source="get_status_display", help_text="in the language of Accept-Language")
    reference = serializers.SerializerMethodField(help_text="of its case; empty for none")
    crew = serializers.CharField(source="crew.code", allow_null=True, default=None)
    due_at = serializers.DateTimeField(source="timeline.next_due_at", allow_null=True, help_text="the nearest moment promised")
    agreed_from = serializers.DateTimeField(allow_null=True, help_text="the time agreed with the customer; null for none")
    agreed_until = serializers.DateTimeField(allow_null=True)

    class Meta:
        model = Visit
        fields = [
            *("id", "reference", "purpose", "skill", "urgency", "rank", "status", "status_label", "crew", "latitude", "longitude"),
            *("due_at", "agreed_from", "agreed_until", "late_foreseen_at"),
            *("asked_at", "accepted_at", "set_off_at", "arrived_at", "made_safe_at", "restored_at"),
            *("ended_at", "outcome", "version"),
        ]

    def get_reference(self, visit: Visit) -> str:
        return visit.case.reference if visit.case else ""


class VisitPageOutput(serializers.Serializer[Any]):
    """A page of visits."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = VisitOutput(many=True)


class OfferOutput(serializers.ModelSerializer[Offer]):
    """A crew that was asked; `answer` is empty until it has answered or the offer has lapsed."""

    crew = serializers.CharField(source="crew.code")
    reasons = serializers.SerializerMethodField(help_text="why it was suggested, in words")

    class Meta:
        model = Offer
        fields = ["crew", "at", "lapses_at", "is_by_hand", "reasons", "answer", "answered_at", "why"]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_reasons(self, offer: Offer) -> list[str]:
        return [naming.reason(code) for code in offer.reasons]


class VisitDetailOutput(VisitOutput):
    """A visit with everybody who was asked, the latest last."""

    offers = serializers.SerializerMethodField()

    class Meta(VisitOutput.Meta):
        fields = [*VisitOutput.Meta.fields, "offers"]

    @extend_schema_field(OfferOutput(many=True))
    def get_offers(self, visit: Visit) -> Any:
        return OfferOutput(visit.offers.select_related("crew").order_by("pk"), many=True).data


class SuggestionOutput(serializers.Serializer[Any]):
    """A crew that could go, the best first."""

    crew = serializers.CharField()
    name = serializers.CharField()
    metres = serializers.IntegerField(allow_null=True, help_text="as the crow flies; null where nobody knows")
    minutes = serializers.IntegerField(allow_null=True, help_text="until it could be there")
    reasons = serializers.ListField(child=serializers.CharField(), help_text="codes")
    reasons_text = serializers.ListField(child=serializers.CharField(), help_text="the same in the language of Accept-Language")


class WayOutput(serializers.Serializer[Any]):
    """What can still be done when nobody of the territory is there in time."""

    option = serializers.ChoiceField(["call_in", "neighbour", "police_and_fire"])
    text = serializers.CharField()
    crew = serializers.CharField(allow_null=True)
    minutes = serializers.IntegerField(allow_null=True)


class ForecastOutput(serializers.Serializer[Any]):
    """Whether somebody of the territory who is out will be there in time."""

    minutes = serializers.IntegerField(allow_null=True, help_text="the soonest; null for nobody, or where nobody knows")
    is_late = serializers.BooleanField()
    ways = WayOutput(many=True)


class SuggestionsOutput(serializers.Serializer[Any]):
    """Who could go, and whether anybody is there in time (null where no arrival is promised by a number)."""

    results = SuggestionOutput(many=True)
    forecast = ForecastOutput(allow_null=True)


class CrewOutput(serializers.Serializer[Any]):
    """A crew on the roster now. Where it was last is for dispatchers only."""

    code = serializers.CharField(source="crew.code")
    name = serializers.CharField(source="crew.name")
    skills = serializers.ListField(source="crew.skills", child=serializers.CharField())
    is_on_call = serializers.BooleanField(help_text="at home, fetched only in need")
    until = serializers.DateTimeField(help_text="when its shift ends")
    people = serializers.SerializerMethodField(help_text="staff numbers, the leader first")
    visits = serializers.DictField(child=serializers.IntegerField(), help_text="open visits by status")
    latitude = serializers.FloatField(source="place.latitude", allow_null=True, default=None)
    longitude = serializers.FloatField(source="place.longitude", allow_null=True, default=None)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_people(self, line: CrewLine) -> list[str]:
        return [member.staff.number for member in line.people]


class CrewsOutput(serializers.Serializer[Any]):
    """The crews on the roster now: those that are out, then those on call."""

    results = CrewOutput(many=True)


class TurnOutput(serializers.ModelSerializer[CrewShift]):
    """A turn on the crews' roster."""

    crew = serializers.CharField(source="crew.code")

    class Meta:
        model = CrewShift
        fields = ["id", "crew", "starts_at", "ends_at", "is_on_call"]


class TurnsOutput(serializers.Serializer[Any]):
    """Turns on the crews' roster, the earliest first."""

    results = TurnOutput(many=True)
