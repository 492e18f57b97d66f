"""What the API shows of portfolios, of what ages, and of times for a visit."""

from datetime import timedelta
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from fieldwork.api.appointment_outputs import FreeSlotOutput
from fieldwork.api.appointments import ARRANGED

from ..heaps import Spent
from ..models import Ball
from ..queries.portfolio import BANDS


class PortfolioFileOutput(serializers.Serializer[Any]):
    """One application in somebody's hands. `due_at` is the next thing that is due of the company, `missing` how many papers."""

    reference = serializers.CharField(source="application.case.reference")
    status = serializers.CharField(source="application.case.status")
    steward = serializers.CharField(source="owner.number", help_text="staff number; another one's where the caller stands in")
    due_at = serializers.DateTimeField(allow_null=True)
    due_what = serializers.CharField(source="what", help_text="in the language of Accept-Language")
    band = serializers.ChoiceField([(band, band) for band in BANDS], help_text="how soon; `open`: nothing is due of the company")
    ball = serializers.ChoiceField(Ball.choices, help_text="whose turn it is")
    missing = serializers.IntegerField()
    visit_at = serializers.DateTimeField(allow_null=True)
    is_mandated = serializers.BooleanField(help_text="the company acts for the applicant")


class PortfolioOutput(serializers.Serializer[Any]):
    """The most pressing first."""

    standing_in_for = serializers.SerializerMethodField(help_text="staff numbers")
    balls = serializers.DictField(child=serializers.IntegerField(), help_text="how many there are by whose turn it is")
    results = PortfolioFileOutput(source="files", many=True)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_standing_in_for(self, found: Any) -> list[str]:
        return [one.number for one in found.covered]


@extend_schema_field(serializers.IntegerField())
class SecondsField(serializers.Field[timedelta, Any, int, timedelta]):
    """A length of time in whole seconds."""

    def to_representation(self, value: timedelta) -> int:
        return round(value.total_seconds())


class HeapOutput(serializers.Serializer[Any]):
    """What waits in one place; ages in seconds."""

    code = serializers.CharField()
    label = serializers.CharField(help_text="in the language of Accept-Language")  # type: ignore[assignment]
    count = serializers.IntegerField()
    late = serializers.IntegerField()
    oldest = SecondsField()
    median = SecondsField(source="middle")


class SpentOutput(serializers.Serializer[Spent]):
    """With whom the time of a stage went, in seconds, over the stages that run or ended within 30 days."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField()
    company = SecondsField(source="ours")
    applicants = SecondsField()
    others = SecondsField()


class AgeingOutput(serializers.Serializer[Any]):
    """Open applications by where they wait."""

    count = serializers.IntegerField()
    statuses = HeapOutput(many=True)
    stages = HeapOutput(many=True)
    stewards = HeapOutput(many=True)
    areas = HeapOutput(many=True)
    spent = SpentOutput(many=True)


class StewardOutput(serializers.Serializer[Any]):
    """Who looks after an application now."""

    steward = serializers.CharField(source="staff.number", help_text="staff number")
    since = serializers.DateTimeField()


class VisitTimesOutput(serializers.Serializer[Any]):
    """What a visit can be booked for, and when."""

    purposes = serializers.ListField(child=serializers.ChoiceField(ARRANGED))
    slots = FreeSlotOutput(many=True)
