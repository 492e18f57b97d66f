"""The field of forms that reads event patterns, one a line."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import patterns


class PatternsField(forms.CharField):
    """Event patterns, one a line, cleaned to a list of them; what cannot be read is named."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocapitalize": "off", "class": "patterns"})
        super().__init__(max_length=2000, required=False, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        words = (super().to_python(value) or "").split()
        wrong = [bad for word in words if (bad := _wrong_part(word))]
        if wrong:
            raise forms.ValidationError([_unreadable(word) for word in wrong])
        return list(dict.fromkeys(words))

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(value)


def _wrong_part(word: str) -> str:
    try:
        patterns.parse(word)
    except patterns.BadPattern as bad:
        return bad.word
    return ""


def _unreadable(word: str) -> forms.ValidationError:
    said = _("“%(word)s” cannot be read. Write for instance repair.ordered or case.contacted?by=human.")
    return forms.ValidationError(said, params={"word": word})
