"""Turning the gas on again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Channel, Urgency

from ..models import Restoration

_CHANNELS = (Channel.HALL, Channel.PHONE, Channel.STAFF)


class RestorationForm(forms.Form):
    """Why it was off, and how soon it is needed."""

    cause = forms.ChoiceField(label=_("Why the gas is off"), choices=Restoration.Cause.choices)
    text = forms.CharField(label=_("Note"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    channel = forms.ChoiceField(
        label=_("How they came to us"), choices=[(channel.value, channel.label) for channel in _CHANNELS], initial=Channel.HALL
    )
    urgency = forms.ChoiceField(
        label=_("How soon"), choices=[(one.value, one.label) for one in (Urgency.NORMAL, Urgency.URGENT)], initial=Urgency.NORMAL
    )
