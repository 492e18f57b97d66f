"""Finding a turn of a recurring duty, and saying that it was done."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Period


class FindForm(forms.Form):
    """Whose turn."""

    find = forms.CharField(
        label=_("Name, account number or address"), max_length=80, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class DoneForm(forms.Form):
    """How much of a turn was done: all of it where it is one visit, one call."""

    count = forms.IntegerField(label=_("How many"), min_value=1)

    def __init__(self, period: Period, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.period = period

    def clean_count(self) -> int:
        count: int = self.cleaned_data["count"]
        if count > self.period.needed:
            raise forms.ValidationError(_("That is more than the whole turn takes (%(needed)s)."), params={"needed": self.period.needed})
        return count
