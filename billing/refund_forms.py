"""How money that nobody can use is given back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import AmountField
from .models import Refund


class RefundForm(forms.Form):
    """A whole payment, or a part of it."""

    amount = AmountField(label=_("Amount"), required=False, help_text=_("Empty: all of it."))
    reason = forms.ChoiceField(label=_("Reason"), choices=Refund.Reason.choices, initial=Refund.Reason.UNCLAIMED)
