"""What the API shows of cases. Names and phones are masked; who works on it and what is said among us is for staff alone."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts import masking

from .. import kinds, models, queries


class CaseFileOutput(serializers.ModelSerializer[models.Attachment]):
    """A file that came with the case; its bytes are at cases/{reference}/files/{token}/."""

    class Meta:
        model = models.Attachment
        fields = ["token", "name", "content_type", "size", "at"]


class MissingPaperOutput(serializers.ModelSerializer[models.NamedPaper]):
    """A paper on the list that the customer was told; `arrived_at` once it was handed in again and is looked through."""

    class Meta:
        model = models.NamedPaper
        fields = ["name", "remark", "arrived_at"]


class CaseFilesOutput(serializers.Serializer[Any]):
    """The files of a case."""

    results = CaseFileOutput(many=True)


class StoryLineOutput(serializers.Serializer[Any]):
    """One step in words, in the language of Accept-Language; `note` is what was written between us."""

    at = serializers.DateTimeField()
    text = serializers.CharField()
    by = serializers.CharField(help_text="a staff member, for staff; else empty")
    note = serializers.CharField()


class CaseOutput(serializers.ModelSerializer[models.Case]):
    """A case in a list. `due_at` is the nearest moment at which something promised falls due."""

    subject = serializers.CharField(
        source="title", help_text="as somebody typed it; what we call it ourselves in the language of Accept-Language"
    )
    status_label = serializers.SerializerMethodField(help_text="in the language of Accept-Language")
    account = serializers.SerializerMethodField(help_text="its number; null for a passer-by")
    contact_name = serializers.SerializerMethodField(help_text="masked: 李*")
    contact_phone = serializers.SerializerMethodField(help_text="masked: **** 8000")
    hall = serializers.SerializerMethodField(help_text="code; null where nobody's hall looks after it")
    owner = serializers.SerializerMethodField(help_text="staff number of who has it in hand; null for nobody, and for customers")
    segment = serializers.SerializerMethodField(help_text="vip, key_account and private_network come first; empty for customers")
    named = serializers.SerializerMethodField(help_text="staff number of who sees to it by name; null for nobody, and for customers")
    due_at = serializers.SerializerMethodField(help_text="null while nothing is due; for staff: our own clocks are among them")

    class Meta:
        model = models.Case
        fields = [
            *("reference", "kind", "subject", "status", "status_label", "channel", "urgency", "account"),
            *("contact_name", "contact_phone", "hall", "owner", "segment", "named", "opened_at", "due_at", "closed_at"),
        ]

    def get_status_label(self, case: models.Case) -> str:
        return kinds.kind(case.kind).lifecycle.label_of(case.status)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_account(self, case: models.Case) -> str | None:
        return case.account.number if case.account else None

    def get_contact_name(self, case: models.Case) -> str:
        return masking.mask_name(case.contact_name)

    def get_contact_phone(self, case: models.Case) -> str:
        return masking.mask_phone(case.contact_phone) if case.contact_phone else ""

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_hall(self, case: models.Case) -> str | None:
        return case.hall.code if case.hall else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_owner(self, case: models.Case) -> str | None:
        return case.owner.number if case.owner and self.is_for_staff else None

    def get_segment(self, case: models.Case) -> str:
        return case.segment if self.is_for_staff else ""

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_named(self, case: models.Case) -> str | None:
        return case.named.number if case.named and self.is_for_staff else None

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_due_at(self, case: models.Case) -> Any:
        due_at = case.timeline.next_due_at if self.is_for_staff else None
        return serializers.DateTimeField().to_representation(due_at) if due_at else None

    is_for_staff = False


class StaffCaseOutput(CaseOutput):
    """The same for staff."""

    is_for_staff = True


class CaseDetailOutput(CaseOutput):
    """A case with its words, its story and its files."""

    topic = serializers.SerializerMethodField(help_text="of a general request; else null")
    text = serializers.SerializerMethodField()
    answer = serializers.SerializerMethodField(help_text="empty until there is one")
    answered_at = serializers.SerializerMethodField()
    tracking_code = serializers.CharField(help_text="opens the public page /track/ beside the reference")
    story = serializers.SerializerMethodField()
    files = serializers.SerializerMethodField()
    missing_papers = serializers.SerializerMethodField(help_text="the open list; empty when nothing is missing")

    class Meta(CaseOutput.Meta):
        fields = [*CaseOutput.Meta.fields, "topic", "text", "answer", "answered_at", "tracking_code", "story", "files", "missing_papers"]

    @extend_schema_field(serializers.ChoiceField(models.GeneralRequest.Topic.choices, allow_null=True))
    def get_topic(self, case: models.Case) -> str | None:
        row = _request_of(case)
        return row.topic if row else None

    def get_text(self, case: models.Case) -> str:
        row = _request_of(case)
        return row.text if row else ""

    def get_answer(self, case: models.Case) -> str:
        row = _request_of(case)
        return row.answer if row else ""

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_answered_at(self, case: models.Case) -> Any:
        row = _request_of(case)
        return serializers.DateTimeField().to_representation(row.answered_at) if row and row.answered_at else None

    @extend_schema_field(StoryLineOutput(many=True))
    def get_story(self, case: models.Case) -> Any:
        lines = queries.story_for_staff(case) if self.is_for_staff else queries.story_for_customer(case)
        return StoryLineOutput(lines, many=True).data

    @extend_schema_field(CaseFileOutput(many=True))
    def get_files(self, case: models.Case) -> Any:
        files = queries.files_of(case) if self.is_for_staff else queries.files_from_customer(case)
        return CaseFileOutput(files, many=True).data

    @extend_schema_field(MissingPaperOutput(many=True))
    def get_missing_papers(self, case: models.Case) -> Any:
        told = queries.open_list(case)
        return MissingPaperOutput(told.papers.all() if told else [], many=True).data


class StaffCaseDetailOutput(CaseDetailOutput):
    """The same for staff."""

    is_for_staff = True


class CasePageOutput(serializers.Serializer[Any]):
    """One page, the newest first."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = CaseOutput(many=True)


class CasesOutput(serializers.Serializer[Any]):
    """Cases that fit."""

    results = CaseOutput(many=True)


def _request_of(case: models.Case) -> models.GeneralRequest | None:
    return getattr(case, "general_request", None)
