"""What the API takes of appointments at halls."""

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.api.inputs import Input
from accounts.phones import read_phone

from ..models import HallService
from ..operations.hall_reception import STEPS

_HALL = "code of the hall, as `GET /halls/` has it"


class HallTimesQuery(Input):
    """Where, and what for."""

    hall = serializers.CharField(max_length=8, help_text=_HALL)
    service = serializers.ChoiceField(HallService.Kind.choices)


class HallAppointmentsQuery(Input):
    """A hall's day (staff)."""

    hall = serializers.CharField(max_length=8, required=False, help_text=f"{_HALL}; staff only, with `day`")
    day = serializers.DateField(required=False)


class BookHallInput(Input):
    """Who wants to come where, what for and when."""

    hall = serializers.CharField(max_length=8, help_text=_HALL)
    service = serializers.ChoiceField(HallService.Kind.choices)
    starts_at = serializers.DateTimeField(help_text="one of the times of `GET /hall-appointments/times/`")
    account = serializers.CharField(max_length=20, required=False, help_text="what it is about; one of the caller's own, staff: any")
    name = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    phone = serializers.CharField(max_length=60, required=False, allow_blank=True, default="", help_text="messages go there")
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    language = serializers.ChoiceField(settings.LANGUAGES, required=False, help_text="of messages")

    def validate_phone(self, typed: str) -> str:
        """In E.164."""
        number = read_phone(typed)
        if typed.strip() and not number:
            raise serializers.ValidationError(_("We cannot read this number. Write it like 138 0013 8000 or 0539-512 6119."))
        return number


class MoveHallInput(Input):
    """Another time."""

    starts_at = serializers.DateTimeField()
    version = serializers.IntegerField(required=False, min_value=0, help_text="of the appointment as it was looked at: another is refused")


class CancelHallInput(Input):
    """Nobody comes."""

    version = serializers.IntegerField(required=False, min_value=0)


class HallStepInput(Input):
    """What happened at the hall."""

    step = serializers.ChoiceField([(step, step) for step in STEPS])
