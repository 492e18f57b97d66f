"""What the API shows of appointments at halls."""

from typing import Any

from rest_framework import serializers

from ..models import HallAppointment, HallService


class HallTimeOutput(serializers.Serializer[Any]):
    """A time that can be booked, and how many can still come then."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    free = serializers.IntegerField()


class HallTimesOutput(serializers.Serializer[Any]):
    """In order."""

    results = HallTimeOutput(many=True)


class HallServiceOutput(serializers.ModelSerializer[HallService]):
    """What can be booked where, and how many minutes it takes."""

    hall = serializers.CharField(source="hall.code")
    service = serializers.ChoiceField(HallService.Kind.choices, source="kind")

    class Meta:
        model = HallService
        fields = ["hall", "service", "minutes"]


class HallServicesOutput(serializers.Serializer[Any]):
    """By hall."""

    results = HallServiceOutput(many=True)


class HallAppointmentOutput(serializers.ModelSerializer[HallAppointment]):
    """An appointment, for whoever made it and for staff. Reference and code together open it on our site without signing in."""

    hall = serializers.CharField(source="hall.code")
    account = serializers.CharField(source="account.number", default=None, allow_null=True)
    case = serializers.CharField(source="case.reference", default=None, allow_null=True)

    class Meta:
        model = HallAppointment
        fields = [
            *("reference", "code", "hall", "service", "minutes", "starts_at", "ends_at", "status", "version", "channel", "account"),
            *("case", "name", "phone", "note", "arrived_at", "called_at", "ended_at"),
        ]


class HallAppointmentsOutput(serializers.Serializer[Any]):
    """In the order of their times."""

    results = HallAppointmentOutput(many=True)
