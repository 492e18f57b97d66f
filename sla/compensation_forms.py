"""Saying that a compensation is not owed."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.forms.intake import PaperField
from casework.models import Attachment


class ExemptionForm(forms.Form):
    """Why, and what proves it: a file of the case, or a new one."""

    reason = forms.CharField(label=_("Why it is not owed"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    evidence = forms.ModelChoiceField(Attachment.objects.none(), label=_("Evidence"), required=False, empty_label=_("none of the files"))
    file = PaperField(label=_("or a new file"), required=False)

    def __init__(self, files: QuerySet[Attachment], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["evidence"]
        field.queryset = files  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.name  # type: ignore[attr-defined]

    def proof(self) -> Any:
        """What was chosen: the new file goes before one of the case's."""
        return self.cleaned_data["file"] or self.cleaned_data["evidence"]
