"""Forms of tills, days and the ledger. What was typed stays, whatever was wrong with it."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Counter, Hall

from . import sentences, wording
from .denominations import DENOMINATIONS
from .models import Book
from .volumes import BadAmount, parse_amount

MOST_PIECES = 100_000


class AmountField(forms.CharField):
    """Money as people type it, in any digits; cleaned to minor units. Zero is an amount here."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> int:
        text = super().clean(value)
        try:
            return parse_amount(text)
        except BadAmount as fault:
            if fault.code == "zero":
                return 0
            raise forms.ValidationError(sentences.of_number(fault)) from None


class OpenShiftForm(forms.Form):
    counter = forms.ModelChoiceField(Counter.objects.none(), label=_("Counter"), empty_label=None)
    float_amount = AmountField(label=_("Cash in the till at the start"), help_text=_("The float you took from the safe; 0 if none."))

    def __init__(self, *args: Any, counters: QuerySet[Counter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["counter"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = counters


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
    reason = forms.CharField(label=_("What has to be looked at again"), max_length=200)


class DayForm(forms.Form):
    """Which day of which hall."""

    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), to_field_name="code", empty_label=None)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, halls: QuerySet[Hall], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["hall"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = halls


class LedgerForm(forms.Form):
    """What part of the ledger to show."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    book = forms.ChoiceField(label=pgettext_lazy("ledger", "Book"), choices=[("", _("all books")), *Book.choices], required=False)

    def chosen(self, today: date) -> tuple[date, str]:
        """The day and the book asked for; today and all where the question made no sense."""
        if not self.is_valid():
            return today, ""
        return self.cleaned_data["day"], self.cleaned_data["book"]
