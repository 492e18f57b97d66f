"""What the API shows of letters to the reception and of applications for services. Names and phones are masked."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts import masking
from casework import kinds

from ..models import Answer, AppealForm, Item, Service, Topic, Triage
from ..queries.reception_desk import answers_of


class AnswerOutput(serializers.ModelSerializer[Answer]):
    """Our words, as they were written."""

    number = serializers.CharField(source="letter_number")

    class Meta:
        model = Answer
        fields = ["number", "text", "language", "way", "at"]


class _CaseOutput(serializers.Serializer[Any]):
    """What both have of their case."""

    reference = serializers.CharField(source="case.reference")
    tracking_code = serializers.CharField(source="case.tracking_code", help_text="opens the public tracking page together with `reference`")
    status = serializers.CharField(source="case.status")
    status_label = serializers.SerializerMethodField(help_text="in the language of Accept-Language")
    channel = serializers.CharField(source="case.channel")
    opened_at = serializers.DateTimeField(source="case.opened_at")
    closed_at = serializers.DateTimeField(source="case.closed_at", allow_null=True)
    contact_name = serializers.SerializerMethodField(help_text="masked: 李*")
    contact_phone = serializers.SerializerMethodField(help_text="masked: **** 8000")
    outside_system = serializers.CharField(help_text="the portal it came from; empty where it came from none")
    outside_number = serializers.CharField()
    version = serializers.IntegerField(source="case.version", help_text="sent back with an act, another one is refused")

    def get_status_label(self, row: Any) -> str:
        return kinds.kind(row.case.kind).lifecycle.label_of(row.case.status)

    def get_contact_name(self, row: Any) -> str:
        return masking.mask_name(row.case.contact_name)

    def get_contact_phone(self, row: Any) -> str:
        return masking.mask_phone(row.case.contact_phone) if row.case.contact_phone else ""


class ReceptionLetterOutput(_CaseOutput):
    """A letter in a list."""

    form = serializers.ChoiceField(AppealForm.choices)
    topic = serializers.ChoiceField(Topic.choices)
    triage = serializers.ChoiceField(Triage.choices, allow_blank=True)
    told_until = serializers.DateTimeField(allow_null=True, help_text="the date that was told of a hard case")
    is_publishable = serializers.BooleanField(help_text="whoever wrote has nothing against a short form for others")


class ReceptionLetterDetailOutput(ReceptionLetterOutput):
    """The same with its words and our answers."""

    text = serializers.CharField()
    place = serializers.CharField()
    answers = serializers.SerializerMethodField()

    @extend_schema_field(AnswerOutput(many=True))
    def get_answers(self, row: Any) -> Any:
        return AnswerOutput(answers_of(row.case), many=True).data


class ServiceApplicationOutput(_CaseOutput):
    """An application for a service in a list."""

    service = serializers.ChoiceField(Service.choices)
    routed_at = serializers.DateTimeField(allow_null=True)
    agreed_for = serializers.DateTimeField(allow_null=True)


class ServiceApplicationDetailOutput(ServiceApplicationOutput):
    """The same with what is known and what is missing."""

    details = serializers.DictField(child=serializers.CharField(), help_text="item: what the client said")
    missing = serializers.ListField(
        child=serializers.ChoiceField(Item.choices), help_text="what the client was asked for and did not say yet"
    )
    wishes = serializers.CharField()
    agreed_words = serializers.CharField()
    done_words = serializers.CharField()


class ReceptionLetterPageOutput(serializers.Serializer[Any]):
    """A page of letters."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ReceptionLetterOutput(many=True)


class ServiceApplicationPageOutput(serializers.Serializer[Any]):
    """A page of applications."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ServiceApplicationOutput(many=True)
