"""The counter's forms: what is bought, how it is paid, which papers were seen."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from billing.models import Payment
from billing.volumes import MAX_LITRES, MAX_MINOR

from .fields import AmountField, VolumeField


class QuoteForm(forms.Form):
    """A volume or an amount; nothing typed yet is fine too."""

    volume = VolumeField(label=_("Volume, m³"), required=False, max_length=20)
    amount = AmountField(label=_("or amount"), required=False, max_length=20)

    def __init__(self, *args: Any, focus: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # By attribute, not by script: a clerk who types at once must not lose the first digits.
        self.fields["volume"].widget.attrs["autofocus"] = focus

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("volume") and data.get("amount"):
            raise ValidationError(_("Enter a volume or an amount, not both."), code="both")
        return data

    def wish(self) -> dict[str, int | None]:
        """Litres, or an amount in minor units, or nothing yet."""
        data = self.cleaned_data if self.is_valid() else {}
        return {"litres": data.get("volume"), "amount": data.get("amount")}


class PayForm(forms.Form):
    """The payment for a quote as it was shown; the hidden fields carry the quote."""

    account = forms.CharField(widget=forms.HiddenInput, max_length=10)
    litres = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_LITRES)
    shown = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MAX_MINOR)
    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)
    key = forms.CharField(widget=forms.HiddenInput, max_length=120)
    method = forms.ChoiceField(label=_("How is it paid?"), choices=Payment.TILL_METHODS, widget=forms.RadioSelect)
    tendered = AmountField(label=_("Cash handed over"), required=False, max_length=20, help_text=_("Empty: the exact amount."))
    slip = forms.CharField(label=_("Bank terminal's slip number"), required=False, max_length=40)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("method") == Payment.Method.BANK_CARD and not data.get("slip"):
            self.add_error("slip", _("Enter the number on the bank terminal's slip."))
        return data

    @property
    def is_priced(self) -> bool:
        """Whether the form came with a quote: without one there is nothing to pay."""
        return not {"litres", "shown", "fingerprint", "key"} & self.errors.keys()


class PapersForm(forms.Form):
    """The check-list of a government hall (BIL-02), before anything is quoted."""

    account = forms.CharField(widget=forms.HiddenInput, max_length=10)
    #: The first to tick has the focus: the clerk has both hands on papers and keyboard.
    identity_card = forms.BooleanField(
        label=_("Identity card, and it fits the name"), widget=forms.CheckboxInput(attrs={"autofocus": True})
    )
    gas_card = forms.BooleanField(label=_("Gas card"))
    book = forms.BooleanField(label=_("Book"))
    queue_number = forms.CharField(label=_("Queue number"), max_length=12, help_text=_("From the slip of the queue machine."))
