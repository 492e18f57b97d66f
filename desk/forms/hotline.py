"""Forms of the hotline: the workplace, a call taken by hand, the record of a call."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.models import Contact

from ..workplace import ITEMS

MOST_WORDS = 4_000


class WorkplaceForm(forms.Form):
    """What is in order at this place today."""

    in_order = forms.MultipleChoiceField(
        label=_("In order"), choices=list(ITEMS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    remark = forms.CharField(label=_("What is not, and why"), max_length=200, required=False)


class CallerForm(forms.Form):
    """Who rings, where no exchange tells."""

    caller = forms.CharField(
        label=_("Caller's number"),
        max_length=32,
        required=False,
        help_text=_("As the telephone shows it; empty if it shows none."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )


class RecordForm(forms.Form):
    """What a call was about and what became of it."""

    call_type = forms.ChoiceField(label=_("What was it about?"), choices=Contact.CallType.choices, widget=forms.RadioSelect)
    content = forms.CharField(
        label=_("What was said, in short"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    is_solved = forms.TypedChoiceField(
        label=_("Solved during the call?"),
        choices=[("yes", _("yes")), ("no", _("no"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    is_order_wanted = forms.BooleanField(
        label=_("An order is to be made of it"), required=False, help_text=_("It stays in your list until it is made.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_solved") is False and not data.get("content"):
            raise ValidationError(_("Write in a few words what is still open."), code="open_question")
        return data


class JotForm(forms.Form):
    """What is typed so far."""

    call_type = forms.ChoiceField(choices=[("", ""), *Contact.CallType.choices], required=False)
    content = forms.CharField(max_length=MOST_WORDS, required=False)
