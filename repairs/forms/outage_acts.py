"""Forms of what is done with an interruption: another hour, its end, a reason, a repair that belongs to it, a call."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import CallTask
from .outages import _MOMENT


class UntilForm(forms.Form):
    """Another hour by which gas is back."""

    until = forms.DateTimeField(label=_("Gas back by"), widget=_MOMENT)


class EndForm(forms.Form):
    """When gas came on."""

    restored_at = forms.DateTimeField(label=_("Gas on since"), widget=_MOMENT)


class WhyForm(forms.Form):
    """In a few words."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class TicketForm(forms.Form):
    """Which repair belongs to it."""

    reference = forms.CharField(label=_("Reference of the repair"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class CallForm(forms.Form):
    """What came of a call; ``attempts`` as the page showed it, so that two people who ring at once find out."""

    result = forms.ChoiceField(choices=[(one.value, one.label) for one in (CallTask.Result.REACHED, CallTask.Result.NOT_REACHED)])
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    attempts = forms.IntegerField(min_value=0, max_value=1000)
