"""Forms of the end of a day. What was typed stays, whatever was wrong with it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import AmountField


class CompareForm(forms.Form):
    """What is compared by hand before a day is closed."""

    terminal = AmountField(
        label=_("The bank card terminals report"),
        help_text=_("All their slips of the day together, less what they gave back."),
        required=False,
    )
    terminal_reason = forms.CharField(label=_("Why the report differs"), max_length=200, required=False)
    overnight_reason = forms.CharField(label=_("Why so much cash stays overnight"), max_length=200, required=False)

    def compared(self) -> dict[str, Any]:
        """What was typed, under the names of ``operations.hall_days.Compared``."""
        given = dict(self.cleaned_data)
        return {**given, "terminal": given["terminal"] if self.data.get("terminal", "").strip() else None}


class DepositForm(forms.Form):
    """Cash that goes to the bank."""

    amount = AmountField(label=_("Amount"))
    slip = forms.CharField(label=_("Number on the bank's slip"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
