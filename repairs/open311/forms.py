"""What is sent to Open311, checked: a report, and a question about reports."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _

from accounts.phones import read_phone

from ..models import Repair
from ..triage import Answer, Question

#: The standard's own bound: no answer spans more than this.
LONGEST = timedelta(days=90)
STATUSES = ("open", "closed")
_ID_LENGTH = 20


class ReportForm(forms.Form):
    """A report by the standard's names. Where it is: ``lat`` and ``long``, or ``address_string``; the rest is welcome."""

    service_code = forms.ChoiceField(choices=Repair.Fault.choices)
    lat = forms.FloatField(min_value=-90, max_value=90, required=False)
    long = forms.FloatField(min_value=-180, max_value=180, required=False)
    address_string = forms.CharField(max_length=240, required=False)
    address_id = forms.CharField(max_length=40, required=False)
    description = forms.CharField(max_length=4000, required=False)
    first_name = forms.CharField(max_length=60, required=False)
    last_name = forms.CharField(max_length=60, required=False)
    phone = forms.CharField(max_length=40, required=False)
    email = forms.EmailField(required=False)
    device_id = forms.CharField(max_length=120, required=False)
    media_url = forms.URLField(max_length=500, required=False, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        has_point = given.get("lat") is not None and given.get("long") is not None
        if not has_point and not given.get("address_string") and not {"lat", "long"} & set(self.errors):
            raise forms.ValidationError(_("Say where it is: lat and long, or address_string."))
        given["point"] = (given["lat"], given["long"]) if has_point else None
        given["number"] = read_phone(given.get("phone", ""))
        return given

    @property
    def answers(self) -> dict[str, str]:
        """The questions of triage that were answered: ``attribute[smell]=yes``; other attributes are none of ours."""
        said = {question.value: self.data.get(f"attribute[{question.value}]", "") for question in Question}
        return {question: answer for question, answer in said.items() if answer in list(Answer)}

    @property
    def words(self) -> str:
        """The description, and what has no column of its own but somebody may need."""
        given = self.cleaned_data
        return "\n".join(part for part in (given["description"], given["email"], given["media_url"]) if part)

    @property
    def reporter(self) -> str:
        """The name as it was given."""
        return " ".join(part for part in (self.cleaned_data["first_name"], self.cleaned_data["last_name"]) if part)


class Question311(forms.Form):
    """Which requests somebody asks about."""

    service_request_id = forms.CharField(required=False)
    service_code = forms.CharField(required=False)
    start_date = forms.CharField(required=False)
    end_date = forms.CharField(required=False)
    status = forms.CharField(required=False)
    page = forms.IntegerField(min_value=1, max_value=100_000, required=False)
    page_size = forms.IntegerField(min_value=1, max_value=1000, required=False)

    def __init__(self, data: QueryDict, *, at: datetime) -> None:
        super().__init__(data)
        self.at = at

    def clean_service_request_id(self) -> list[str]:
        return _words(self.cleaned_data["service_request_id"])[:100]

    def clean_service_code(self) -> list[str]:
        return _words(self.cleaned_data["service_code"])

    def clean_status(self) -> list[str]:
        wanted = _words(self.cleaned_data["status"])
        if set(wanted) - set(STATUSES):
            raise forms.ValidationError(_("status is open, closed, or both."))
        return wanted

    def clean_start_date(self) -> datetime | None:
        return _moment(self.cleaned_data["start_date"])

    def clean_end_date(self) -> datetime | None:
        return _moment(self.cleaned_data["end_date"])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        start, end = given.get("start_date"), given.get("end_date")
        until = end or (min(self.at, start + LONGEST) if start else self.at)
        since = start or until - LONGEST
        if since > until or until - since > LONGEST:
            raise forms.ValidationError(_("Ask about at most 90 days, from an earlier to a later moment."))
        given["since"], given["until"] = since, until
        return given


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise forms.ValidationError(_("Moments look like 2026-11-20T10:00:00+08:00."))
    return make_aware(found) if is_naive(found) else found
