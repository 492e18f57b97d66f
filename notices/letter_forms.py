"""Other words for a letter in one language, and the day from which they hold."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .queries.letter_texts import Tongue


class WordsForm(forms.Form):
    """Subject and text; the subject only where the letter has one."""

    subject = forms.CharField(label=_("Subject"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Empty: the delivered words hold again."),
    )

    def __init__(self, tongue: Tongue, data: Any = None) -> None:
        base = tongue.draft or tongue.held
        super().__init__(data, initial={"subject": base.subject, "text": base.text} if base else {}, auto_id=f"{tongue.language}_%s")
        if not tongue.subject_source:
            del self.fields["subject"]


class HoldForm(forms.Form):
    """From when on, and why."""

    effective_from = forms.DateTimeField(
        label=_("In force from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_("Empty: from now on."),
    )
    reason = forms.CharField(label=_("Why"), max_length=200)

    def beginning(self, at: datetime) -> datetime:
        """The moment; now where none is given."""
        given: datetime | None = self.cleaned_data["effective_from"]
        return given or at
