"""Forms of tills, days and the ledger. What was typed stays, whatever was wrong with it."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Counter, Hall

from . import sentences, wording
from .denominations import DENOMINATIONS, MOST_PIECES
from .models import Allowance, Book, ReopenReason
from .refusals import BadAllowance
from .volumes import BadAmount, BadVolume, parse_amount, parse_volume

MOST_PERSONS = 99
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
#: The first and the last day that a date can hold have no midnights in every time zone.
OUR_TIME = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 31)))


class AmountField(forms.CharField):
    """Money as people type it, in any digits; cleaned to minor units. Zero is an amount here."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> int:
        text = super().clean(value)
        if not text:
            return 0
        try:
            return parse_amount(text)
        except BadAmount as fault:
            if fault.code == "zero":
                return 0
            raise forms.ValidationError(sentences.of_number(fault)) from None


class VolumeField(forms.CharField):
    """Cubic metres as people type them; cleaned to litres, or None where nothing was typed."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        try:
            return parse_volume(text) if text else None
        except BadVolume as fault:
            raise forms.ValidationError(sentences.of_number(fault)) from None


class AllowanceForm(forms.Form):
    """What the household proved. Only the amount of the kind chosen counts; the other one may stay empty."""

    kind = forms.ChoiceField(label=_("What is proved"), choices=Allowance.Kind.choices, widget=forms.RadioSelect)
    persons = forms.IntegerField(
        label=_("Persons in the household"),
        help_text=_("All of them, not only those above the tariff's number."),
        min_value=1,
        max_value=MOST_PERSONS,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    volume = VolumeField(label=_("Free volume a month, m³"), required=False)
    proof = forms.CharField(label=_("Proof seen"), help_text=_("Which paper, with its number."), max_length=200)
    valid_from = forms.DateField(label=_("From"), widget=DAY)
    valid_until = forms.DateField(label=_("Until, this day included"), widget=DAY)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        needed = {Allowance.Kind.EXTRA_PERSONS: "persons", Allowance.Kind.FREE_VOLUME: "volume"}.get(given.get("kind", ""))
        if needed in given and given[needed] is None:
            self.add_error(needed, str(BadAllowance("amount")))
        return given

    def allowance(self) -> dict[str, Any]:
        """What was typed, under the names of ``operations.NewAllowance``."""
        given = self.cleaned_data
        kind = Allowance.Kind(given["kind"])
        amount = "persons" if kind == Allowance.Kind.EXTRA_PERSONS else "litres_per_month"
        typed = given["persons"] if amount == "persons" else given["volume"]
        return {"kind": kind, amount: typed, **{name: given[name] for name in ("proof", "valid_from", "valid_until")}}

    def refuse(self, refusal: BadAllowance) -> None:
        """Put what the operation refused beside the field it is about."""
        self.add_error({"period": "valid_until", "proof": "proof"}.get(refusal.rule), str(refusal))


class OpenShiftForm(forms.Form):
    counter = forms.ModelChoiceField(Counter.objects.none(), label=_("Counter"), empty_label=None)
    float_amount = AmountField(label=_("Cash in the till at the start"), help_text=_("The float you took from the safe; 0 if none."))

    def __init__(self, *args: Any, counters: QuerySet[Counter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["counter"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = counters
        field.widget.attrs["autofocus"] = not self.is_bound


class CountForm(forms.Form):
    """One field for each note and coin; empty means none."""

    reason = forms.CharField(label=_("Why it differs"), help_text=_("Only if the count is over or short."), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in DENOMINATIONS[settings.CURRENCY]:
            self.fields[f"pieces_{kind}"] = self._field(kind)

    def _field(self, kind: int) -> forms.IntegerField:
        # A text field: full-width digits are digits too, and a number field would drop them silently.
        box = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-minor": kind, "size": 6})
        return forms.IntegerField(label=wording.money(kind), min_value=0, max_value=MOST_PIECES, required=False, widget=box)

    def pieces(self) -> list[forms.BoundField]:
        """The fields of the count, largest note first."""
        return [self[name] for name in self.fields if name.startswith("pieces_")]

    def counted(self) -> dict[int, int]:
        """Denomination in minor units -> pieces."""
        rows = ((name.removeprefix("pieces_"), value) for name, value in self.cleaned_data.items() if name.startswith("pieces_"))
        return {int(kind): value or 0 for kind, value in rows}


class ReopenForm(forms.Form):
    reason = forms.TypedChoiceField(
        label=_("What has to be looked at again"), choices=ReopenReason.choices, coerce=ReopenReason, widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("In your own words"), max_length=200, required=False)


class DayForm(forms.Form):
    """Which day of which hall."""

    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), to_field_name="code", empty_label=None)
    day = forms.DateField(label=_("Day"), widget=DAY, validators=OUR_TIME)

    def __init__(self, *args: Any, halls: QuerySet[Hall], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["hall"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = halls


class LedgerForm(forms.Form):
    """What part of the ledger to show."""

    day = forms.DateField(label=_("Day"), widget=DAY, validators=OUR_TIME)
    book = forms.ChoiceField(label=pgettext_lazy("ledger", "Book"), choices=[("", _("all books")), *Book.choices], required=False)
    amount = AmountField(label=_("Amount"), help_text=_("Only postings of exactly this sum; empty: all."), required=False)

    @property
    def exact_amount(self) -> int:
        """The one sum to look for, in minor units; 0 for all."""
        return self.cleaned_data["amount"] if self.is_valid() else 0

    def chosen(self, today: date) -> tuple[date, str]:
        """The day and the book asked for; today and all where the question made no sense."""
        if not self.is_valid():
            return today, ""
        return self.cleaned_data["day"], self.cleaned_data["book"]
