"""What staff say of a stage: whose turn it is, another day, why it is not needed."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Ball
from ..queries.working_days import calendar_of


class BallForm(forms.Form):
    """Whose turn it is."""

    ball = forms.ChoiceField(
        label=_("Whose turn"),
        choices=[(Ball.COMPANY, _("ours")), (Ball.APPLICANT, _("the applicant's")), (Ball.AUTHORITY, _("a third party's"))],
    )


class UntilForm(forms.Form):
    """A day, which means the end of work on it."""

    until = forms.DateField(label=_("New day"), widget=forms.DateInput(attrs={"type": "date"}))

    def moment(self, at: datetime) -> datetime:
        """The end of work on that day."""
        day: date = self.cleaned_data["until"]
        return calendar_of(at).close_of_business(day)


class NoteForm(forms.Form):
    """A remark, or a reason."""

    note = forms.CharField(label=_("Remark"), max_length=300, required=False)

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["note"].label = label
