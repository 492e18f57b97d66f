"""What whoever looks after kiosks fills in: what a machine is, and what was found in its cash box; and where a customer looks for one."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Hall, Territory
from fieldwork.distances import Point

from .forms import AmountField
from .models import Kiosk

#: Machines are looked for by towns; below them the tree is too fine to choose from.
_TOWNS = (Territory.Level.COUNTY, Territory.Level.TOWN)
_CODE = RegexValidator(r"^[0-9A-Za-z-]+$", _("Letters, digits and dashes only."))
_FIELDS = ("code", "name", "address", "hall", "territory", "latitude", "longitude", "hours", "sells", "cash_ceiling")


class KioskForm(forms.Form):
    """A machine: where it stands, who looks after it, and how much cash it may hold."""

    code = forms.CharField(
        label=pgettext_lazy("kiosk", "Code"), max_length=12, validators=[_CODE], help_text=_("Short, as it stands on the machine.")
    )
    name = forms.CharField(label=_("Place"), max_length=120, help_text=_("As people call it: a market, a hall, the name of an estate."))
    address = forms.CharField(label=_("Address"), max_length=200)
    hall = forms.ModelChoiceField(
        label=_("Hall that looks after it"), queryset=Hall.objects.exclude(kind=Hall.Kind.ONLINE).order_by("code")
    )
    territory = forms.ModelChoiceField(label=_("Town"), queryset=Territory.objects.none())
    latitude = forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180)
    hours = forms.CharField(label=_("When it can be reached"), max_length=120, required=False, help_text=_("Empty: day and night."))
    sells = forms.BooleanField(label=_("takes money"), required=False)
    cash_ceiling = AmountField(label=_("Most cash it may hold"), required=False, help_text=_("Empty: it takes no cash."))

    def __init__(self, *args: Any, kiosk: Kiosk | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = Territory.objects.filter(level__in=_TOWNS).order_by("path")  # type: ignore[attr-defined]
        if kiosk:
            self._begin_with(kiosk)

    def _begin_with(self, kiosk: Kiosk) -> None:
        """What it is now; its code stays, whatever is sent."""
        self.initial.update({name: getattr(kiosk, name) for name in _FIELDS})
        self.initial["cash_ceiling"] = "" if kiosk.cash_ceiling is None else str(Decimal(kiosk.cash_ceiling).scaleb(-2))
        self.fields["code"].disabled = True
        own = Territory.objects.filter(pk=kiosk.territory_id)
        self.fields["territory"].queryset = (self.fields["territory"].queryset | own).order_by("path")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if (given.get("latitude") is None) != (given.get("longitude") is None):
            self.add_error("longitude", _("Give both coordinates, or neither."))
        return given

    def plan(self) -> dict[str, Any]:
        """As the operations take it."""
        return self.cleaned_data | {"cash_ceiling": self.cleaned_data["cash_ceiling"] or None}


class EmptyingForm(forms.Form):
    """What was found in the box."""

    counted = AmountField(label=_("Counted"))
    reason = forms.CharField(label=_("Reason for a difference"), max_length=200, required=False)


class NearForm(forms.Form):
    """From where the nearest kiosk is looked for: a town, or the place the browser found. Sent in the body, never in the address."""

    town = forms.ModelChoiceField(label=_("Near"), queryset=Territory.objects.none(), required=False, empty_label=_("the whole area"))
    latitude = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns = Territory.objects.filter(level__in=_TOWNS, latitude__isnull=False, longitude__isnull=False)
        self.fields["town"].queryset = towns.order_by("path")  # type: ignore[attr-defined]

    def place(self) -> Point | None:
        """From where; None for everywhere."""
        given = self.cleaned_data
        if given.get("latitude") is not None and given.get("longitude") is not None:
            return Point(given["latitude"], given["longitude"])
        town = given.get("town")
        return Point(town.latitude, town.longitude) if town else None
