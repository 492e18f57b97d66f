"""Reporting a fault in the cabinet: we know who and where."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.models import Account

from ..models import Repair
from .reports import LONGEST


class CabinetReportForm(forms.Form):
    """The customer's own: we know who and where."""

    account = forms.ModelChoiceField(Account.objects.none(), label=gettext_lazy("Where is it?"), empty_label=None)
    fault = forms.ChoiceField(label=gettext_lazy("What is wrong?"), choices=Repair.Fault.choices, initial=Repair.Fault.LEAK)
    text = forms.CharField(
        label=gettext_lazy("What do you see, hear, smell?"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, accounts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["account"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = accounts.select_related("premises")
        field.label_from_instance = lambda account: str(account.premises)  # type: ignore[method-assign, assignment]
        field.initial = accounts.first()
