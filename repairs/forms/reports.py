"""Reporting a fault on the public page: as little as we need."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.phones import read_phone

from ..models import Repair

#: A report of these is taken whatever its phone looks like.
_NEVER_HELD_UP = {Repair.Fault.LEAK, Repair.Fault.NO_GAS, Repair.Fault.PIPE}
LONGEST = 2_000


class PhoneWords(forms.Form):
    """A phone as people type it. What cannot be rung holds up no leak: it stays with the words."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        typed = given.get("phone", "").strip()
        given["phone"], given["unread_phone"] = read_phone(typed), ""
        if typed and not given["phone"]:
            given["unread_phone"] = typed
            if given.get("fault") not in _NEVER_HELD_UP:
                self.add_error("phone", _("We cannot read this number. Write it like 138 0013 8000 or 0539-512 6119, or leave it empty."))
        return given


class PublicReportForm(PhoneWords):
    """Five things, of which two are needed: what is wrong, and where."""

    fault = forms.ChoiceField(label=gettext_lazy("What is wrong?"), choices=Repair.Fault.choices, initial=Repair.Fault.LEAK)
    place = forms.CharField(
        label=gettext_lazy("Where?"),
        max_length=240,
        help_text=gettext_lazy("Town, compound, building, door; or coordinates."),
        error_messages={"required": gettext_lazy("Say where it is, so that we find you.")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Your phone"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("So that the crew can ring you."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    text = forms.CharField(
        label=gettext_lazy("What do you see, hear, smell?"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
