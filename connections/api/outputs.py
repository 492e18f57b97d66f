"""What the API shows of applications for gas. Names and phones are masked; the place is for staff and for who applied."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts import masking
from casework import kinds

from ..models import Application, Ball, Paper, Stage
from ..queries import applicants
from ..queries.papers import in_words
from ..states import PaperStatus, StageStatus


class OutsideOutput(serializers.Serializer[Any]):
    """The application in another system."""

    system = serializers.CharField(source="outside_system")
    number = serializers.CharField(source="outside_number")
    due_at = serializers.DateTimeField(source="outside_due", allow_null=True)


class StageOutput(serializers.ModelSerializer[Stage]):
    """One stage, in the order of the way. `promised_until` is what the applicant was told, `planned_for` what the plan says."""

    name = serializers.SerializerMethodField(help_text="in the language of Accept-Language")
    status = serializers.ChoiceField(StageStatus.choices)
    ball = serializers.ChoiceField(Ball.choices, help_text="whose turn it is")

    class Meta:
        model = Stage
        fields = ["key", "name", "status", "ball", "begun_at", "planned_for", "promised_until", "ended_at"]

    def get_name(self, stage: Stage) -> str:
        return in_words(stage.row.names)


class PaperOutput(serializers.ModelSerializer[Paper]):
    """One paper of the check-list. `may_follow`: nothing waits for it yet."""

    name = serializers.SerializerMethodField(help_text="in the language of Accept-Language")
    status = serializers.ChoiceField(PaperStatus.choices)

    class Meta:
        model = Paper
        fields = ["key", "name", "status", "may_follow", "at_survey", "due_at"]

    def get_name(self, paper: Paper) -> str:
        return in_words(paper.row.names)


class ApplicationOutput(serializers.Serializer[Any]):
    """An application in a list. `processing_from` is when the papers were complete; null while they are not."""

    reference = serializers.CharField(source="case.reference")
    tracking_code = serializers.CharField(source="case.tracking_code", help_text="opens the public tracking page together with `reference`")
    kind = serializers.ChoiceField(Application.Kind.choices)
    status = serializers.CharField(source="case.status")
    status_label = serializers.SerializerMethodField(help_text="in the language of Accept-Language")
    channel = serializers.CharField(source="way_in", help_text="`government`: at the government hall")
    is_new_build = serializers.BooleanField()
    is_one_stop = serializers.BooleanField()
    is_with_gaps = serializers.BooleanField(help_text="accepted while papers were missing")
    opened_at = serializers.DateTimeField(source="case.opened_at")
    accepted_at = serializers.DateTimeField(allow_null=True)
    processing_from = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(source="case.closed_at", allow_null=True)
    place = serializers.CharField()
    organisation = serializers.CharField()
    contact_name = serializers.SerializerMethodField(help_text="masked: 李*")
    contact_phone = serializers.SerializerMethodField(help_text="masked: **** 8000")
    outside = serializers.SerializerMethodField(help_text="the same application in another system; null where there is none")

    def get_status_label(self, row: Application) -> str:
        return kinds.kind(row.case.kind).lifecycle.label_of(row.case.status)

    def get_contact_name(self, row: Application) -> str:
        return masking.mask_name(row.case.contact_name)

    def get_contact_phone(self, row: Application) -> str:
        return masking.mask_phone(row.case.contact_phone) if row.case.contact_phone else ""

    @extend_schema_field(OutsideOutput(allow_null=True))
    def get_outside(self, row: Application) -> Any:
        return OutsideOutput(row).data if row.outside_number else None


class ApplicationDetailOutput(ApplicationOutput):
    """The same with its stages and papers, whose turn it is, and until when gas is to be on."""

    appliances = serializers.DictField(child=serializers.IntegerField())
    flow_litres = serializers.IntegerField(source="flow", allow_null=True, help_text="wanted, litres an hour")
    steward = serializers.SerializerMethodField(help_text="name of who looks after it now; null for nobody yet")
    ball = serializers.SerializerMethodField(help_text="company, applicant or authority; empty when it is over")
    gas_on_by = serializers.SerializerMethodField(help_text="the day gas is to be on; promised once `processing_from` is set")
    stages = serializers.SerializerMethodField()
    papers = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_steward(self, row: Application) -> str | None:
        found = self.context["standing"]["counterpart"]
        return found.present.name if found else None

    def get_ball(self, row: Application) -> str:
        return str(self.context["standing"]["ball"])

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_gas_on_by(self, row: Application) -> Any:
        moment = self.context["standing"]["gas_on"]
        return serializers.DateTimeField().to_representation(moment) if moment else None

    @extend_schema_field(StageOutput(many=True))
    def get_stages(self, row: Application) -> Any:
        return StageOutput(applicants.line_of(row), many=True).data

    @extend_schema_field(PaperOutput(many=True))
    def get_papers(self, row: Application) -> Any:
        return PaperOutput(self.context["standing"]["papers"], many=True).data


class ApplicationPageOutput(serializers.Serializer[Any]):
    """A page of applications."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ApplicationOutput(many=True)
