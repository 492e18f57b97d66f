"""What the API shows of follow-ups. Phones are not among it: whoever rings asks for them where the look is written down."""

from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.clock import business_now

from ..models import Attempt, FollowUp
from ..queries.questionnaires import asked_in
from ..queries.results import Row


class QuestionOutput(serializers.Serializer[Any]):
    """One question, in the language of Accept-Language."""

    code = serializers.CharField()
    sort = serializers.ChoiceField([(one, one) for one in ("score", "yes_no", "text")])
    ask = serializers.CharField()
    is_required = serializers.BooleanField()


class AttemptOutput(serializers.ModelSerializer[Attempt]):
    staff = serializers.CharField(source="staff.number", help_text="staff number")

    class Meta:
        model = Attempt
        fields = ["at", "staff", "result"]


class FollowUpLineOutput(serializers.ModelSerializer[FollowUp]):
    """A follow-up in a list. `ring_from`: not before; `due_at`: what was promised."""

    case = serializers.CharField(source="case.reference")

    class Meta:
        model = FollowUp
        fields = [
            *("id", "case", "kind", "way", "status", "is_pressing", "turn", "born_at", "ring_from", "due_at", "handed_at"),
            *("attempts", "link_sent_at", "settled", "score", "heard_by", "ended_at", "version"),
        ]


class FollowUpsOutput(serializers.Serializer[Any]):
    """Who waits for us first, then what is due first; at most 200."""

    results = FollowUpLineOutput(many=True)


class FollowUpOutput(FollowUpLineOutput):
    """The same with what is asked, what was said, what was tried and what was passed on."""

    questions = serializers.SerializerMethodField()
    tries = AttemptOutput(many=True)
    problems = serializers.SerializerMethodField(help_text="references of the cases that problems became")

    class Meta(FollowUpLineOutput.Meta):
        fields = [*FollowUpLineOutput.Meta.fields, "questions", "answers", "texts", "words", "tries", "problems"]

    @extend_schema_field(QuestionOutput(many=True))
    def get_questions(self, found: FollowUp) -> list[dict[str, Any]]:
        language = get_language() or "en"
        return [
            {"code": one.code, "sort": one.sort, "ask": one.words(language), "is_required": one.is_required}
            for one in asked_in(found, business_now()).questions
        ]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_problems(self, found: FollowUp) -> list[str]:
        return list(found.problems.values_list("case__reference", flat=True))


class ResultRowOutput(serializers.Serializer[Row]):
    """One kind of matter. Shares are per cent, null where there is nothing to count."""

    kind = serializers.CharField()
    count = serializers.IntegerField()
    statuses = serializers.DictField(child=serializers.IntegerField())
    reached = serializers.IntegerField(allow_null=True)
    in_time = serializers.IntegerField(allow_null=True)
    satisfied = serializers.IntegerField(allow_null=True)
    unsettled = serializers.IntegerField()
    score = serializers.FloatField(allow_null=True, help_text="mean satisfaction, 1 to 5")
    answers = serializers.DictField(child=serializers.FloatField(), help_text="means by question")


class ResultsOutput(serializers.Serializer[Any]):
    """Kind by kind."""

    results = ResultRowOutput(many=True)
