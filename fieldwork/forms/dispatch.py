"""What a dispatcher chooses: what to see, and whom to send."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Urgency

from ..models import Skill, VisitPurpose
from ..queries.board import Wanted
from ..states import VisitStatus

_ALL = [("", _("all"))]
_OPEN = [one for one in VisitStatus.choices if one[0] not in {VisitStatus.DONE, VisitStatus.NO_ACCESS, VisitStatus.CANCELLED}]


class BoardForm(forms.Form):
    """Which open visits; wrong choices in an address count as none."""

    status = forms.ChoiceField(label=_("Status"), choices=[*_ALL, *_OPEN], required=False)
    urgency = forms.ChoiceField(label=_("How soon"), choices=[*_ALL, *Urgency.choices], required=False)
    skill = forms.ChoiceField(label=_("Skill"), choices=[*_ALL, *Skill.choices], required=False)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=[*_ALL, *VisitPurpose.choices], required=False)
    late = forms.BooleanField(label=_("Only those known to come too late"), required=False)

    def wanted(self) -> Wanted:
        """The filter as the query takes it."""
        self.is_valid()
        return Wanted(**{name: value for name, value in self.cleaned_data.items() if value})


class SendForm(forms.Form):
    """Which crew, and the visit as it was looked at."""

    crew = forms.CharField(max_length=8)
    version = forms.IntegerField(min_value=0)
    reason = forms.CharField(max_length=300, required=False)


class TakeBackForm(forms.Form):
    """Why, and the visit as it was looked at."""

    version = forms.IntegerField(min_value=0)
    reason = forms.CharField(max_length=300, required=False)
