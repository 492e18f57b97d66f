"""Choose a time; plan the times that can be chosen."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import ServiceArea

from ..models import VisitPurpose
from ..queries.slots import BOOKABLE, SKILLS

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_HOUR = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
WEEKDAYS = [
    ("0", gettext_lazy("Monday")),
    ("1", gettext_lazy("Tuesday")),
    ("2", gettext_lazy("Wednesday")),
    ("3", gettext_lazy("Thursday")),
    ("4", gettext_lazy("Friday")),
    ("5", gettext_lazy("Saturday")),
    ("6", gettext_lazy("Sunday")),
]


class ChooseForm(forms.Form):
    """One of the times on the page; ``version`` is of the visit as it was shown."""

    starts_at = forms.CharField(max_length=40, error_messages={"required": gettext_lazy("Choose a time.")})
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_starts_at(self) -> datetime:
        """The moment the slot begins."""
        try:
            moment = datetime.fromisoformat(self.cleaned_data["starts_at"])
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise ValidationError(_("Choose a time."))
        return moment


class PurposeForm(forms.Form):
    """What somebody is to come for, where nobody has been asked for yet."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("What somebody comes for"), choices=[(one, VisitPurpose(one).label) for one in SKILLS], required=False
    )


class AreaForm(forms.Form):
    """Whose plan is shown."""

    area = forms.ModelChoiceField(
        label=gettext_lazy("Service area"), queryset=ServiceArea.objects.select_related("hall").order_by("name"), empty_label=None
    )
    purpose = forms.ChoiceField(label=gettext_lazy("Visits for"), choices=[(one, VisitPurpose(one).label) for one in BOOKABLE])


class PlanForm(forms.Form):
    """A window that repeats on some weekdays."""

    weekdays = forms.MultipleChoiceField(label=gettext_lazy("Weekdays"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple)
    opens = forms.TimeField(label=gettext_lazy("From"), widget=_HOUR)
    closes = forms.TimeField(label=gettext_lazy("Until"), widget=_HOUR)
    capacity = forms.IntegerField(label=gettext_lazy("Visits at once"), min_value=1, max_value=200, initial=1)

    def clean_weekdays(self) -> list[int]:
        """As numbers, 0 being Monday."""
        return [int(day) for day in self.cleaned_data["weekdays"]]


class BlackoutForm(forms.Form):
    """Days on which nobody comes."""

    first_day = forms.DateField(label=gettext_lazy("First day"), widget=_DAY)
    last_day = forms.DateField(label=gettext_lazy("Last day"), widget=_DAY)
    everywhere = forms.BooleanField(label=gettext_lazy("in all service areas"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=200, help_text=gettext_lazy("For colleagues; customers do not see it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "blackout")
        super().__init__(*args, **kwargs)
