"""What the API shows of complaints: no name and no phone; findings and departments' words only to staff."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casework import kinds

from ..models import Answer, Complaint, FollowUpWork, Inquiry
from ..queries.works import works_of


class ComplaintAnswerOutput(serializers.ModelSerializer[Answer]):
    """One of our answers. `/complaints/.../` has all of them; the last one counts."""

    class Meta:
        model = Answer
        fields = ["number", "text", "language", "way", "at"]


class PromisedWorkOutput(serializers.ModelSerializer[FollowUpWork]):
    """Work that an answer promised: a case of ours, or words and a moment."""

    case = serializers.CharField(source="work.reference", default=None, allow_null=True, help_text="reference; null for words")

    class Meta:
        model = FollowUpWork
        fields = ["id", "case", "words", "promised_at", "done_at"]


class InquiryOutput(serializers.ModelSerializer[Inquiry]):
    """A question to a department, and its answer."""

    class Meta:
        model = Inquiry
        fields = ["id", "question", "is_to_contact", "asked_at", "answered_at", "finding"]


class ComplaintOutput(serializers.ModelSerializer[Complaint]):
    """A complaint in a list. `major_why` is empty for an ordinary one, `outcome` until it is decided."""

    reference = serializers.CharField(source="case.reference")
    tracking_code = serializers.CharField(source="case.tracking_code", help_text="opens the public page /track/ beside the reference")
    status = serializers.CharField(source="case.status")
    status_label = serializers.SerializerMethodField(help_text="in the language of Accept-Language")
    channel = serializers.CharField(source="case.channel")
    opened_at = serializers.DateTimeField(source="case.opened_at")
    closed_at = serializers.DateTimeField(source="case.closed_at", allow_null=True)
    next_due_at = serializers.DateTimeField(source="case.timeline.next_due_at", allow_null=True)

    class Meta:
        model = Complaint
        fields = [
            *("reference", "tracking_code", "about", "status", "status_label", "channel", "origin", "major_why", "outcome", "satisfaction"),
            *("opened_at", "decided_at", "closed_at", "next_due_at"),
        ]

    def get_status_label(self, row: Complaint) -> str:
        return kinds.kind(row.case.kind).lifecycle.label_of(row.case.status)


class ComplaintDetailOutput(ComplaintOutput):
    """The same with its words, our answers and what they promise; for staff also what departments were asked."""

    answers = serializers.SerializerMethodField()
    works = serializers.SerializerMethodField()
    inquiries = serializers.SerializerMethodField(help_text="for staff; customers get an empty list")

    class Meta(ComplaintOutput.Meta):
        fields = [*ComplaintOutput.Meta.fields, "text", "answers", "works", "inquiries"]

    @extend_schema_field(ComplaintAnswerOutput(many=True))
    def get_answers(self, row: Complaint) -> Any:
        return ComplaintAnswerOutput(Answer.objects.filter(case=row.case_id).order_by("number"), many=True).data

    @extend_schema_field(PromisedWorkOutput(many=True))
    def get_works(self, row: Complaint) -> Any:
        return PromisedWorkOutput(works_of(row.case), many=True).data

    @extend_schema_field(InquiryOutput(many=True))
    def get_inquiries(self, row: Complaint) -> Any:
        found = row.inquiries.order_by("pk") if self.context["is_staff"] else row.inquiries.none()
        return InquiryOutput(found, many=True).data


class ComplaintPageOutput(serializers.Serializer[Any]):
    """A page of complaints."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ComplaintOutput(many=True)


class InquiriesOutput(serializers.Serializer[Any]):
    """What waits for an answer."""

    results = InquiryOutput(many=True)
