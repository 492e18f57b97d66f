"""Forms of readings, bills and the calculator. What was typed stays, whatever was wrong with it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Account

from . import norms, sentences
from .bill_refusals import BadReading
from .forms import DAY, OUR_TIME, AmountField, VolumeField
from .models import Bill, Payment
from .refusals import Refused
from .volumes import BadVolume, parse_reading

MOST_PERSONS, MOST_SQUARE_METRES = 99, 9_999
#: The calculator reckons two years at most: further there are no prices.
MOST_DAYS = 731


class ReadingField(forms.CharField):
    """What a meter shows, in cubic metres as it stands there; cleaned to litres."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> int:
        try:
            return parse_reading(super().clean(value))
        except BadVolume as fault:
            raise forms.ValidationError(sentences.of_number(fault)) from None


class ReadingForm(forms.Form):
    litres = ReadingField(label=_("The meter shows, m³"), help_text=_("The black figures; the red ones after the comma may stay away."))
    day = forms.DateField(label=_("Read on"), widget=DAY, validators=OUR_TIME)

    def add_refusal(self, refusal: Refused) -> None:
        """Say why the reading was not taken, beside what is wrong."""
        self.add_error("day" if isinstance(refusal, BadReading) and refusal.rule != "too_large" else "litres", str(refusal))


class PayBillForm(forms.Form):
    """Money for a bill over the counter: the amount is the bill's."""

    method = forms.ChoiceField(
        label=_("Paid by"),
        choices=[(way.value, way.label) for way in (Payment.Method.CASH, Payment.Method.BANK_CARD)],
        widget=forms.RadioSelect,
        initial=Payment.Method.CASH,
    )
    tendered = AmountField(label=_("Cash handed over"), help_text=_("Empty if it is exact."), required=False)
    slip = forms.CharField(label=_("Number on the terminal's slip"), max_length=40, required=False)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def payment(self) -> dict[str, Any]:
        """What was typed, under the names of ``operations.bill_tills.Takings``."""
        given = self.cleaned_data
        tendered = given["tendered"] or None
        return {"method": Payment.Method(given["method"]), "tendered": tendered, "slip": given["slip"], "key": given["key"]}


class WithdrawForm(forms.Form):
    because = forms.ChoiceField(label=_("Kind of reason"), choices=Bill.Withdrawal.choices, required=False)
    reason = forms.CharField(label=_("Why the bill is withdrawn"), max_length=200)

    def clean_because(self) -> str:
        return self.cleaned_data["because"] or Bill.Withdrawal.OTHER.value


class CalculatorForm(forms.Form):
    """A period and a volume: typed, as the difference of two readings, or by the norm."""

    price_class = forms.ChoiceField(label=_("Price class"), choices=Account.PriceClass.choices)
    first = forms.DateField(label=_("From"), widget=DAY, validators=OUR_TIME)
    last = forms.DateField(label=_("Until, this day included"), widget=DAY, validators=OUR_TIME)
    volume = VolumeField(label=_("Volume, m³"), required=False)
    before = ReadingField(label=_("Reading before, m³"), required=False)
    after = ReadingField(label=_("Reading after, m³"), required=False)
    equipment = forms.MultipleChoiceField(
        label=_("Without a meter: what burns gas"), choices=[], required=False, widget=forms.CheckboxSelectMultiple
    )
    square_metres = forms.IntegerField(label=_("Square metres heated"), min_value=0, max_value=MOST_SQUARE_METRES, required=False)
    persons = forms.IntegerField(label=_("Persons in the household"), min_value=1, max_value=MOST_PERSONS, required=False)
    used = VolumeField(label=_("Used before in this tier year, m³"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["equipment"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(code, norm_name(code)) for code in norms.norms()]
        for name in ("before", "after"):
            self.fields[name].clean = _optional(self.fields[name])  # type: ignore[method-assign]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if {"first", "last"} <= given.keys():
            self._check_days(given["first"], given["last"])
        has_readings = given.get("before") is not None and given.get("after") is not None
        if has_readings and given["after"] < given["before"]:
            self.add_error("after", _("It lies below the reading before."))
        if not self.errors and not (given.get("volume") or has_readings or given.get("equipment")):
            self.add_error("volume", _("Enter a volume, two readings, or what burns gas."))
        return given

    def _check_days(self, first: date, last: date) -> None:
        if last < first:
            self.add_error("last", _("The last day must not lie before the first."))
        elif (last - first).days > MOST_DAYS:
            self.add_error("last", _("Two years at most can be reckoned at once."))

    @property
    def end(self) -> date:
        """The day after the last."""
        last: date = self.cleaned_data["last"]
        return last + timedelta(days=1)


def norm_name(code: str) -> str:
    """What a norm is for."""
    names = {
        "stove_and_hot_water": _("gas stove; hot water comes from the town's network"),
        "stove": _("gas stove; no hot water from the network, no gas water heater"),
        "stove_and_heater": _("gas stove and gas water heater"),
        "heating": _("heating with gas"),
    }
    return str(names[code])


def _optional(field: forms.Field) -> Any:
    """Nothing typed is no reading; a reading of zero is one."""
    clean = field.clean
    return lambda value: clean(value) if value and str(value).strip() else None
