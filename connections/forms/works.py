"""Forms of the works: orders, the log, inspections, gas on. What was typed stays, whatever was wrong with it."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from accounts.models import Account, Customer, Meter, Staff, Territory
from accounts.operations.customers import NewCustomer
from accounts.operations.meters import NewMeter
from accounts.queries.named_places import named_in
from billing.forms import DAY, OUR_TIME, VolumeField

from ..models import Application, Defect, WorksOrder
from ..queries.works import installers

#: Defects that fit on one page of a phone; more are added with the next list.
ROWS = 3
_CLOSE = time(17, 30)


def end_of(day: date) -> datetime:
    """When work ends on a day: by then it is to be done."""
    return make_aware(datetime.combine(day, _CLOSE))


class InstallerForm(forms.Form):
    """Who builds it, and for which day it is planned."""

    installer = forms.ModelChoiceField(label=_("Who builds it"), queryset=Staff.objects.none(), required=False)
    planned_on = forms.DateField(label=_("Planned for"), widget=DAY, validators=OUR_TIME, required=False)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["installer"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = installers(at)

    def given(self) -> dict[str, Any]:
        """As the operations take it."""
        day = self.cleaned_data["planned_on"]
        return {"installer": self.cleaned_data["installer"], "planned_for": end_of(day) if day else None}


class DispatchForm(InstallerForm):
    to = forms.ChoiceField(label=_("Send the order to"), choices=WorksOrder.To)
    field_order = ["to", "installer", "planned_on"]


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several pictures at once."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        single = super().clean
        return [single(one, initial) for one in data] if isinstance(data, list | tuple) else [single(data, initial)] if data else []


class LogForm(forms.Form):
    text = forms.CharField(label=_("What was done"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    photos = PhotosField(label=_("Photos"), required=False)
    is_shown = forms.BooleanField(
        label=_("The applicant may see these photos"), required=False, help_text=_("Nobody else's door, papers or face is on them.")
    )


class DefectForm(forms.Form):
    """One defect; a row in which nothing is written is none."""

    text = forms.CharField(label=_("What has to be corrected"), max_length=300)
    grade = forms.ChoiceField(label=_("Grade"), choices=Defect.Grade, initial=Defect.Grade.MAJOR)
    clause = forms.CharField(label=_("Clause"), max_length=80, required=False, help_text=_("Standard and clause, as GB 50028 10.2.3"))
    party = forms.ChoiceField(label=_("To be mended by"), choices=Defect.Party, initial=Defect.Party.COMPANY)
    due_on = forms.DateField(label=_("Until"), widget=DAY, validators=OUR_TIME)
    photo = forms.FileField(label=_("Photo"), required=False)

    def found(self) -> dict[str, Any]:
        """What the operation takes; the photo is attached by the caller."""
        names = ("text", "grade", "clause", "party")
        return {**{name: self.cleaned_data[name] for name in names}, "due_at": end_of(self.cleaned_data["due_on"])}


#: Several at once: the whole list is told together. A row in which nothing was changed is none.
DefectFormSet = forms.formset_factory(DefectForm, extra=ROWS, max_num=20)


class GasOnForm(forms.Form):
    """What stands on the plate and in the identity papers, seen at the door."""

    name = forms.CharField(label=_("Whose account"), max_length=120)
    customer_kind = forms.ChoiceField(label=_("Person or entity"), choices=Customer.Kind)
    phone = PhoneNumberField(label=_("Phone"))
    identity_number = forms.CharField(label=_("Identity number"), max_length=32, required=False)
    address = forms.CharField(label=_("Place"), max_length=240, required=False, help_text=_("Town, compound or street, building, unit"))
    door = forms.CharField(label=_("Door"), max_length=20, required=False)
    price_class = forms.ChoiceField(label=_("Price class"), choices=Account.PriceClass)
    kind = forms.ChoiceField(label=_("Kind of meter"), choices=[(kind.value, kind.label) for kind in Meter.PREPAID])
    serial = forms.CharField(label=_("Serial number"), max_length=32)
    maker = forms.CharField(label=_("Maker"), max_length=60)
    model = forms.CharField(label=_("Model"), max_length=40)
    use_until = forms.DateField(label=_("May be used until"), widget=DAY, validators=OUR_TIME)
    cap_litres = VolumeField(label=_("Largest top-up it takes, m³"), required=False, help_text=_("Empty: no limit known."))

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application
        self.territory: Territory | None = None
        if application.case.premises_id is not None:
            del self.fields["address"], self.fields["door"]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "door" in self.fields:
            self.territory = named_in(given.get("address", ""))
            if self.territory is None:
                self.add_error("address", _("We do not know this place. Write town, compound and building as the map names them."))
            if not given.get("door", "").strip():
                self.add_error("door", _("Say which door."))
        return given

    def supply(self) -> dict[str, Any]:
        """What the operation takes."""
        given = self.cleaned_data
        customer = NewCustomer(
            name=given["name"],
            kind=given["customer_kind"],
            phone=given["phone"].as_e164,
            identity_number=given["identity_number"],
            segment=self.application.case.segment,
            language=self.application.case.language or settings.LANGUAGE_CODE,
        )
        plate = {name: given[name] for name in ("kind", "serial", "maker", "model", "use_until", "cap_litres")}
        return {
            "meter": NewMeter(**plate),
            "price_class": given["price_class"],
            "new_customer": customer,
            "territory": self.territory,
            "door": given.get("door", ""),
        }
