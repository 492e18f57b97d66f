"""Asking for more time on one clock."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.models import Attachment

from .models import ExtensionReason


class MoreTimeForm(forms.Form):
    """Until when, why, and what proves it."""

    due_at = forms.DateTimeField(
        label=_("New due moment"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    reason = forms.ChoiceField(label=_("Reason"), choices=ExtensionReason.choices)
    explanation = forms.CharField(label=_("Explain it to whoever decides"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    evidence = forms.ModelChoiceField(Attachment.objects.none(), label=_("Evidence"), required=False, empty_label=_("none of the files"))

    def __init__(self, files: QuerySet[Attachment], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["evidence"]
        field.queryset = files  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.name  # type: ignore[attr-defined]
