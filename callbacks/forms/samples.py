"""Forms of samples and campaigns."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Territory

from ..models import SampleMember

_S = SampleMember.Status
_LEVELS = (Territory.Level.CITY, Territory.Level.COUNTY, Territory.Level.TOWN, Territory.Level.COMPOUND)


class EndForm(forms.Form):
    """Why somebody who was drawn is not asked."""

    why = forms.ChoiceField(
        label=_("Why"),
        choices=[(one.value, one.label) for one in (_S.NOT_REACHED, _S.REFUSED, _S.GONE)],
        widget=forms.RadioSelect,
    )


class CampaignForm(forms.Form):
    """Who is converted, and when."""

    name = forms.CharField(label=_("Name"), max_length=80)
    territory = forms.ModelChoiceField(label=_("Where"), queryset=Territory.objects.filter(level__in=_LEVELS).order_by("path"))
    since = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
