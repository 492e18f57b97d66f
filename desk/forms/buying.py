"""What a customer buys in the cabinet, and how it is to be paid."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.models import Checkout, Provider
from billing.volumes import MAX_LITRES


def ways_to_pay(offered: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """What may be chosen: a provider with its own way. In the app pays only who is in it (desk.queries.ways_to_pay)."""
    names = {
        "wechat:app": _("WeChat Pay: here, in WeChat"),
        "wechat:qr": _("WeChat Pay: scan a code"),
        "alipay:page": _("Alipay: on their page"),
        "alipay:qr": _("Alipay: scan a code"),
        "bank:transfer": _("Bank transfer: the money is here in one to three days"),
    }
    found = [f"{provider}:{product}" for provider, products in offered.items() for product in products]
    return [(way, str(names[way])) for way in found if way in names]


class WayForm(forms.Form):
    """How to pay. ``provider`` and ``product`` are what was chosen."""

    way = forms.ChoiceField(label=_("How do you want to pay?"), widget=forms.RadioSelect)
    key = forms.CharField(widget=forms.HiddenInput, max_length=100)

    def __init__(self, *args: Any, offered: dict[str, tuple[str, ...]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["way"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = ways_to_pay(offered)

    @property
    def provider(self) -> Provider:
        return Provider(self.cleaned_data["way"].partition(":")[0])

    @property
    def product(self) -> Checkout.Product:
        return Checkout.Product(self.cleaned_data["way"].partition(":")[2])


class BuyForm(WayForm):
    """The order for a quote as it was shown; the hidden fields carry the quote."""

    litres = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_LITRES)
    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)
