"""What crews send about the works of a connection."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.api.inputs import Input
from accounts.models import Account, Customer, Meter
from accounts.operations.customers import NewCustomer
from accounts.operations.meters import NewMeter
from accounts.phones import read_phone
from accounts.queries.named_places import named_in

from ..models import Application, Defect
from ..operations.gas_on import Supply
from ..operations.inspections import Found

_SIZE = "at most ATTACHMENT_MAX_BYTES of it, 10 MB unless set otherwise"


class LogInput(Input):
    """An entry of the construction log, as JSON, or with one photo as multipart/form-data."""

    text = serializers.CharField(max_length=2000)
    file = serializers.FileField(required=False, allow_empty_file=True, help_text=_SIZE)
    is_shown = serializers.BooleanField(required=False, default=False, help_text="the applicant sees the photo too")


class DefectFoundInput(Input):
    """One defect. `photo` is the token of a file of the case (`attach_file`)."""

    text = serializers.CharField(max_length=300)
    grade = serializers.ChoiceField(Defect.Grade.choices, help_text="`critical` keeps the gas off")
    clause = serializers.CharField(max_length=80, required=False, default="", allow_blank=True, help_text="standard and clause it breaks")
    party = serializers.ChoiceField(Defect.Party.choices, help_text="who mends it")
    due_at = serializers.DateTimeField()
    photo = serializers.CharField(max_length=32, required=False, default="")


class FailInput(Input):
    """All that was found: the applicant is told everything at once."""

    defects = serializers.ListField(child=DefectFoundInput(), min_length=1, max_length=20)


class CheckInput(Input):
    """What the inspector saw; `version` as the defect was read."""

    is_good = serializers.BooleanField()
    version = serializers.IntegerField(min_value=0)


class PlateInput(Input):
    """What stands on the meter's plate."""

    kind = serializers.ChoiceField([(kind.value, kind.label) for kind in Meter.PREPAID])
    serial = serializers.CharField(max_length=32)
    maker = serializers.CharField(max_length=60)
    model = serializers.CharField(max_length=40)
    use_until = serializers.DateField()
    cap_litres = serializers.IntegerField(min_value=1, required=False, allow_null=True, default=None)


class GasOnInput(Input):
    """Whose account, at which door, through which meter. `place` and `door` where the application does not know the premises."""

    name = serializers.CharField(max_length=120)
    customer_kind = serializers.ChoiceField(Customer.Kind.choices, required=False, default=Customer.Kind.PERSON)
    phone = serializers.CharField(max_length=60, help_text="however it is written")
    identity_number = serializers.CharField(max_length=32, required=False, default="", allow_blank=True)
    place = serializers.CharField(max_length=240, required=False, default="", help_text="town, compound or street, building, unit")
    door = serializers.CharField(max_length=20, required=False, default="")
    price_class = serializers.ChoiceField(Account.PriceClass.choices)
    meter = PlateInput()

    def validate_phone(self, typed: str) -> str:
        """In E.164."""
        number = read_phone(typed)
        if not number:
            raise serializers.ValidationError(_("We cannot read this number. Write it like 138 0013 8000 or 0539-512 6119."))
        return number


def found_of(application: Application, given: dict[str, Any]) -> list[Found]:
    """As the operation takes it. A photo that is no file of the case is a wrong field."""
    photos = {file.token: file for file in application.case.attachments.filter(erased_at=None)}
    rows = given["defects"]
    if strange := [index for index, row in enumerate(rows) if row["photo"] and row["photo"] not in photos]:
        raise serializers.ValidationError({"defects": {str(index): [_("This is no file of the case.")] for index in strange}})
    return [Found(**{**row, "photo": photos.get(row["photo"])}) for row in rows]


def supply_of(application: Application, given: dict[str, Any]) -> Supply:
    """As the operation takes it."""
    customer = NewCustomer(
        name=given["name"],
        kind=given["customer_kind"],
        phone=given["phone"],
        identity_number=given["identity_number"],
        segment=application.case.segment,
        language=application.case.language or settings.LANGUAGE_CODE,
    )
    return Supply(
        meter=NewMeter(**given["meter"]),
        price_class=given["price_class"],
        new_customer=customer,
        territory=named_in(given["place"]),
        door=given["door"],
    )
