"""What is asked of whoever corrects a sealed month of the open score."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CorrectionForm(forms.Form):
    """Why another edition is needed: published beside it."""

    month = forms.DateField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why it is corrected"),
        max_length=300,
        help_text=_("Everybody reads it: no names, no addresses. Every number is counted anew from the records."),
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
