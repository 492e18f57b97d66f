"""The questions of a follow-up as a form: for whoever rings, and for the customer who answers alone."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role

from ..models import Heard, Result
from ..queries.questionnaires import Asked
from ..questions import SCORE, TEXT, YES_NO, Question

_SCORES = [
    (5, _("5, very satisfied")),
    (4, _("4, satisfied")),
    (3, _("3, so-so")),
    (2, _("2, dissatisfied")),
    (1, _("1, very dissatisfied")),
]
_YES_NO = [(1, _("yes")), (0, _("no"))]
_OUR_WAYS = [one for one in Heard.choices if one[0] != Heard.LINK]
#: Who may be asked to see to a problem.
DEPARTMENTS = (
    Role.DISPATCHER,
    Role.ENGINEER,
    Role.HALL_HEAD,
    Role.STEWARD,
    Role.INSPECTOR,
    Role.MARKETING,
    Role.COMPLAINT_ROUTER,
    Role.SUPERVISOR,
)


def _field(question: Question, language: str) -> forms.Field:
    words = question.words(language)
    if question.sort == TEXT:
        area = forms.Textarea(attrs={"rows": 2})
        return forms.CharField(label=words, required=question.is_required, max_length=1000, widget=area)
    choices = {SCORE: _SCORES, YES_NO: _YES_NO}[question.sort]
    return forms.TypedChoiceField(
        label=words, required=question.is_required, choices=choices, coerce=int, empty_value=None, widget=forms.RadioSelect
    )


class AnswerForm(forms.Form):
    """What a customer says, question by question; what is asked comes from the questionnaire."""

    #: Fields besides the questions, and what is not asked, as the operation calls them.
    besides: tuple[str, ...] = ()
    always: Mapping[str, str] = {}

    words = forms.CharField(label=_("Anything else they said"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        questions = {one.code: _field(one, get_language() or "en") for one in asked.questions}
        self.fields = {**questions, **self.fields}

    def given(self) -> dict[str, Any]:
        """As ``hearing.Said`` takes it."""
        found = self.cleaned_data
        numbers = [one.code for one in self.asked.questions if one.sort != TEXT and found[one.code] is not None]
        texts = [one.code for one in self.asked.questions if one.sort == TEXT and found[one.code]]
        return {
            "settled": bool(found["settled"]),
            "score": found["score"],
            "answers": {code: found[code] for code in numbers},
            "texts": {code: found[code] for code in texts},
            "words": found["words"],
            **{name: found[name] for name in self.besides},
            **self.always,
        }


class CallForm(AnswerForm):
    """The same on the telephone or at the door, with a problem to be passed on."""

    besides = ("heard_by", "problem", "department")

    heard_by = forms.ChoiceField(label=_("How you asked"), choices=_OUR_WAYS, initial=Heard.CALL)
    problem = forms.CharField(
        label=_("A problem to be passed on"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whoever is in charge has it at once, as a case of its own, with five minutes to take it."),
    )
    department = forms.ChoiceField(
        label=_("To whom"), required=False, choices=[("", _("the department in charge")), *((role, role.label) for role in DEPARTMENTS)]
    )


class OwnAnswerForm(AnswerForm):
    """The same by the link of a message."""

    always: Mapping[str, str] = {"heard_by": Heard.LINK}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("Anything else you want to tell us")
        # What must be answered comes first: whoever has only a moment is done then.
        self.order_fields([name for name, field in self.fields.items() if field.required])


class AttemptForm(forms.Form):
    """What came of a call in which nobody answered our questions."""

    result = forms.ChoiceField(label=_("What came of it"), choices=Result, initial=Result.NO_ANSWER)
    note = forms.CharField(label=_("Remark"), required=False, max_length=300)


class LetterForm(forms.Form):
    """The letter in which we ask."""

    text = forms.CharField(label=_("Letter"), max_length=4000, widget=forms.Textarea(attrs={"rows": 10}))
