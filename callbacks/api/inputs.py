"""What the API takes about follow-ups."""

from rest_framework import serializers

from accounts.api.inputs import Input

from ..forms.answers import DEPARTMENTS
from ..models import Heard, Result
from ..queries.lists import LISTS

#: How staff ask.
OUR_WAYS = [one for one in Heard.choices if one[0] != Heard.LINK]
PROBLEM_DEPARTMENTS = [(role.value, role.label) for role in DEPARTMENTS]
_SEEN = "of the follow-up as it was read: another one is refused"


class ListQuery(Input):
    """Which list."""

    list = serializers.ChoiceField([(name, name) for name in LISTS], default="now")


class ResultsQuery(Input):
    """How far back."""

    days = serializers.IntegerField(min_value=1, max_value=400, default=30)


class HearInput(Input):
    """What the customer said. `answers` are numbers by question (yes 1, no 0, scores 1 to 5), `texts` words by question."""

    settled = serializers.BooleanField(help_text="what they wanted is done")
    score = serializers.IntegerField(min_value=1, max_value=5, help_text="satisfaction")
    answers = serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=5), default=dict)
    texts = serializers.DictField(child=serializers.CharField(max_length=1_000), default=dict)
    words = serializers.CharField(max_length=2_000, default="", allow_blank=True)
    heard_by = serializers.ChoiceField(OUR_WAYS, default=Heard.CALL)
    problem = serializers.CharField(max_length=2_000, default="", allow_blank=True, help_text="goes to a department at once")
    department = serializers.ChoiceField(PROBLEM_DEPARTMENTS, default="", allow_blank=True)
    version = serializers.IntegerField(required=False, min_value=0, help_text=_SEEN)


class FollowUpSeenInput(Input):
    """The follow-up as it was read."""

    version = serializers.IntegerField(required=False, min_value=0, help_text=_SEEN)


class FollowUpAttemptInput(Input):
    """What came of a call in which nobody answered our questions."""

    result = serializers.ChoiceField(Result.choices)
    note = serializers.CharField(max_length=300, default="", allow_blank=True)
    version = serializers.IntegerField(min_value=0, help_text=f"{_SEEN}, so that an attempt counts once")


class FollowUpLetterInput(Input):
    """The letter that asks."""

    text = serializers.CharField(max_length=4_000)
    version = serializers.IntegerField(required=False, min_value=0, help_text=_SEEN)
