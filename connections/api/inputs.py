"""What the API takes of an application for gas."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.api.inputs import Input
from accounts.api.pages import PageQuery
from accounts.phones import read_phone

from ..appliances import MOST, Appliance
from ..forms.steps import LONGEST
from ..models import ConnectionKind
from ..ways_in import WAYS_IN


class OutsideInput(Input):
    """The same application in another system, which sends it to us: its number there comes once."""

    system = serializers.RegexField(r"^[a-z0-9_-]{1,40}$", help_text="which system: small letters, digits, - and _")
    number = serializers.CharField(max_length=64)
    due_at = serializers.DateTimeField(required=False, help_text="until when it is due there; shown beside our own dates")


class ApplyInput(Input):
    """Who wants gas, where, and what for. Customers leave out `channel` and `outside`: they apply for themselves."""

    kind = serializers.ChoiceField(ConnectionKind.choices)
    place = serializers.CharField(max_length=240, help_text="an address in words: town, compound or street, building, door")
    name = serializers.CharField(max_length=120, help_text="whom the steward asks for")
    phone = serializers.CharField(max_length=60, help_text="however it is written")
    organisation = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    is_new_build = serializers.BooleanField(required=False, default=False, help_text="then drawings come by joint review")
    is_one_stop = serializers.BooleanField(required=False, default=False, help_text="the company does everything on the customer's order")
    appliances = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=MOST),
        required=False,
        help_text="how many of each: " + ", ".join(Appliance.values),
    )
    flow_litres = serializers.IntegerField(required=False, min_value=1, max_value=100_000_000, help_text="gas wanted, litres an hour")
    wishes = serializers.CharField(max_length=LONGEST, required=False, default="", allow_blank=True)
    language = serializers.CharField(max_length=10, required=False, default="", help_text="of our messages, for example zh-hans")
    channel = serializers.ChoiceField(WAYS_IN, required=False, help_text="how they came to us; for staff")
    outside = OutsideInput(required=False, help_text="for staff and for the city's platform")

    def validate_phone(self, typed: str) -> str:
        """In E.164."""
        number = read_phone(typed)
        if not number:
            raise serializers.ValidationError(_("We cannot read this number. Write it like 138 0013 8000 or 0539-512 6119."))
        return number

    def validate_appliances(self, given: dict[str, Any]) -> dict[str, Any]:
        """Known ones only: a misspelt one must not be silently lost."""
        if strange := sorted(set(given) - set(Appliance.values)):
            raise serializers.ValidationError({name: [_("There is no such appliance.")] for name in strange})
        return given


class ApplicationsQuery(PageQuery):
    """Which applications."""

    status = serializers.CharField(max_length=24, required=False)
    kind = serializers.ChoiceField(ConnectionKind.choices, required=False)
    unfinished = serializers.BooleanField(required=False, allow_null=True, default=None)
    outside_system = serializers.CharField(max_length=40, required=False)
    outside_number = serializers.CharField(max_length=64, required=False, help_text="the number in that system")
