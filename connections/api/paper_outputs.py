"""What the API shows of papers, their versions, and the two clocks."""

from typing import Any

from rest_framework import serializers

from ..states import PaperStatus
from .steward_outputs import SecondsField


class PaperVersionOutput(serializers.Serializer[Any]):
    """One version: a file, or that it was shown at a counter (`file` is null)."""

    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    file = serializers.CharField(source="attachment.token", default=None, allow_null=True, help_text="token among the files of the case")
    is_accepted = serializers.BooleanField(allow_null=True)
    verdict = serializers.CharField(help_text="why not; empty where nothing is wrong")


class PaperLineOutput(serializers.Serializer[Any]):
    """One paper with all its versions. Send `version` back with a verdict: what changed meanwhile is looked at first."""

    key = serializers.CharField(source="paper.key")
    name = serializers.CharField(help_text="in the language of Accept-Language")
    hint = serializers.CharField()
    consequence = serializers.CharField(help_text="what follows where it does not come")
    status = serializers.ChoiceField(PaperStatus.choices, source="paper.status")
    may_follow = serializers.BooleanField(source="paper.may_follow")
    at_survey = serializers.BooleanField(source="paper.at_survey")
    due_at = serializers.DateTimeField(source="paper.due_at", allow_null=True)
    is_late = serializers.BooleanField()
    verdict = serializers.CharField(source="paper.verdict")
    version = serializers.IntegerField(source="paper.version")
    versions = PaperVersionOutput(source="files", many=True)


class ClocksOutput(serializers.Serializer[Any]):
    """The company's clock begins at `since`; while it is null, the papers in `holding` must come first. Times in seconds."""

    since = serializers.DateTimeField(allow_null=True)
    holding = serializers.ListField(child=serializers.CharField())
    company = SecondsField(source="ours")
    applicant = SecondsField(source="theirs")
    next_due = serializers.DateTimeField(allow_null=True)


class PapersOutput(serializers.Serializer[Any]):
    """In the order of the plan."""

    clocks = ClocksOutput()
    results = PaperLineOutput(source="lines", many=True)
