"""What an administrator writes into the draft of a plan: words in every language, stages, papers, fees, and the day it begins."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from notices.letter_forms import HoldForm

from ..models import Ball, Deed, FeeRow, PaperRow, StageRow
from ..plan_rules import LONGEST
from ..stage_order import PLACES, WAY
from ..states import ConnectionStatus
from ..ways_in import WAYS_IN

_KEY = RegexValidator(r"^[a-z][a-z0-9_]*$", _("Small letters, digits and _ only, a letter first."))
_WORDS = forms.Textarea(attrs={"rows": 2})


def _named(statuses: Iterable[str]) -> list[tuple[str, str]]:
    """Statuses as one chooses them, in the reader's words."""
    return [(str(one), capfirst(str(ConnectionStatus(one).label))) for one in statuses]


class TongueField:
    """A text in every language: one field for each, read and written as a mapping."""

    def __init__(self, name: str, label: Any, *, is_needed: bool = True) -> None:
        self.name, self.label, self.is_needed = name, label, is_needed

    def fields(self) -> Mapping[str, forms.Field]:
        return {
            self._at(code): forms.CharField(label=f"{self.label} · {tongue}", required=self.is_needed, max_length=600, widget=_WORDS)
            for code, tongue in settings.LANGUAGES
        }

    def initial(self, words: Mapping[str, str]) -> Mapping[str, str]:
        return {self._at(code): words.get(code, "") for code, _tongue in settings.LANGUAGES}

    def read(self, cleaned: Mapping[str, Any]) -> dict[str, str]:
        return {code: cleaned[self._at(code)].strip() for code, _tongue in settings.LANGUAGES if cleaned.get(self._at(code), "").strip()}

    def _at(self, code: str) -> str:
        return f"{self.name}_{code.replace('-', '_')}"


class SeenForm(forms.Form):
    """Remembers which content of the draft it was made for."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class RowForm(SeenForm):
    """One row of a plan: its key, its words in every language, and what is its own. ``columns`` is what the row is to say."""

    key = forms.CharField(label=_("Key"), max_length=24, validators=[_KEY], help_text=_("Stays for good; applicants never see it."))
    tongues: tuple[TongueField, ...] = ()
    plain: tuple[str, ...] = ()

    def __init__(self, row: Any, data: Any = None, *, seen: str = "") -> None:
        super().__init__(data, initial={"seen": seen, **self._initial(row)})
        for tongue in self.tongues:
            self.fields.update(tongue.fields())
        if row.pk is not None:
            self.fields["key"].disabled = True
        self.order_fields(["seen", "key", *(name for tongue in self.tongues for name in tongue.fields()), *self.fields])

    def _initial(self, row: Any) -> dict[str, Any]:
        found = {name: getattr(row, name) for name in ("key", *self.plain)}
        for tongue in self.tongues:
            found.update(tongue.initial(getattr(row, tongue.name)))
        return found

    def columns(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {name: given[name] for name in ("key", *self.plain)} | {tongue.name: tongue.read(given) for tongue in self.tongues}


class StageForm(RowForm):
    """One stage."""

    tongues = (TongueField("names", _("Name")),)
    plain = ("status", "position", "ball", "owner", "planned_days", "deed", "is_needed")
    status = forms.ChoiceField(label=_("Within"), choices=lambda: _named(PLACES))
    position = forms.IntegerField(
        label=_("Place"), min_value=1, max_value=99, help_text=_("Stages with the same place run beside each other.")
    )
    ball = forms.ChoiceField(
        label=_("Whose turn"),
        choices=[(Ball.COMPANY, _("ours")), (Ball.APPLICANT, _("the applicant's")), (Ball.AUTHORITY, _("a third party's"))],
    )
    owner = forms.ChoiceField(label=_("Done by"), choices=[("", _("nobody in particular")), *Role.choices], required=False)
    planned_days = forms.IntegerField(label=_("Working days planned"), min_value=0, max_value=LONGEST)
    deed = forms.ChoiceField(label=_("Ends when"), choices=Deed.choices)
    is_needed = forms.BooleanField(label=_("The application goes on only when it is done"), required=False)
    way = forms.ChoiceField(
        label=_("For whom"),
        choices=[
            ("", _("everybody")),
            ("is_one_stop", _("only where the company does everything")),
            ("is_own", _("only where the applicant does it")),
        ],
        required=False,
    )

    def __init__(self, row: Any, data: Any = None, *, seen: str = "") -> None:
        super().__init__(row, data, seen=seen)
        self.initial["way"] = "is_one_stop" if row.is_one_stop else "is_own" if row.is_own else ""

    def columns(self) -> dict[str, Any]:
        way = self.cleaned_data["way"]
        return {**super().columns(), "is_one_stop": way == "is_one_stop", "is_own": way == "is_own"}


class PaperForm(RowForm):
    """One paper of the check-list."""

    tongues = (
        TongueField("names", _("Name")),
        TongueField("hints", _("Where one gets it, what it must show"), is_needed=False),
        TongueField("consequences", _("What happens if it does not follow"), is_needed=False),
    )
    plain = ("position", "channels", "may_follow", "at_survey", "due_days", "is_drawing")
    position = forms.IntegerField(label=_("Place"), min_value=1, max_value=99)
    channels = forms.MultipleChoiceField(
        label=_("Only who comes"),
        choices=WAYS_IN,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: everybody."),
    )
    new_build = forms.ChoiceField(
        label=_("New building projects"),
        choices=[("", _("for all")), ("yes", _("only for new building projects")), ("no", _("only for others"))],
        required=False,
    )
    may_follow = forms.BooleanField(label=_("May follow"), required=False)
    at_survey = forms.BooleanField(label=_("At the survey at the latest"), required=False)
    due_days = forms.IntegerField(label=_("Working days to hand it in"), min_value=0, max_value=LONGEST)
    is_drawing = forms.BooleanField(label=_("Drawing of the project"), required=False)

    def __init__(self, row: Any, data: Any = None, *, seen: str = "") -> None:
        super().__init__(row, data, seen=seen)
        self.initial["new_build"] = {True: "yes", False: "no", None: ""}[row.new_build]

    def columns(self) -> dict[str, Any]:
        return {**super().columns(), "new_build": {"yes": True, "no": False, "": None}[self.cleaned_data["new_build"]]}


class FeeForm(RowForm):
    """One fee, in the currency as people write it."""

    tongues = (TongueField("names", _("Name")),)
    plain = ("position", "unit", "refundable_until")
    position = forms.IntegerField(label=_("Place"), min_value=1, max_value=99)
    price = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=12, decimal_places=2)
    unit = forms.ChoiceField(label=_("For"), choices=FeeRow.Unit.choices)
    refundable_until = forms.ChoiceField(label=_("Given back until"), choices=lambda: _named(WAY))

    def __init__(self, row: Any, data: Any = None, *, seen: str = "") -> None:
        super().__init__(row, data, seen=seen)
        self.initial["price"] = None if row.amount is None else f"{row.amount // 100}.{row.amount % 100:02}"

    def columns(self) -> dict[str, Any]:
        return {**super().columns(), "amount": int(self.cleaned_data["price"] * 100)}


#: Part of a plan -> the form of one of its rows.
FORMS: Mapping[str, type[RowForm]] = {"stages": StageForm, "papers": PaperForm, "fees": FeeForm}
MODELS: Mapping[str, Any] = {"stages": StageRow, "papers": PaperRow, "fees": FeeRow}


class TextsForm(SeenForm):
    """The words around the lists of a notice."""

    tongues = (TongueField("intro", _("First words of the notice")), TongueField("corrections", _("If the acceptance fails")))

    def __init__(self, texts: Mapping[str, Any], data: Any = None, *, seen: str = "") -> None:
        found: dict[str, Any] = {"seen": seen}
        for tongue in self.tongues:
            found.update(tongue.initial(texts.get(tongue.name, {})))
        super().__init__(data, initial=found)
        for tongue in self.tongues:
            self.fields.update(tongue.fields())

    def texts(self) -> dict[str, dict[str, str]]:
        return {tongue.name: tongue.read(self.cleaned_data) for tongue in self.tongues}


class PublishForm(HoldForm, SeenForm):
    """From when on, and why; for the content that was read."""


class AskerForm(forms.Form):
    """For whom a preview is made."""

    channel = forms.ChoiceField(label=_("How they come"), choices=WAYS_IN, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, required=False)
    is_new_build = forms.BooleanField(label=_("new building project"), required=False)
    is_one_stop = forms.BooleanField(label=_("the company does everything"), required=False)
