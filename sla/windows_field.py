"""The field of forms that reads working windows of a day, written in a line."""

from typing import Any

from django import forms

from .book_files import read_windows

_SHORT = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})


class WindowsField(forms.CharField):
    """``08:30-12:00,13:30-17:30``, cleaned to pairs; they are checked where they are written."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=120, widget=_SHORT, **kwargs)

    def to_python(self, value: Any) -> Any:
        return read_windows(super().to_python(value) or "")

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else ",".join("-".join(pair) for pair in value)
