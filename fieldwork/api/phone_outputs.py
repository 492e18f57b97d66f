"""What a crew's device is shown of its visits."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ..models import DevicePhoto, Visit
from ..operations.syncing import LATER
from ..queries.phones import address_of


class PhoneVisitOutput(serializers.ModelSerializer[Visit]):
    """A visit of the caller's crew. Whom to ring is asked for apart: somebody who looks is written down."""

    status_label = serializers.CharField(source="get_status_display", help_text="in the language of Accept-Language")
    reference = serializers.SerializerMethodField(help_text="of its case")
    crew = serializers.CharField(source="crew.code", allow_null=True, default=None)
    address = serializers.SerializerMethodField(help_text="empty where only a place on the map is known")
    due_at = serializers.DateTimeField(source="timeline.next_due_at", allow_null=True, help_text="the nearest moment promised")
    agreed_from = serializers.DateTimeField(allow_null=True, help_text="the time agreed with the customer; null for none")
    agreed_until = serializers.DateTimeField(allow_null=True)
    visit_code = serializers.CharField(help_text="the customer asks for it at the door")

    class Meta:
        model = Visit
        fields = [
            *("id", "reference", "purpose", "skill", "urgency", "status", "status_label", "crew", "address", "latitude", "longitude"),
            *("due_at", "agreed_from", "agreed_until", "visit_code"),
            *("asked_at", "accepted_at", "set_off_at", "arrived_at", "made_safe_at", "restored_at"),
            *("ended_at", "outcome", "version"),
        ]

    def get_reference(self, visit: Visit) -> str:
        return visit.case.reference if visit.case else ""

    def get_address(self, visit: Visit) -> str:
        return address_of(visit)


class PhoneVisitsOutput(serializers.Serializer[Any]):
    """The visits of the caller's crew, what falls due first on top."""

    results = PhoneVisitOutput(many=True)


class HeardOutput(serializers.Serializer[Any]):
    """What became of one deed. `later`: it was not taken, send it again."""

    key = serializers.CharField()
    outcome = serializers.ChoiceField(["applied", "refused", LATER])
    why = serializers.CharField(help_text="of a refusal, in the crew's language; what was found is kept all the same")
    happened_at = serializers.DateTimeField(allow_null=True, help_text="by our clock")


class SyncedOutput(serializers.Serializer[Any]):
    """Each deed's fate, in the order in which they were sent, and the crew's visits as they are now."""

    received_at = serializers.DateTimeField()
    ahead_ms = serializers.IntegerField(help_text="how far the device's clock is ahead of ours")
    results = HeardOutput(many=True)
    visits = PhoneVisitOutput(many=True)


class PhotoOutput(serializers.ModelSerializer[DevicePhoto]):
    """A picture that is kept; `is_joined` once the deed that names it has come too."""

    is_joined = serializers.SerializerMethodField()

    class Meta:
        model = DevicePhoto
        fields = ["key", "sha256", "is_joined"]

    @extend_schema_field(serializers.BooleanField())
    def get_is_joined(self, photo: DevicePhoto) -> bool:
        return photo.evidence_id is not None
