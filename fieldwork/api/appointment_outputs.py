"""What the API shows of times for visits: what is agreed, what can be chosen, and how it is planned."""

from typing import Any

from rest_framework import serializers

from ..models import Blackout, Booking, SlotPlan


class AgreedOutput(serializers.ModelSerializer[Booking]):
    """The time that a customer waits at."""

    visit = serializers.IntegerField(source="visit_id")

    class Meta:
        model = Booking
        fields = ["visit", "purpose", "starts_at", "ends_at", "made_at"]


class FreeSlotOutput(serializers.Serializer[Any]):
    """A time that can be chosen."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    free = serializers.IntegerField(help_text="places left")


class AppointmentOutput(serializers.Serializer[Any]):
    """The time agreed for a case, and what can be chosen."""

    agreed = AgreedOutput(source="booking", allow_null=True)
    why_not = serializers.CharField(help_text="why no time can be agreed now, in the language of Accept-Language; empty where one can")
    version = serializers.IntegerField(allow_null=True, help_text="of the visit")
    slots = FreeSlotOutput(many=True)


class SlotOutput(FreeSlotOutput):
    """A time as planners see it."""

    capacity = serializers.IntegerField()
    taken = serializers.IntegerField()


class SlotsOutput(serializers.Serializer[Any]):
    """The coming two weeks."""

    results = SlotOutput(many=True)


class SlotPlanOutput(serializers.ModelSerializer[SlotPlan]):
    """A window that repeats each week."""

    area = serializers.CharField(source="service_area.name")

    class Meta:
        model = SlotPlan
        fields = ["id", "area", "purpose", "weekday", "opens", "closes", "capacity"]


class SlotPlansOutput(serializers.Serializer[Any]):
    """Windows in the order of the week."""

    results = SlotPlanOutput(many=True)


class ClosureOutput(serializers.ModelSerializer[Blackout]):
    """Days on which nobody comes; `standing` is how many appointments stand on them all the same."""

    area = serializers.CharField(source="service_area.name", allow_null=True, default=None, help_text="null: everywhere")
    standing = serializers.IntegerField()

    class Meta:
        model = Blackout
        fields = ["id", "area", "first_day", "last_day", "reason", "standing"]


class ClosuresOutput(serializers.Serializer[Any]):
    """Closed days that are not over, the earliest first."""

    results = ClosureOutput(many=True)
