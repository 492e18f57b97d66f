"""The form of a new version of a promise: everything it says, in sections. What was typed stays, whatever was wrong with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise as Lazy
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.listing import listed
from accounts.roles import Role
from casework import kinds

from . import naming, selection
from .book_files import LANGUAGES, TEXTS
from .models import CalendarVersion, PromiseVersion
from .pattern_fields import PatternsField
from .policies import Policy
from .promise_fields import SHORT, ApproversField, LadderField
from .selection import DIMENSIONS

_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
_NAMES = {"title": _("Title"), "from": _("The clock starts when"), "until": _("It stops when"), "text": _("Remark")}
_TONGUES = {"en": "English", "zh-hans": "简体中文", "ru": "Русский"}
_EVENTS = ("starts_on", "stops_on", "pauses_on", "resumes_on", "withdrawn_on")
_TERMS = ("times", "share", "total", "approvers")
_SAME = ("target", "limit", "calendar", "cut_off", "owner", "ladder", "is_active", "is_public", *_EVENTS)


@dataclass(frozen=True)
class Section:
    """Some fields of the form under one title; one that is folded says what holds so far, and opens when something in it is wrong."""

    title: str | Lazy
    fields: Sequence[forms.BoundField]
    is_folded: bool = False
    text: str | Lazy = ""
    so_far: str | Lazy = ""

    @property
    def is_open(self) -> bool:
        return any(field.errors for field in self.fields)


class PromiseForm(forms.Form):
    """A new version of a promise: what it says, from when on, and why."""

    target = forms.CharField(label=_("Target"), max_length=16, required=False, widget=SHORT, help_text=_("PT30M: half an hour"))
    limit = forms.CharField(label=_("Limit"), max_length=16, required=False, widget=SHORT, help_text=_("PT4H, P3D, P1WD, COB, NBD0"))
    calendar = forms.ChoiceField(label=_("Calendar"))
    cut_off = forms.TimeField(label=_("Cut-off"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    owner = forms.ChoiceField(label=_("Answerable"), required=False, choices=[("", "—"), *Role.choices])
    ladder = LadderField(label=_("Who is told when"), help_text=_("Steps like 50%=owner 80%=supervisor -PT30M=hall_head"))
    is_active = forms.BooleanField(label=_("Active"), required=False)
    is_public = forms.BooleanField(label=_("Shown to customers"), required=False)
    days = forms.ChoiceField(
        label=_("Days are"), choices=[("calendar", _("calendar days")), ("working", _("working days"))], required=False
    )
    starts_on = PatternsField(label=_("It starts with"))
    stops_on = PatternsField(label=_("It ends with"))
    pauses_on = PatternsField(label=_("It waits from"))
    resumes_on = PatternsField(label=_("It goes on with"))
    withdrawn_on = PatternsField(label=_("It falls away with"))
    may_extend = forms.BooleanField(label=_("More time may be applied for"), required=False)
    times = forms.IntegerField(label=_("How often"), required=False, min_value=1, max_value=99)
    share = forms.IntegerField(
        label=_("At most so much longer, in percent"),
        required=False,
        min_value=0,
        max_value=9999,
        help_text=_("of the first limit; 0: no such bound"),
    )
    total = forms.CharField(
        label=_("At most in all"),
        max_length=16,
        required=False,
        widget=SHORT,
        help_text=_("P10D: ten days from the start; empty: no such bound"),
    )
    approvers = ApproversField(label=_("Who decides"), help_text=_("Up to how many percent more: 50%=supervisor 100%=branch_manager"))
    pays = forms.BooleanField(label=_("Compensation is paid"), required=False)
    amount = forms.DecimalField(label=_("Amount"), required=False, min_value=0, max_digits=9, decimal_places=2, help_text=_("once broken"))
    step = forms.CharField(
        label=_("Again after every"), max_length=16, required=False, widget=SHORT, help_text=_("PT24H; empty: paid once")
    )
    cap = forms.DecimalField(label=_("At most"), required=False, min_value=0, max_digits=9, decimal_places=2)
    effective_from = forms.DateTimeField(
        label=_("In force from"), required=False, widget=_MOMENT, help_text=_("Leave it empty to keep a draft.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("It is kept with the version."))

    def __init__(
        self, row: PromiseVersion, calendars: Sequence[CalendarVersion], policies: Iterable[Policy], data: QueryDict | None = None
    ) -> None:
        super().__init__(data, initial=_initial(row))
        self.row = row
        field = self.fields["calendar"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(row.key, naming.name(row.titles, row.key)) for row in calendars]
        self.fields |= _selectors(row, policies)
        for language in LANGUAGES:
            for text in TEXTS:
                self.fields[f"{text}_{language}"] = forms.CharField(
                    label=_NAMES[text], max_length=300, required=text == "title", initial=row.texts.get(language, {}).get(text, "")
                )

    @property
    def sections(self) -> list[Section]:
        """Everything but the words, what is changed most often first."""
        whom = _("Nothing chosen in a group: it does not matter. Of rivals the one that says most of whom it is for holds.")
        heard = _("One event a line, as repair.ordered or case.contacted?by=human. Facts are compared as text.")
        return [
            Section(_("Time"), self._named("target", "limit", "days", "calendar", "cut_off")),
            Section(_("Who answers for it"), self._named("owner", "ladder")),
            Section(
                _("For whom and what"), self._named(*(f"for_{name}" for name in DIMENSIONS)), is_folded=True, text=whom, so_far=self._whom()
            ),
            Section(_("Events it listens to"), self._named(*_EVENTS), is_folded=True, text=heard, so_far=self._events()),
            Section(
                _("More time"), self._named("may_extend", *_TERMS), is_folded=True, so_far=_yes_or_no(self.row.extension.get("is_allowed"))
            ),
            Section(
                _("Compensation"),
                self._named("pays", "amount", "step", "cap"),
                is_folded=True,
                so_far=_yes_or_no(self.row.compensation.get("is_on")),
            ),
        ]

    @property
    def closing(self) -> list[forms.BoundField]:
        """From when on it holds, for whom it is seen, and why it is written."""
        return self._named("is_active", "is_public", "effective_from", "reason")

    @property
    def tongues(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """Each language with its fields, and whether to show it at once."""
        return [(_TONGUES[one], [self[f"{text}_{one}"] for text in TEXTS], one == get_language()) for one in LANGUAGES]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if self.row.is_safety and typed.get("pauses_on"):
            self.add_error("pauses_on", _("A safety clock is never paused and never extended."))
        return typed

    def changes(self) -> Mapping[str, Any]:
        """The columns of the new version that this form speaks of."""
        typed = self.cleaned_data
        # Calendar days are the plain reading, and stay unsaid where nobody said them.
        days = {"days": typed["days"]} if typed["days"] and (typed["days"] != "calendar" or "days" in self.row.readings) else {}
        return {
            **{name: typed[name] for name in _SAME},
            "selects": self._selects(),
            "readings": {**self.row.readings, **days},
            "extension": self._extension(),
            "compensation": self._compensation(),
            "texts": {one: {text: typed[f"{text}_{one}"] for text in TEXTS if typed[f"{text}_{one}"]} for one in LANGUAGES},
        }

    def beginning(self) -> datetime | None:
        """When the version begins; None for a draft."""
        found: datetime | None = self.cleaned_data["effective_from"]
        return found

    def _named(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names]

    def _whom(self) -> str | Lazy:
        found = naming.selects(selection.read(self.row.selects))
        return listed(values for _label, values in found) if found else _("everybody")

    def _events(self) -> str:
        first, last = (listed(naming.event(one) for one in texts) for texts in (self.row.starts_on, self.row.stops_on))
        return f"{first or '–'} → {last or '–'}"

    def _selects(self) -> dict[str, list[str]]:
        found = {}
        for name in DIMENSIONS:
            old, new = self.row.selects.get(name, []), self.cleaned_data[f"for_{name}"]
            # The same choice in another order is the same.
            if kept := old if set(old) == set(new) else new:
                found[name] = kept
        return found

    def _extension(self) -> dict[str, Any]:
        typed = self.cleaned_data
        said = {name: typed[name] for name in _TERMS if typed[name] not in (None, "", [])}
        others = {name: value for name, value in self.row.extension.items() if name not in _TERMS}
        return {**others, **said, "is_allowed": typed["may_extend"]}

    def _compensation(self) -> dict[str, Any]:
        typed = self.cleaned_data
        amounts = {name: int(typed[name] * 100) for name in ("amount", "cap") if typed[name] is not None}
        step = {"step": typed["step"]} if typed["step"] else {}
        others = {name: value for name, value in self.row.compensation.items() if name not in {"amount", "cap", "step"}}
        return {**others, "is_on": typed["pays"], **amounts, **step}


def _selectors(row: PromiseVersion, policies: Iterable[Policy]) -> dict[str, forms.Field]:
    """A group of boxes for each dimension: every value that has a name, or that some promise names."""
    used: dict[str, set[str]] = defaultdict(set, kind=set(kinds.kinds()))
    for selects in (row.selects, *(policy.selects for policy in policies)):
        for name, values in selects.items():
            used[name] |= set(values)
    found: dict[str, forms.Field] = {}
    for name in DIMENSIONS:
        label, choices = naming.dimension(name, used[name])
        found[f"for_{name}"] = forms.MultipleChoiceField(
            label=capfirst(label),
            choices=[(value, capfirst(word)) for value, word in choices],
            required=False,
            initial=row.selects.get(name, []),
            widget=forms.CheckboxSelectMultiple,
        )
    return found


def _yes_or_no(is_so: object) -> str | Lazy:
    return _("yes") if is_so else _("no")


def _initial(row: PromiseVersion) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in _SAME},
        **{name: row.extension.get(name) for name in _TERMS},
        "days": row.readings.get("days", "calendar"),
        "may_extend": row.extension.get("is_allowed", False),
        "pays": row.compensation.get("is_on", False),
        "amount": _major(row.compensation.get("amount")),
        "step": row.compensation.get("step", ""),
        "cap": _major(row.compensation.get("cap")),
    }


def _major(minor: int | None) -> Decimal | None:
    return None if minor is None else Decimal(minor) / 100
