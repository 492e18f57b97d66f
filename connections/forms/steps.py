"""Applying for gas on the public pages: four short steps, each a form of its own."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.phones import read_phone

from ..appliances import MOST, Appliance
from ..models import ConnectionKind

#: What a home burns gas with; the rest is for businesses.
_AT_HOME = (Appliance.STOVE, Appliance.WATER_HEATER, Appliance.WALL_BOILER, Appliance.OTHER)
#: Litres an hour in a cubic metre.
_LITRES = 1_000
LONGEST = 2_000
type Answers = Mapping[str, Mapping[str, Any]]


class WhatForm(forms.Form):
    """What is to be connected."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What would you like to connect?"),
        choices=ConnectionKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is to be connected.")},
    )
    is_new_build = forms.BooleanField(
        label=gettext_lazy("It is a new building project"),
        required=False,
        help_text=gettext_lazy("Then the drawings come through the joint review of the authorities, and you need not bring them."),
    )


class WhereForm(forms.Form):
    """Where gas is wanted; for whom, where it is no home."""

    place = forms.CharField(
        label=gettext_lazy("Where is gas wanted?"),
        max_length=240,
        help_text=gettext_lazy("Town, compound or street, building, door. As you would tell a driver."),
        error_messages={"required": gettext_lazy("Say where gas is wanted, so that we know which pipe is near.")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    organisation = forms.CharField(
        label=gettext_lazy("Name of the business or institution"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == ConnectionKind.RESIDENTIAL:
            del self.fields["organisation"]


class NeedsForm(forms.Form):
    """What gas is wanted for. Nothing here is needed: the survey finds out."""

    flow = forms.DecimalField(
        label=gettext_lazy("Gas wanted, in cubic metres an hour"),
        min_value=0,
        max_value=100_000,
        max_digits=9,
        decimal_places=3,
        required=False,
        help_text=gettext_lazy("Only if you know it; otherwise we measure it at the survey."),
    )
    is_one_stop = forms.BooleanField(
        label=gettext_lazy("The company does everything for me"),
        required=False,
        help_text=gettext_lazy(
            "Approvals, design, building and supervision in one hand. Doing and arranging it for you is free of charge."
        ),
    )
    wishes = forms.CharField(
        label=gettext_lazy("What else should we know?"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For example when somebody is there, or when you need gas."),
    )

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in _AT_HOME if kind == ConnectionKind.RESIDENTIAL else Appliance:
            self.fields[one.value] = count_field(one)
        if kind == ConnectionKind.RESIDENTIAL:
            del self.fields["flow"]

    def counts(self) -> list[forms.BoundField]:
        """How many of each appliance."""
        return [self[name] for name in self.fields if name in Appliance.values]

    def others(self) -> list[forms.BoundField]:
        """The rest."""
        return [self[name] for name in self.fields if name not in Appliance.values]


class WhoForm(forms.Form):
    """Whom the steward rings."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        error_messages={"required": gettext_lazy("Say who you are, so that we can address you.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Your phone"),
        max_length=60,
        help_text=gettext_lazy("Your steward rings this number, and messages go there."),
        error_messages={"required": gettext_lazy("Give a number at which we reach you.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def clean_phone(self) -> str:
        """As typed; it must be one that can be rung."""
        typed = str(self.cleaned_data["phone"]).strip()
        if not read_phone(typed):
            raise forms.ValidationError(_("We cannot read this number. Write it like 138 0013 8000 or 0539-512 6119."))
        return typed


def count_field(appliance: Appliance) -> forms.IntegerField:
    """How many of an appliance."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "class": "count"})
    return forms.IntegerField(label=appliance.label, min_value=0, max_value=MOST, required=False, widget=widget)


STEPS: Mapping[str, type[forms.Form]] = {"what": WhatForm, "where": WhereForm, "needs": NeedsForm, "who": WhoForm}
TITLES: Mapping[str, str | Promise] = {
    "what": pgettext_lazy("step of applying", "What"),
    "where": pgettext_lazy("step of applying", "Where"),
    "needs": pgettext_lazy("step of applying", "What for"),
    "who": pgettext_lazy("step of applying", "Who"),
    "check": pgettext_lazy("step of applying", "Check"),
}


def form_of(step: str, data: Any, answers: Answers) -> forms.Form:
    """The form of a step, with what was typed there before; it may ask other things of a home than of a business."""
    kind = answers.get("what", {}).get("kind", "")
    more = {"kind": kind} if step in {"where", "needs"} else {}
    return STEPS[step](data, initial=dict(answers.get(step, {})), **more)


def as_typed(form: forms.Form) -> dict[str, Any]:
    """What a draft keeps of a valid form: words, numbers and yes or no."""
    given = {name: value for name, value in form.cleaned_data.items() if value not in {None, ""}}
    return {name: value if isinstance(value, bool | int) else str(value) for name, value in given.items()}


def missing_step(answers: Answers) -> str:
    """The first step that is not answered well; empty when all are. The answers of another kind's form do not count."""
    return next((step for step in STEPS if not _is_answered(step, answers)), "")


def wished(answers: Answers) -> dict[str, Any]:
    """What the answers come to, by the names of ``Wish``. Only when no step is missing."""
    found: dict[str, Any] = {}
    for step in STEPS:
        form = form_of(step, answers[step], answers)
        form.is_valid()
        found |= form.cleaned_data
    flow = found.pop("flow", None)
    counts = {one.value: found.pop(one.value, None) or 0 for one in Appliance}
    return {
        **found,
        "phone": read_phone(found["phone"]),
        "flow": int(flow * _LITRES) if flow else None,
        "appliances": {code: count for code, count in counts.items() if count},
    }


def _is_answered(step: str, answers: Answers) -> bool:
    return step in answers and form_of(step, answers[step], answers).is_valid()
