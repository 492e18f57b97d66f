"""Forms of the calendars, and of a draft's date. What was typed stays, whatever was wrong with it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .windows_field import WindowsField

_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class DateForm(forms.Form):
    """The moment from which a draft holds."""

    effective_from = forms.DateTimeField(label=_("In force from"), widget=_MOMENT)


class SpecialDayForm(forms.Form):
    """A day of one calendar that is not as its week says."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    work = forms.ChoiceField(
        label=_("Work"),
        choices=[
            ("closed", pgettext_lazy("hall", "closed")),
            ("usual", _("worked like its weekday")),
            ("windows", _("worked in these windows")),
        ],
        widget=forms.RadioSelect,
        initial="closed",
    )
    windows = WindowsField(label=_("Windows"), required=False, help_text=_("08:30-12:00,13:30-17:30"))
    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=80, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("work") == "windows" and not typed.get("windows"):
            self.add_error("windows", _("Write the windows of that day."))
        return typed


class HoursForm(forms.Form):
    """The week of a calendar from a moment on; a day left empty is closed."""

    effective_from = forms.DateTimeField(label=_("In force from"), widget=_MOMENT)

    def __init__(self, weekly: Mapping[str, Any], data: QueryDict | None = None) -> None:
        super().__init__(data)
        for number, day in WEEKDAYS.items():
            self.fields[f"day_{number}"] = WindowsField(label=day, required=False, initial=weekly.get(str(number), []))

    def weekly(self) -> dict[str, Any]:
        """Day "0" (Monday) to "6" with their windows; closed days left out."""
        return {str(day): windows for day in range(7) if (windows := self.cleaned_data[f"day_{day}"])}
