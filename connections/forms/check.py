"""What the applicant said, step by step, to be looked at once more before it is sent."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from accounts import listing

from .. import appliances
from ..models import ConnectionKind
from .steps import STEPS, TITLES, Answers, form_of


@dataclass(frozen=True)
class Said:
    """One step: what was asked and answered there."""

    step: str
    title: str
    rows: list[tuple[str, str]]


def said(answers: Answers) -> list[Said]:
    """Every step as it was answered. Only when no step is missing."""
    return [Said(step, str(TITLES[step]), _rows(step, answers)) for step in STEPS]


def _rows(step: str, answers: Answers) -> list[tuple[str, str]]:
    form = form_of(step, answers[step], answers)
    form.is_valid()
    if step == "needs":
        wanted = {code: form.cleaned_data.get(code) or 0 for code in appliances.Appliance.values}
        listed = appliances.in_words({code: count for code, count in wanted.items() if count})
        return [(_("Appliances"), listing.listed(listed) or _("not said")), *_plain(form, set(wanted))]
    return list(_plain(form, set()))


def _plain(form: forms.Form, without: set[str]) -> Iterator[tuple[str, str]]:
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if name in without:
            continue
        if isinstance(field, forms.BooleanField):
            yield str(field.label), _("yes") if value else _("no")
        elif value not in {None, ""}:
            yield str(field.label), str(ConnectionKind(value).label) if name == "kind" else str(value)
