"""What a customer reads off a badge."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BadgeForm(forms.Form):
    """The number on the badge, and the code of the visit if they have one."""

    number = forms.CharField(
        label=_("Number on the badge"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    code = forms.CharField(
        label=_("Code of your visit"),
        max_length=12,
        required=False,
        help_text=_("Only you and the crew that comes have it. With it we show who is at your door."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
