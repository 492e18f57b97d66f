"""What the operator may ask of the list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import MessageStatus


class MessageFilter(forms.Form):
    """One status, or all."""

    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("all")), *MessageStatus.choices])
