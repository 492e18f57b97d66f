"""What is typed about connected meters."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ValveForm(forms.Form):
    """An order for the valve, and why."""

    act = forms.ChoiceField(
        label=_("What is to be done"),
        choices=[("open", _("let the valve be opened by its key")), ("close", _("close the valve"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Stands beside the command; the customer does not read it."))
