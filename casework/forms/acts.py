"""What staff may do on a case's page: each act its own small form."""

from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_LABEL
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Hall, Staff
from accounts.roles import GRANTS, Role, Verb

from ..models import Contact, GeneralRequest, Urgency
from .intake import PaperField, WordsField

_NOTHING = ("", BLANK_CHOICE_LABEL)
_MEANS = [(means.value, means.label) for means in Contact.Means if means != Contact.Means.NOTE]
#: Departments that cases can be handed to: those whose people handle cases.
_DEPARTMENTS = [_NOTHING, *((role.value, role.label) for role in Role if Verb.HANDLE_CASES in GRANTS[role])]


class _Colleague(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody who works here."""

    def __init__(self, **kwargs: Any) -> None:
        found = Staff.objects.filter(left_at__isnull=True, user__is_active=True, grants__role__in=[key for key, _label in _DEPARTMENTS])
        super().__init__(found.distinct().order_by("number"), **kwargs)


class TransferForm(forms.Form):
    """Whom to ask: a colleague, a hall, a department, or a department of a hall."""

    staff = _Colleague(label=_("Colleague"), required=False)
    hall = forms.ModelChoiceField(Hall.objects.order_by("name"), label=_("Hall"), required=False)
    role = forms.ChoiceField(label=_("Department"), choices=_DEPARTMENTS, required=False)
    note = forms.CharField(label=_("What they should know"), max_length=300, required=False)


class AssignForm(forms.Form):
    """Whose it is from now on."""

    owner = _Colleague(label=_("Give it to"))


class ContactForm(forms.Form):
    """A call, a visit, a letter; a note among ourselves is nobody's contact and goes to nobody."""

    means = forms.ChoiceField(label=_("How"), choices=[*_MEANS, (Contact.Means.NOTE.value, Contact.Means.NOTE.label)])
    direction = forms.ChoiceField(
        label=_("Who to whom"),
        choices=[(Contact.Direction.OUT.value, Contact.Direction.OUT.label), (Contact.Direction.IN.value, Contact.Direction.IN.label)],
        widget=forms.RadioSelect,
        initial=Contact.Direction.OUT,
    )
    content = WordsField(label=_("What was said"), rows=3)
    is_reached = forms.BooleanField(label=_("The customer was reached"), required=False, initial=True)
    is_reply = forms.BooleanField(label=_("This answers what they asked"), required=False)
    call_type = forms.ChoiceField(label=_("What the call was about"), choices=[_NOTHING, *Contact.CallType.choices], required=False)
    ring_seconds = forms.IntegerField(label=_("Rang, seconds"), required=False, min_value=0, max_value=86_400)
    talk_seconds = forms.IntegerField(label=_("Talked, seconds"), required=False, min_value=0, max_value=86_400)
    hold_seconds = forms.IntegerField(label=_("On hold, seconds"), required=False, min_value=0, max_value=86_400)


class AnswerForm(forms.Form):
    """The answer, and how the customer has it."""

    text = WordsField(label=_("Answer"), rows=5)
    means = forms.ChoiceField(label=_("The customer has it by"), choices=_MEANS, initial=Contact.Means.COUNTER)


class QuestionForm(forms.Form):
    """What only the customer can say."""

    question = WordsField(label=_("Question to the customer"), rows=3)
    means = forms.ChoiceField(label=pgettext_lazy("means", "Asked by"), choices=_MEANS, initial=Contact.Means.CALL)


class LeaderForm(forms.Form):
    """What somebody cannot judge alone."""

    question = WordsField(label=_("What should the head decide?"), rows=2)


class ReasonForm(forms.Form):
    """Why, in a few words."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class WhyForm(forms.Form):
    """Why it is opened again."""

    why = WordsField(label=_("Why it is opened again"), rows=2)


class ChangeForm(forms.Form):
    """What promises are chosen by."""

    urgency = forms.ChoiceField(label=_("How soon"), choices=Urgency.choices)
    account = forms.CharField(
        label=_("Account number"),
        max_length=20,
        required=False,
        help_text=_("Whose matter it is; brings segment, address and area."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class MergeForm(forms.Form):
    """The case in which it goes on."""

    into = forms.CharField(
        label=_("Reference of the case it goes on in"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class SplitForm(forms.Form):
    """A second matter that came with the first."""

    topic = forms.ChoiceField(label=_("About"), choices=GeneralRequest.Topic.choices)
    text = WordsField(label=_("The other matter"), rows=3)


class MissingForm(forms.Form):
    """Everything that is missing or wrong, a paper to a line."""

    papers = WordsField(
        label=_("Everything that is missing or wrong"),
        rows=4,
        help_text=_("One paper to a line; after a colon what is wrong with it. Lease: page 2 is missing"),
    )
    means = forms.ChoiceField(label=_("The customer learns it by"), choices=_MEANS, initial=Contact.Means.COUNTER)
    reason = forms.CharField(
        label=_("Why something was not said the first time"),
        max_length=300,
        required=False,
        help_text=_("Only for the head of a hall or a supervisor who signs for it."),
    )

    def clean_papers(self) -> list[tuple[str, str]]:
        """Pairs of a paper's name and what is wrong with it."""
        lines = self.cleaned_data["papers"].replace("：", ":").splitlines()
        parts = [line.partition(":") for line in lines]
        return [(name.strip(), remark.strip()) for name, _colon, remark in parts if name.strip()]


class _Names(forms.MultipleChoiceField):
    """Whatever the page's boxes were called; which of them exist, the operation looks at."""

    def valid_value(self, value: str) -> bool:
        return True


class ReceivedForm(forms.Form):
    """Which of the missing papers have come."""

    names = _Names(label=_("Papers that have come"), error_messages={"required": _("Tick the papers that have come.")})


class FileForm(forms.Form):
    """A file."""

    file = PaperField(label=_("File"))
