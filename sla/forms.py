"""Forms of the book of promises and its calendars. What was typed stays, whatever was wrong with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role

from . import naming
from .book_files import LANGUAGES, TEXTS, read_ladder, read_windows
from .models import CalendarVersion, PromiseVersion

_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
_SHORT = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
_NAMES = {"title": _("Title"), "from": _("The clock starts when"), "until": _("It stops when"), "text": _("Remark")}
_TONGUES = {"en": "English", "zh-hans": "简体中文", "ru": "Русский"}


class WindowsField(forms.CharField):
    """``08:30-12:00,13:30-17:30``, cleaned to pairs; they are checked where they are written."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=120, widget=_SHORT, **kwargs)

    def to_python(self, value: Any) -> Any:
        return read_windows(super().to_python(value) or "")

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else ",".join("-".join(pair) for pair in value)


class LadderField(forms.CharField):
    """``80%=supervisor -PT30M=owner``, cleaned to pairs of rung and role."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}), **kwargs)

    def to_python(self, value: Any) -> Any:
        return read_ladder(super().to_python(value) or "")

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else " ".join(f"{rung}={role}" for rung, role in value)


class PromiseForm(forms.Form):
    """A new version of a promise: what may be changed on a page, from when on, and why."""

    target = forms.CharField(label=_("Target"), max_length=16, required=False, widget=_SHORT, help_text=_("PT30M: half an hour"))
    limit = forms.CharField(label=_("Limit"), max_length=16, required=False, widget=_SHORT, help_text=_("PT4H, P3D, P1WD, COB, NBD0"))
    calendar = forms.ChoiceField(label=_("Calendar"))
    cut_off = forms.TimeField(label=_("Cut-off"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    owner = forms.ChoiceField(label=_("Answerable"), required=False, choices=[("", "—"), *Role.choices])
    ladder = LadderField(label=_("Who is told when"), help_text=_("Steps like 50%=owner 80%=supervisor -PT30M=hall_head"))
    is_active = forms.BooleanField(label=_("Active"), required=False)
    is_public = forms.BooleanField(label=_("Shown to customers"), required=False)
    days = forms.ChoiceField(
        label=_("Days are"), choices=[("calendar", _("calendar days")), ("working", _("working days"))], required=False
    )
    may_extend = forms.BooleanField(label=_("More time may be applied for"), required=False)
    pays = forms.BooleanField(label=_("Compensation is paid"), required=False)
    amount = forms.DecimalField(label=_("Amount"), required=False, min_value=0, max_digits=9, decimal_places=2, help_text=_("once broken"))
    step = forms.CharField(
        label=_("Again after every"), max_length=16, required=False, widget=_SHORT, help_text=_("PT24H; empty: paid once")
    )
    cap = forms.DecimalField(label=_("At most"), required=False, min_value=0, max_digits=9, decimal_places=2)
    effective_from = forms.DateTimeField(
        label=_("In force from"), required=False, widget=_MOMENT, help_text=_("Leave it empty to keep a draft.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("It is kept with the version."))

    def __init__(self, row: PromiseVersion, calendars: Sequence[CalendarVersion], data: QueryDict | None = None) -> None:
        super().__init__(data, initial=_initial(row))
        self.row = row
        field = self.fields["calendar"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(row.key, naming.name(row.titles, row.key)) for row in calendars]
        for language in LANGUAGES:
            for text in TEXTS:
                self.fields[f"{text}_{language}"] = forms.CharField(
                    label=_NAMES[text], max_length=300, required=text == "title", initial=row.texts.get(language, {}).get(text, "")
                )

    @property
    def plain(self) -> list[forms.BoundField]:
        """The fields that are no texts."""
        return [field for field in self if field.name in self.base_fields]

    @property
    def tongues(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """Each language with its fields, and whether to show it at once."""
        return [(_TONGUES[one], [self[f"{text}_{one}"] for text in TEXTS], one == get_language()) for one in LANGUAGES]

    def changes(self) -> Mapping[str, Any]:
        """The columns of the new version that this form speaks of."""
        typed = self.cleaned_data
        plain = ("target", "limit", "calendar", "cut_off", "owner", "ladder", "is_active", "is_public")
        # Calendar days are the plain reading, and stay unsaid where nobody said them.
        days = {"days": typed["days"]} if typed["days"] and (typed["days"] != "calendar" or "days" in self.row.readings) else {}
        return {
            **{name: typed[name] for name in plain},
            "readings": {**self.row.readings, **days},
            "extension": {**self.row.extension, "is_allowed": typed["may_extend"]},
            "compensation": self._compensation(),
            "texts": {one: {text: typed[f"{text}_{one}"] for text in TEXTS if typed[f"{text}_{one}"]} for one in LANGUAGES},
        }

    def _compensation(self) -> dict[str, Any]:
        typed = self.cleaned_data
        amounts = {name: int(typed[name] * 100) for name in ("amount", "cap") if typed[name] is not None}
        step = {"step": typed["step"]} if typed["step"] else {}
        return {"is_on": typed["pays"], **amounts, **step}

    def beginning(self) -> datetime | None:
        """When the version begins; None for a draft."""
        found: datetime | None = self.cleaned_data["effective_from"]
        return found


def _initial(row: PromiseVersion) -> dict[str, Any]:
    same = ("target", "limit", "calendar", "cut_off", "owner", "ladder", "is_active", "is_public")
    return {
        **{name: getattr(row, name) for name in same},
        "days": row.readings.get("days", "calendar"),
        "may_extend": row.extension.get("is_allowed", False),
        "pays": row.compensation.get("is_on", False),
        "amount": _major(row.compensation.get("amount")),
        "step": row.compensation.get("step", ""),
        "cap": _major(row.compensation.get("cap")),
    }


def _major(minor: int | None) -> Decimal | None:
    return None if minor is None else Decimal(minor) / 100


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
