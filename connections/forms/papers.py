"""What is said of papers: the file, the verdict, and by which means the applicant hears what is missing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.intake import PaperField
from casework.models import Contact

#: By which a list of missing papers can be told.
MEANS = (Contact.Means.SMS, Contact.Means.COUNTER, Contact.Means.CALL, Contact.Means.CABINET, Contact.Means.LETTER, Contact.Means.VISIT)


class PaperFileForm(forms.Form):
    """One version of a paper."""

    file = PaperField(label=_("Photo or file"))


class VerdictForm(forms.Form):
    """What was found, and why; ``seen`` is the version of the paper that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For not accepting it, or for not needing it. The applicant reads it."),
    )


class MissingForm(forms.Form):
    """How the applicant hears the whole list, and why something on it was not said before."""

    means = forms.ChoiceField(label=_("How they hear it"), choices=[(means.value, means.label) for means in MEANS])
    reason = forms.CharField(
        label=_("Why it was not said before"),
        max_length=300,
        required=False,
        help_text=_("Only where something is asked for that the first list did not name. Whoever approves signs for it."),
    )

    def __init__(self, *args: Any, is_later: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_later:
            del self.fields["reason"]
