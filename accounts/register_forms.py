"""What whoever keeps the register of priority customers fills in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models.priority_entry import PriorityGround

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SeekForm(forms.Form):
    """What to show; strange choices in an address count as none."""

    state = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[("standing", _("hold now")), ("soon", _("run out soon")), ("later", _("begin later")), ("over", _("are over"))],
    )
    ground = forms.ChoiceField(label=_("Ground"), required=False, choices=[("", _("all")), *PriorityGround.choices])
    sought = forms.CharField(
        label=_("Name, account number, phone or address"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )

    def wanted(self) -> dict[str, Any]:
        """As the query takes it."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class EntryForm(forms.Form):
    """A new entry."""

    ground = forms.ChoiceField(label=_("Ground"), choices=PriorityGround.choices)
    evidence = forms.CharField(
        label=_("Paper seen"), max_length=80, help_text=_("Which paper, and its number. No diagnosis: the ground says enough.")
    )
    since = forms.DateField(label=_("Since"), widget=_DAY)
    until = forms.DateField(label=_("Until"), widget=_DAY, required=False, help_text=_("The last day. Empty: until somebody ends it."))
    why = forms.CharField(label=_("What else is to be said"), max_length=200, required=False)


class ExtendForm(forms.Form):
    """Another last day."""

    until = forms.DateField(label=_("Until"), widget=_DAY, required=False, help_text=_("The last day. Empty: until somebody ends it."))
    why = forms.CharField(label=_("Reason"), max_length=200)


class EndForm(forms.Form):
    """Why it does not hold any more."""

    why = forms.CharField(label=_("Reason"), max_length=200)
