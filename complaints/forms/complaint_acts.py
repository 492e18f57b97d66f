"""What staff do on a complaint's page: each act its own small form."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Hall, Staff
from casework import references
from casework.forms.acts import QuestionForm, WhyForm
from casework.models import Case

from ..models import About, MajorWhy, Manner, Outcome, Way
from .complaining import DEPARTMENTS

#: What is promised "by a day" is done when that day's work ends.
_DAY_ENDS = time(17, 30)
_OUTCOMES = [(one.value, one.label) for one in Outcome if one != Outcome.REFUSED]


def _words(label: Any, rows: int, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=10_000, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


class _Colleague(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody who works here."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Staff.objects.filter(left_at=None).order_by("number"), **kwargs)


class InquiryForm(forms.Form):
    """A question to a colleague, a hall or a department."""

    staff = _Colleague(label=gettext_lazy("Colleague"), required=False)
    hall = forms.ModelChoiceField(Hall.objects.order_by("name"), label=gettext_lazy("Hall"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("Department"), choices=DEPARTMENTS, required=False)
    note = _words(
        gettext_lazy("The question"),
        3,
        help_text=gettext_lazy("They see these words and nothing else of the complaint."),
    )
    is_to_contact = forms.BooleanField(
        label=gettext_lazy("They are to get in touch with the customer"),
        required=False,
        help_text=gettext_lazy("Then write into the question whom they ring, and on which number."),
    )


class JudgeForm(forms.Form):
    """How grave it is, in a person's judgement."""

    about = forms.ChoiceField(label=gettext_lazy("About"), choices=About.choices)
    major_why = forms.ChoiceField(
        label=gettext_lazy("Handled at once"), choices=[("", gettext_lazy("no, an ordinary complaint")), *MajorWhy.choices], required=False
    )
    manner = forms.ChoiceField(label=gettext_lazy("How it is said"), choices=Manner.choices, required=False)


class WhomForm(forms.Form):
    """Whom it is about, as it turned out."""

    staff = _Colleague(label=gettext_lazy("Colleague"), required=False)
    hall = forms.ModelChoiceField(Hall.objects.order_by("name"), label=gettext_lazy("The whole hall"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("The whole department"), choices=DEPARTMENTS, required=False)


class _Said(forms.Form):
    """What was found, what we say, and how."""

    finding = _words(
        gettext_lazy("What was found"), 2, required=False, help_text=gettext_lazy("For ourselves; the customer does not see it.")
    )
    text = _words(gettext_lazy("What we answer"), 7, help_text=gettext_lazy("In the customer's language. A letter has these words."))
    way = forms.ChoiceField(label=gettext_lazy("The customer has it"), choices=Way.choices)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)


class AnswerForm(_Said):
    """An answer, and what it says is still done."""

    outcome = forms.ChoiceField(label=gettext_lazy("The complaint is"), choices=_OUTCOMES)
    work_cases = forms.CharField(
        label=gettext_lazy("Work that follows, in these cases"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("References, with blanks between them. The complaint is settled when all are done."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    work_words = forms.CharField(label=gettext_lazy("Or in words: what is still done"), max_length=300, required=False)
    work_until = forms.DateField(
        label=gettext_lazy("By which day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    field_order = ("outcome", "finding", "text", "way", "language", "work_cases", "work_words", "work_until")

    def clean_work_cases(self) -> list[Case]:
        """The cases of these references."""
        wanted = [references.tidy(word) for word in self.cleaned_data["work_cases"].replace(",", " ").split()]
        found = {case.reference: case for case in Case.objects.filter(reference__in=wanted)}
        if missing := [word for word in wanted if word not in found]:
            raise forms.ValidationError(_("There is no case %(reference)s.") % {"reference": missing[0]})
        return [found[word] for word in wanted]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if bool(given.get("work_words")) != bool(given.get("work_until")):
            field = "work_until" if given.get("work_words") else "work_words"
            self.add_error(field, _("Say both: what is still done, and by which day."))
        return given

    def works(self) -> list[dict[str, Any]]:
        """What is promised."""
        given = self.cleaned_data
        works: list[dict[str, Any]] = [{"case": case} for case in given["work_cases"]]
        if given["work_words"]:
            until = timezone.make_aware(datetime.combine(given["work_until"], _DAY_ENDS))
            works.append({"words": given["work_words"], "promised_at": until})
        return works


class RefuseForm(_Said):
    """A no, with the reason in the answer."""


class FindingForm(forms.Form):
    """What a department says."""

    finding = _words(gettext_lazy("What happened"), 5)
    has_contacted = forms.BooleanField(label=gettext_lazy("I have spoken with the customer"), required=False)


FORMS: dict[str, type[forms.Form]] = {
    "ask": QuestionForm,
    "inquire": InquiryForm,
    "judge": JudgeForm,
    "whom": WhomForm,
    "answer": AnswerForm,
    "refuse": RefuseForm,
    "reopen": WhyForm,
}
