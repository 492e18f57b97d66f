"""What the API takes of drawings and quotes."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.api.inputs import Input

_MOST = 10**12
_MOST_HUNDREDTHS = 99_999_999


class DesignInput(Input):
    """One drawing, as multipart/form-data."""

    file = serializers.FileField(allow_empty_file=True, help_text="PDF or a picture; at most ATTACHMENT_MAX_BYTES of it")
    note = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class GasQuoteLineInput(Input):
    """A fee of the application's plan by its key, or words and a price of one's own."""

    fee = serializers.CharField(max_length=24, required=False, default="")
    words = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    hundredths = serializers.IntegerField(
        min_value=1, max_value=_MOST_HUNDREDTHS, required=False, default=100, help_text="how many, in hundredths"
    )
    price = serializers.IntegerField(
        min_value=0,
        max_value=_MOST,
        required=False,
        allow_null=True,
        default=None,
        help_text="of one, in minor units; else the plan's",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A line of one's own says what for, and for how much."""
        if not attrs["fee"] and not attrs["words"].strip():
            raise serializers.ValidationError({"words": [_("Say what this line is for.")]})
        if not attrs["fee"] and attrs["price"] is None:
            raise serializers.ValidationError({"price": [_("Say what it costs.")]})
        return attrs


class GasQuoteInput(Input):
    """A version of the quote."""

    lines = serializers.ListField(child=GasQuoteLineInput(), min_length=1, max_length=60)
    design = serializers.IntegerField(required=False, allow_null=True, default=None, help_text="number of the drawing it rests on")
    note = serializers.CharField(max_length=300, required=False, default="", allow_blank=True, help_text="for the applicant")
    seen = serializers.CharField(
        max_length=40, allow_blank=True, help_text="`mark` of the version in work as it was read, empty where there was none"
    )


class SendQuoteInput(Input):
    """The version as it was read, and until when the offer holds."""

    seen = serializers.CharField(max_length=40, help_text="its `mark`")
    valid_until = serializers.DateField(required=False, allow_null=True, default=None, help_text="30 days where none is said")


class WorksDoneLineInput(Input):
    """How much of a line was done."""

    line = serializers.IntegerField(help_text="its `id`")
    hundredths = serializers.IntegerField(min_value=0, max_value=_MOST_HUNDREDTHS)


class WorksDoneInput(Input):
    """Lines that are not named were not begun."""

    done = serializers.ListField(child=WorksDoneLineInput(), max_length=60)
