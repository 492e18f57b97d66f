"""What the desk takes down: the questions of triage as they are read out, who and where, and the desk's own judgement."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account
from casework.models import Channel, Urgency

from .. import triage, wording
from ..models import Repair
from .reports import LONGEST, PhoneWords

#: The ways by which staff hear of a fault.
_STAFF_CHANNELS = (Channel.PHONE, Channel.HALL, Channel.STAFF, Channel.LETTER, Channel.EMAIL)


class StaffReportForm(PhoneWords):
    """What the desk takes down: the questions of triage as they are read out, who and where, and the desk's own judgement."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How they came to us"),
        choices=[(channel.value, channel.label) for channel in _STAFF_CHANNELS],
        initial=Channel.PHONE,
    )
    fault = forms.ChoiceField(label=gettext_lazy("What is wrong"), choices=Repair.Fault.choices, initial=Repair.Fault.LEAK)
    place = forms.CharField(
        label=gettext_lazy("Where"),
        max_length=240,
        required=False,
        help_text=gettext_lazy("Town, compound, building, door; or coordinates."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = forms.CharField(
        label=gettext_lazy("In their words"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"), max_length=60, required=False, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    urgency = forms.ChoiceField(
        label=gettext_lazy("How soon"), choices=[("", gettext_lazy("as the questions say")), *Urgency.choices], required=False
    )
    classification = forms.ChoiceField(
        label=gettext_lazy("Class"), choices=[("", gettext_lazy("as the questions say")), *Repair.Class.choices], required=False
    )
    is_order = forms.BooleanField(
        label=gettext_lazy("Order the repair at once"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Otherwise it is only written down. An emergency is always ordered."),
    )

    def __init__(self, *args: Any, account: Account | None, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question, words in wording.QUESTIONS.items():
            self.fields[question] = forms.ChoiceField(
                label=words,  # type: ignore[arg-type]
                choices=list(wording.ANSWERS.items()),
                initial=triage.Answer.UNKNOWN,
                required=False,
                widget=forms.RadioSelect,
            )
        self.fields["language"].initial = account.customer.language if account else language
        if account is not None:
            del self.fields["place"]
            for name in ("name", "phone"):
                self.fields[name].help_text = gettext_lazy("Only if it is somebody else than the customer.")

    def questions(self) -> list[forms.BoundField]:
        """The questions, in the order in which they are read out."""
        return [self[question] for question in wording.QUESTIONS]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if "place" in self.fields and not given.get("place", "").strip():
            self.add_error("place", _("Ask where it is, so that the crew finds it."))
        given["answers"] = answers_in(given)
        return given


class ClassForm(forms.Form):
    """The desk's judgement over triage's."""

    urgency = forms.ChoiceField(label=gettext_lazy("How soon"), choices=Urgency.choices)
    classification = forms.ChoiceField(label=gettext_lazy("Class"), choices=Repair.Class.choices)


def answers_in(given: Mapping[str, Any]) -> dict[str, str]:
    """The answers of triage among what was filled in; what was not answered is not known."""
    return {question: given.get(question) or triage.Answer.UNKNOWN for question in wording.QUESTIONS}
