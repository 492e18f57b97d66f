"""What a clerk enters about cards and meters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Meter
from billing.models import Reversal

from .fields import VolumeField


class NothingForm(forms.Form):
    """Nothing to enter: only to be confirmed."""


class ReasonForm(forms.Form):
    """Why it is done; the reason stays with the record."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("It stays with the record."), widget=forms.TextInput(attrs={"autofocus": True})
    )


class TakeBackForm(ReasonForm):
    """Why a purchase is taken back: the kind of reason, and in the clerk's own words."""

    cause = forms.ChoiceField(label=_("Kind of reason"), choices=Reversal.Cause.choices, required=False)
    field_order = ["cause", "reason"]

    def clean_cause(self) -> str:
        return self.cleaned_data["cause"] or Reversal.Cause.WRONG.value


class ReplacementForm(ReasonForm):
    """Why a card is replaced, and what the meter shows when the card cannot tell."""

    meter_counter = forms.IntegerField(
        label=_("Purchase counter the meter shows"),
        required=False,
        min_value=0,
        max_value=100_000,
        help_text=_("Only when the old card cannot be read and a purchase waits for it."),
    )


class MeterCounterForm(forms.Form):
    """How many purchases the meter says it has taken."""

    meter_counter = forms.IntegerField(
        label=_("Purchase counter the meter shows"),
        min_value=0,
        max_value=100_000,
        help_text=_("If nobody can look now, go back to the customer: the question stays under the purchase."),
    )


class GiftForm(ReasonForm):
    """How much is given, and why."""

    litres = VolumeField(label=_("Volume, m³"), max_length=20)
    field_order = ["litres", "reason"]


class PlateForm(forms.Form):
    """The plate of the new meter."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[choice for choice in Meter.Kind.choices if choice[0] != Meter.Kind.MECHANICAL])
    serial = forms.CharField(label=_("Serial number"), max_length=32)
    maker = forms.CharField(label=_("Maker"), max_length=60)
    model = forms.CharField(label=_("Model"), max_length=40)
    use_until = forms.DateField(label=_("May be used until"), widget=forms.DateInput(attrs={"type": "date"}))
    cap_litres = VolumeField(label=_("Largest top-up it takes, m³"), required=False, max_length=20, help_text=_("Empty: no limit known."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        return data | {"residual_litres": data.get("residual_litres") or 0}


class MeterForm(PlateForm):
    """The same, and the credit the old one still shows."""

    residual_litres = VolumeField(label=_("Credit the old meter shows, m³"), required=False, max_length=20, help_text=_("Empty: none."))
    field_order = ["residual_litres"]


class ConnectedMeterForm(MeterForm):
    """The same where the old meter is a connected one: its display tells which commands reached it."""

    last_command = forms.IntegerField(
        label=_("Last command the old meter shows as done"),
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        help_text=_("If the display is dark: the last number it confirmed, 0 if none."),
    )
    field_order = ["residual_litres", "last_command"]
