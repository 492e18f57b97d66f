"""A site of somebody else: where it is, what it is called."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from .models import UsefulLink
from .operations.useful_links import BadLink, LinkDraft, checked_address


class LinkForm(forms.Form):
    """One useful link."""

    kind = forms.ChoiceField(label=_("Whose site it is"), choices=UsefulLink.Kind.choices)
    address = forms.CharField(label=_("Address"), max_length=300, help_text=_("It begins with https://"))
    position = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=999, initial=100)

    def __init__(self, data: QueryDict | None = None, *, link: UsefulLink | None = None) -> None:
        super().__init__(data, initial=_initial(link) if link else {})
        for code, name in settings.LANGUAGES:
            is_house = code == settings.LANGUAGE_CODE
            self.fields[f"name_{code}"] = forms.CharField(label=_("Name") + f" ({name})", max_length=120, required=is_house)

    def clean_address(self) -> str:
        """As a browser may open it."""
        try:
            return checked_address(self.cleaned_data["address"])
        except BadLink as refusal:
            raise ValidationError(str(refusal)) from None

    def draft(self) -> LinkDraft:
        """What was written."""
        typed = self.cleaned_data
        names = {code: typed[f"name_{code}"] for code, _name in settings.LANGUAGES if typed.get(f"name_{code}")}
        return LinkDraft(kind=typed["kind"], address=typed["address"], position=typed["position"], names=names)


def _initial(link: UsefulLink) -> dict[str, Any]:
    names = {f"name_{code}": name for code, name in link.names.items()}
    return {"kind": link.kind, "address": link.address, "position": link.position, **names}
