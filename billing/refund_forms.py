"""How money that nobody can use is given back, or used after all."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import sentences
from .forms import AmountField
from .models import CreditPayout, HeldAssignment, Refund
from .volumes import BadAmount


class _PartForm(forms.Form):
    """All that is left of a payment, or a part of it."""

    amount = AmountField(label=_("Amount"), required=False, help_text=_("Empty: all of it."))

    def clean_amount(self) -> int:
        """Nothing typed is all of it; a zero that was typed is not."""
        amount: int = self.cleaned_data["amount"]
        if not amount and str(self.data.get("amount", "")).strip():
            raise forms.ValidationError(sentences.of_number(BadAmount("zero")))
        return amount


class RefundForm(_PartForm):
    """How much goes back, and why."""

    reason = forms.ChoiceField(label=_("Reason"), choices=Refund.Reason.choices, initial=Refund.Reason.UNCLAIMED)


class AssignmentForm(_PartForm):
    """What held money is for. An order, a bill or a charge takes what it costs; for a credit the amount may be typed."""

    target = forms.CharField(
        label=_("Number of the order, bill, charge or account"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    because = forms.ChoiceField(label=_("How we know"), choices=HeldAssignment.Because.choices)


class PayoutWishForm(_PartForm):
    """How much of an account's credit is paid out, and why."""

    because = forms.ChoiceField(label=_("Reason"), choices=CreditPayout.Because.choices)


class PayoutApprovalForm(forms.Form):
    """What the second person has ordered."""

    slip = forms.CharField(label=_("Number of the transfer at the bank"), max_length=40)
