"""What is asked of whoever explains an unusual rise."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import EarlyCluster


class ExplanationForm(forms.Form):
    """What it comes from."""

    cause = forms.ChoiceField(
        label=_("What it comes from"), choices=EarlyCluster.Cause.choices, widget=forms.Select(attrs={"class": "form-select"})
    )
    explanation = forms.CharField(
        label=_("In a sentence"),
        max_length=300,
        help_text=_("What they have in common, and what is being done. No names."),
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
