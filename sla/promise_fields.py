"""Fields of the promise form that read lists written in a line: ladders and approvers."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .book_files import read_ladder

SHORT = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
_APPROVER = re.compile(r"([1-9][0-9]{0,3})%?=([a-z_]+)")


class LadderField(forms.CharField):
    """``80%=supervisor -PT30M=owner``, cleaned to pairs of rung and role."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}), **kwargs)

    def to_python(self, value: Any) -> Any:
        return read_ladder(super().to_python(value) or "")

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else " ".join(f"{rung}={role}" for rung, role in value)


class ApproversField(forms.CharField):
    """``50%=supervisor 100%=branch_manager``, cleaned to pairs of percent and role."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, required=False, widget=SHORT, **kwargs)

    def to_python(self, value: Any) -> Any:
        words = (super().to_python(value) or "").replace(",", " ").split()
        return [_approver(word) for word in words]

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else " ".join(f"{percent}%={role}" for percent, role in value)


def _approver(word: str) -> list[Any]:
    found = _APPROVER.fullmatch(word)
    if found is None:
        raise forms.ValidationError(_("“%(word)s” is no approver. Write for instance 50%%=supervisor."), params={"word": word})
    return [int(found[1]), found[2]]
