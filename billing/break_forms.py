"""What whoever reconciles fills in: a provider's bill, a payout, and what is to be done about a break."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .break_remedies import remedies
from .forms import DAY, OUR_TIME, AmountField
from .models import Break, HeldAssignment, Provider

#: Bills of a day are a hundredth of it. What is packed may be longer unpacked (billing.reconciliation.files).
LARGEST_FILE = 20 * 1024 * 1024
WITH_BILLS = ((Provider.WECHAT.value, Provider.WECHAT.label), (Provider.ALIPAY.value, Provider.ALIPAY.label))


class BillForm(forms.Form):
    """A bill as it was downloaded from the provider's own pages."""

    file = forms.FileField(
        label=pgettext_lazy("provider", "Bill"),
        help_text=_("The file as it was downloaded, packed or not. The same bill twice changes nothing."),
        widget=forms.FileInput(attrs={"accept": ".csv,.zip,.gz"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(_("The file is too large."))
        return file


class FetchForm(forms.Form):
    """A day whose bill the provider is asked for now."""

    provider = forms.ChoiceField(label=_("Provider"), choices=WITH_BILLS)
    day = forms.DateField(label=_("Day"), widget=DAY, validators=OUR_TIME)


class PayoutForm(forms.Form):
    """What arrived on our bank account."""

    provider = forms.ChoiceField(label=_("Provider"), choices=WITH_BILLS)
    amount = AmountField(label=_("Amount"))
    day = forms.DateField(label=_("On the account since"), widget=DAY, validators=OUR_TIME)
    slip = forms.CharField(label=_("Number at the bank"), max_length=40)

    def clean_amount(self) -> int:
        amount: int = self.cleaned_data["amount"]
        if amount <= 0:
            raise forms.ValidationError(_("Enter a number above zero."))
        return amount


class RemedyForm(forms.Form):
    """One of the ways to settle a break. What the others need may stay empty."""

    action = forms.ChoiceField(label=_("What is to be done"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("Why"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    target = forms.CharField(
        label=_("For which order, bill, charge or account"),
        max_length=40,
        required=False,
        help_text=_("Its number; an account is credited."),
    )
    because = forms.ChoiceField(label=_("How we know"), choices=HeldAssignment.Because.choices, required=False)

    def __init__(self, *args: Any, found: Break, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = remedies(found)
        self.fields["action"].choices = [(way.value, capfirst(way.label)) for way in ways]  # type: ignore[attr-defined]
        if len(ways) == 1:
            self.initial.setdefault("action", ways[0].value)
        if Break.Action.ASSIGN not in ways:
            del self.fields["target"], self.fields["because"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        action = given.get("action")
        if action in {Break.Action.WRITE_OFF, Break.Action.EXPLAIN} and not given.get("note"):
            self.add_error("note", _("Say why: whoever approves reads it."))
        if action == Break.Action.ASSIGN and not given.get("target"):
            self.add_error("target", _("Say for what the money is to be used."))
        if action == Break.Action.ASSIGN and not given.get("because"):
            self.add_error("because", _("Say how we know whose money it is."))
        return given
