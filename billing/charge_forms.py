"""Forms of charges. What was typed stays, whatever was wrong with it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Checkout, Provider

_WORDS = {
    Checkout.Product.QR.value: _("scan a code with the phone"),
    Checkout.Product.PAGE.value: _("on this device"),
    Checkout.Product.TRANSFER.value: _("transfer by reference"),
}


class ChargeWayForm(forms.Form):
    """How whoever has the link pays: provider and way, of those that need no sign-in."""

    way = forms.ChoiceField(label=_("How do you pay?"), choices=[], widget=forms.RadioSelect)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: Mapping[str, tuple[str, ...]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["way"]
        assert isinstance(field, forms.ChoiceField)
        ways = [(provider, product) for provider, products in offered.items() for product in products if product in _WORDS]
        field.choices = [(f"{provider}.{product}", f"{Provider(provider).label}: {_WORDS[product]}") for provider, product in ways]
        self.number_of_ways = len(ways)

    @property
    def has_ways(self) -> bool:
        return self.number_of_ways > 0

    @property
    def provider_and_product(self) -> tuple[str, str]:
        """Provider and product."""
        provider, _dot, product = str(self.cleaned_data["way"]).partition(".")
        return provider, product


class FindChargeForm(forms.Form):
    number = forms.CharField(label=_("Number of the charge or the contract"), max_length=20)
