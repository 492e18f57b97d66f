"""Plan when a hall receives by appointment, what for, and when it does not after all."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy

from accounts.models import Hall
from accounts.queries.halls import places

from ..hall_times import LONGEST_TALK, MOST_AT_ONCE
from ..models import HallService

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_HOUR = forms.TimeInput(attrs={"type": "time", "step": "1800"}, format="%H:%M")


class HallForm(forms.Form):
    """Whose plan or day is shown."""

    hall = forms.ModelChoiceField(
        label=gettext_lazy("Hall"), queryset=Hall.objects.none(), to_field_name="code", empty_label=None, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hall"].queryset = places().order_by("name", "pk")  # type: ignore[attr-defined]


class DayForm(HallForm):
    """Which day."""

    day = forms.DateField(label=gettext_lazy("Day"), required=False, widget=_DAY)


class HoursForm(forms.Form):
    """Hours that repeat on some weekdays."""

    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Weekdays"), choices=[(str(day), name) for day, name in WEEKDAYS.items()], widget=forms.CheckboxSelectMultiple
    )
    opens = forms.TimeField(label=gettext_lazy("From"), widget=_HOUR)
    closes = forms.TimeField(label=gettext_lazy("Until"), widget=_HOUR)
    places = forms.IntegerField(label=gettext_lazy("People at once"), min_value=1, max_value=MOST_AT_ONCE, initial=1)

    def clean_weekdays(self) -> list[int]:
        """As numbers, 0 being Monday."""
        return [int(day) for day in self.cleaned_data["weekdays"]]


class ServiceForm(forms.Form):
    """What people can come for."""

    kind = forms.ChoiceField(label=gettext_lazy("What for"), choices=HallService.Kind)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=5, max_value=LONGEST_TALK, initial=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "service")
        super().__init__(*args, **kwargs)


class GapForm(forms.Form):
    """A stretch of time in which nobody is received by appointment."""

    first_day = forms.DateField(label=gettext_lazy("From day"), widget=_DAY)
    first_hour = forms.TimeField(label=gettext_lazy("at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    last_day = forms.DateField(label=gettext_lazy("Until day"), widget=_DAY)
    last_hour = forms.TimeField(label=gettext_lazy("until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=200, help_text=gettext_lazy("For colleagues; customers do not see it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "gap")
        super().__init__(*args, **kwargs)

    def span(self) -> tuple[datetime, datetime]:
        """As moments, by the clocks of the operator."""
        given = self.cleaned_data
        begins = datetime.combine(given["first_day"], given["first_hour"])
        ends = datetime.combine(given["last_day"], given["last_hour"])
        return timezone.make_aware(begins), timezone.make_aware(ends)
