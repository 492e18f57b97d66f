"""A questionnaire as a form: a row for each question, with its words in every language."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..models import QuestionnaireDraft
from ..questions import SCORE, TEXT, YES_NO, Question

_SORTS = [(YES_NO, _("yes or no")), (SCORE, _("satisfaction, 1 to 5")), (TEXT, _("in words"))]
#: What the house itself goes by, and how it is answered.
_FIXED = {"settled": YES_NO, "score": SCORE}
_CODE = RegexValidator(r"^[a-z][a-z0-9_]*$", _("Small Latin letters, digits and underscores."))
#: Field -> language of the words.
_TONGUES = {"en": "en", "zh_hans": "zh-hans", "ru": "ru"}
#: Empty rows for new questions, and the most of all.
NEW_ROWS, MOST = 2, 20


class AboutQuestionsForm(forms.Form):
    """From when on, and why."""

    since = forms.DateTimeField(
        label=_("To be asked from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: as soon as somebody else has published it."),
    )
    reason = forms.CharField(label=_("Why other questions"), max_length=200)

    @classmethod
    def of(cls, draft: QuestionnaireDraft | None) -> "AboutQuestionsForm":
        """With what the draft says."""
        if draft is None:
            return cls()
        return cls(initial={"since": timezone.localtime(draft.since) if draft.since else None, "reason": draft.reason})

    def moment(self) -> datetime | None:
        """From when on; None: from its publication."""
        found: datetime | None = self.cleaned_data["since"]
        return found


class QuestionForm(forms.Form):
    """One question."""

    place = forms.IntegerField(
        label=pgettext_lazy("in a list", "Place"), min_value=1, max_value=99, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    code = forms.CharField(label=_("Short name in results"), max_length=24, validators=[_CODE])
    sort = forms.ChoiceField(label=_("Answered by"), choices=_SORTS)
    is_required = forms.BooleanField(label=_("must be answered"), required=False)
    zh_hans = forms.CharField(label="中文", max_length=200, widget=forms.TextInput(attrs={"lang": "zh-Hans"}))
    en = forms.CharField(label="English", max_length=200, widget=forms.TextInput(attrs={"lang": "en"}))
    ru = forms.CharField(label="Русский", max_length=200, widget=forms.TextInput(attrs={"lang": "ru"}))

    def row(self) -> dict[str, Any]:
        """As callbacks.questions.Question takes it."""
        found = self.cleaned_data
        ask = {language: found[name] for name, language in _TONGUES.items()}
        return {"code": found["code"], "sort": found["sort"], "is_required": found["is_required"], "ask": ask}


class _Rows(forms.BaseFormSet):  # type: ignore[type-arg]
    """All of them: no name twice, and the two that the house goes by stay."""

    deletion_widget = forms.CheckboxInput

    def clean(self) -> None:
        if any(self.errors):
            return
        sorts = [(row["code"], row["sort"]) for row in self.rows()]
        if len(dict(sorts)) != len(sorts):
            raise forms.ValidationError(gettext("Two questions have the same short name."))
        if any((code, sort) not in sorts for code, sort in _FIXED.items()):
            raise forms.ValidationError(
                gettext("Two questions must stay, whatever their words: settled (yes or no) and score (satisfaction, 1 to 5).")
            )

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("take it away")

    def rows(self) -> list[dict[str, Any]]:
        """The questions in their order."""
        kept = [form for form in self.forms if form.has_changed() or form.initial]
        kept = [form for form in kept if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        return [form.row() for form in sorted(kept, key=lambda form: form.cleaned_data["place"])]


QuestionRows = forms.formset_factory(QuestionForm, formset=_Rows, extra=NEW_ROWS, max_num=MOST, can_delete=True)


def rows_of(questions: Sequence[Question], data: Mapping[str, Any] | None = None) -> Any:
    """The formset, filled in with these questions, or with what was sent."""
    return QuestionRows(data, initial=[_initial(number, one) for number, one in enumerate(questions, 1)], prefix="q")


def _initial(number: int, one: Question) -> dict[str, Any]:
    words = {name: one.ask.get(language, "") for name, language in _TONGUES.items()}
    return {"place": number * 2, "code": one.code, "sort": one.sort, "is_required": one.is_required, **words}
