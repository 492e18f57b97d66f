"""What the API shows of repairs and restorations. Names and phones are masked; the places of others are for staff alone."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts import masking
from casework import kinds
from casework.models import Case

from .. import clusters, models, wording


class Answered:
    """A repair or restoration with what was found out about it for one answer: ``due_at``, ``near``, ``lead``."""

    def __init__(self, row: models.Repair | models.Restoration, **found: Any) -> None:
        self.__dict__.update(found)
        self._row = row

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


class NearOutput(serializers.Serializer[Any]):
    """A report that may be of the same trouble."""

    reference = serializers.CharField()
    how = serializers.ChoiceField(clusters.CLOSENESS)


class OfCase(serializers.Serializer[Any]):
    """What repairs and restorations show of their case."""

    reference = serializers.CharField(source="case.reference")
    status = serializers.CharField(source="case.status")
    status_label = serializers.SerializerMethodField(help_text="in the language of Accept-Language")
    account = serializers.SerializerMethodField(help_text="its number; null for a passer-by")
    channel = serializers.CharField(source="case.channel")
    urgency = serializers.ChoiceField(Case.Urgency.choices, source="case.urgency")
    segment = serializers.CharField(source="case.segment")
    area = serializers.CharField(source="case.area")
    opened_at = serializers.DateTimeField(source="case.opened_at")
    closed_at = serializers.DateTimeField(source="case.closed_at", allow_null=True)
    due_at = serializers.SerializerMethodField(help_text="when the next thing is due that the customer was promised")

    def get_status_label(self, row: Any) -> str:
        return kinds.kind(row.case.kind).lifecycle.label_of(row.case.status)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_account(self, row: Any) -> str | None:
        return row.case.account.number if row.case.account else None

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_due_at(self, row: Any) -> Any:
        moment: datetime | None = getattr(row, "due_at", None)
        return serializers.DateTimeField().to_representation(moment) if moment else None


class RepairOutput(OfCase):
    """A repair. `reasons` are codes for why it is as urgent as it is, `why` the same in words."""

    fault = serializers.ChoiceField(models.Repair.Fault.choices)
    classification = serializers.CharField(source="case.classification")
    reasons = serializers.ListField(child=serializers.CharField())
    why = serializers.SerializerMethodField(help_text="in the language of Accept-Language")
    follows = serializers.SerializerMethodField(help_text="reference of the earlier report it goes along with")
    may_follow = serializers.SerializerMethodField(help_text="somebody goes to a neighbour for the like: see `follow`")
    outcome = serializers.CharField()
    tracking_code = serializers.CharField(source="case.tracking_code", help_text="opens the public tracking page together with `reference`")
    ordered_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_why(self, repair: models.Repair) -> list[str]:
        return wording.reasons_in_words(repair.reasons)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_follows(self, repair: models.Repair) -> str | None:
        return repair.follows.case.reference if repair.follows else None

    def get_may_follow(self, repair: models.Repair) -> bool:
        return getattr(repair, "lead", None) is not None and repair.follows_id is None


class StaffRepairOutput(RepairOutput):
    """The same for staff, with what was said, where, and what was reported near it."""

    text = serializers.CharField()
    answers = serializers.DictField(child=serializers.CharField())
    place = serializers.CharField(help_text="in words, where no premises are known")
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    contact_name = serializers.SerializerMethodField(help_text="masked: 李*")
    contact_phone = serializers.SerializerMethodField(help_text="masked: **** 8000")
    near = serializers.SerializerMethodField()

    def get_contact_name(self, repair: models.Repair) -> str:
        return masking.mask_name(repair.case.contact_name)

    def get_contact_phone(self, repair: models.Repair) -> str:
        return masking.mask_phone(repair.case.contact_phone) if repair.case.contact_phone else ""

    @extend_schema_field(NearOutput(many=True))
    def get_near(self, repair: models.Repair) -> Any:
        return [{"reference": other.case.reference, "how": how} for other, how in getattr(repair, "near", [])]


class RepairsOutput(serializers.Serializer[Any]):
    """Reports that wait for a look, the oldest first."""

    results = StaffRepairOutput(many=True)


class VerdictOutput(serializers.Serializer[Any]):
    """What triage says of a fault and its answers."""

    urgency = serializers.ChoiceField(Case.Urgency.choices)
    classification = serializers.ChoiceField(models.Repair.Class.choices)
    skill = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())
    why = serializers.ListField(child=serializers.CharField(), help_text="in the language of Accept-Language")


class RestorationOutput(OfCase):
    """Gas to be turned on again."""

    cause = serializers.ChoiceField(models.Restoration.Cause.choices)
    text = serializers.CharField()
    done_at = serializers.DateTimeField(allow_null=True)
