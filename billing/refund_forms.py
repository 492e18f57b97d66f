"""How money that nobody can use is given back, or used after all."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import AmountField
from .models import HeldAssignment, Refund


class RefundForm(forms.Form):
    """A whole payment, or a part of it."""

    amount = AmountField(label=_("Amount"), required=False, help_text=_("Empty: all of it."))
    reason = forms.ChoiceField(label=_("Reason"), choices=Refund.Reason.choices, initial=Refund.Reason.UNCLAIMED)


class AssignmentForm(forms.Form):
    """What held money is for. An order or a bill takes what it costs; for a credit the amount may be typed."""

    target = forms.CharField(
        label=_("Order, bill or account number"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    amount = AmountField(label=_("Amount"), required=False, help_text=_("Empty: all of it."))
    because = forms.ChoiceField(label=_("How we know"), choices=HeldAssignment.Because.choices)
