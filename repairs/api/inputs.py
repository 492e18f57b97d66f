"""What the API takes of a fault."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.api.inputs import Input
from casework.models import Channel, Urgency

from .. import triage
from ..models import Repair
from ..places import is_on_earth

#: The words of triage as the schema names them (ENUM_NAME_OVERRIDES).
ANSWERS = [(answer.value, answer.value) for answer in triage.Answer]


class AnswerField(serializers.ChoiceField):
    """One answer of triage."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(ANSWERS, required=False, **kwargs)


class AnswersInput(Input):
    """The questions of triage; what is left out is not known."""

    smell = AnswerField()
    hiss = AnswerField()
    people = AnswerField(help_text="whether somebody feels ill or cannot get out")
    ignition = AnswerField(help_text="whether a flame or spark is near")
    valve = AnswerField(help_text="whether it is shut")
    neighbours = AnswerField(help_text="whether they have gas as usual")


class ReportInput(Input):
    """A fault, and where: an account, an address in words, or coordinates. The last five are for staff."""

    fault = serializers.ChoiceField(Repair.Fault.choices)
    text = serializers.CharField(max_length=2_000, required=False, default="", allow_blank=True)
    account = serializers.CharField(max_length=10, required=False, help_text="number of the account where it is")
    place = serializers.CharField(max_length=240, required=False, default="", help_text="an address in words, or coordinates")
    latitude = serializers.FloatField(required=False, min_value=-90, max_value=90)
    longitude = serializers.FloatField(required=False, min_value=-180, max_value=180)
    answers = AnswersInput(required=False)
    language = serializers.CharField(max_length=10, required=False, default="", help_text="of our messages, for example zh-hans")
    phone = serializers.CharField(max_length=60, required=False, default="", help_text="however it is written; for staff")
    name = serializers.CharField(max_length=120, required=False, default="", help_text="for staff")
    channel = serializers.ChoiceField(Channel.choices, required=False, help_text="how they came to us; for staff")
    urgency = serializers.ChoiceField(Urgency.choices, required=False, default="", help_text="over triage's; for staff")
    classification = serializers.ChoiceField(Repair.Class.choices, required=False, default="", help_text="over triage's; for staff")

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """A point has both numbers. A phone that cannot be read holds nothing up: it stays with the words."""
        if ("latitude" in given) != ("longitude" in given):
            raise serializers.ValidationError({"latitude": [_("Give both latitude and longitude, or neither.")]})
        if "latitude" in given and not is_on_earth(given["latitude"], given["longitude"]):
            raise serializers.ValidationError({"latitude": [_("This is no point on Earth.")]})
        return given


class TriageInput(Input):
    """A fault and the answers so far."""

    fault = serializers.ChoiceField(Repair.Fault.choices)
    answers = AnswersInput(required=False)
