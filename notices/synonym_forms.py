"""Words with one meaning, typed one group at a time or as a table."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

_MOST_BYTES = 500_000


class SynonymForm(forms.Form):
    """One group."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    words = forms.CharField(label=_("Words with one meaning"), max_length=400, help_text=_("With commas between: card, chip card."))


class SynonymTableForm(forms.Form):
    """A table as a file, or typed; what cannot be taken comes back as text, to be mended here."""

    rows = forms.CharField(
        label=_("Rows"),
        required=False,
        max_length=_MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 5, "class": "mono"}),
        help_text=_("Each row: the language (zh-hans, en, ru), then the words, each in its own cell. en,card,chip card"),
    )
    file = forms.FileField(label=_("Or a CSV file"), required=False, help_text=_("In UTF-8, as spreadsheets save it."))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        sent = found.get("file")
        if sent:
            try:
                found["rows"] = sent.read(_MOST_BYTES).decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("This file is not in UTF-8."))
        if not found.get("rows", "").strip() and not self.errors:
            self.add_error("rows", _("There is no row with words."))
        return found
