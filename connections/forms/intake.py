"""What staff take down of an application, with as few keys as can be: the rest comes at the steward's visit."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.phones import read_phone
from casework.models import Channel

from ..appliances import Appliance
from ..models import ConnectionKind
from ..ways_in import GOVERNMENT, LABELS
from .steps import LONGEST, count_field

#: The ways by which staff hear of it (CON-01): the hotline, the windows of halls, somebody who asked a colleague, a letter.
CHANNELS = (Channel.PHONE, Channel.HALL, GOVERNMENT, Channel.STAFF, Channel.LETTER, Channel.EMAIL)
_OFF = {"autocomplete": "off"}


class IntakeForm(forms.Form):
    """Four answers are enough: name, phone, place, what. The channel is set by where whoever types works."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, widget=forms.TextInput(attrs={**_OFF, "autofocus": True}))
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=60, widget=forms.TextInput(attrs={**_OFF, "type": "tel"}))
    place = forms.CharField(
        label=gettext_lazy("Where gas is wanted"),
        max_length=240,
        widget=forms.TextInput(attrs=_OFF),
        help_text=gettext_lazy("Town, compound or street, building, door."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What is to be connected"),
        choices=ConnectionKind.choices,
        initial=ConnectionKind.RESIDENTIAL,
        widget=forms.RadioSelect,
    )
    channel = forms.ChoiceField(label=gettext_lazy("How they came to us"), choices=[(str(one), LABELS[one]) for one in CHANNELS])
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    organisation = forms.CharField(
        label=gettext_lazy("Business or institution"), max_length=120, required=False, widget=forms.TextInput(attrs=_OFF)
    )
    is_new_build = forms.BooleanField(label=gettext_lazy("New building project"), required=False)
    is_one_stop = forms.BooleanField(label=gettext_lazy("The company does everything"), required=False)
    wishes = forms.CharField(
        label=gettext_lazy("Wishes"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2, **_OFF})
    )

    def __init__(self, *args: Any, channel: str, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].initial, self.fields["language"].initial = channel, language
        for one in Appliance:
            self.fields[one.value] = count_field(one)

    def counts(self) -> list[forms.BoundField]:
        """How many of each appliance."""
        return [self[one.value] for one in Appliance]

    def clean_phone(self) -> str:
        """In E.164."""
        number = read_phone(str(self.cleaned_data["phone"]))
        if not number:
            raise forms.ValidationError(_("We cannot read this number. Write it like 138 0013 8000 or 0539-512 6119."))
        return number

    def wished(self) -> dict[str, Any]:
        """By the names of ``Wish``."""
        counts = {one.value: self.cleaned_data[one.value] or 0 for one in Appliance}
        known = {name: value for name, value in self.cleaned_data.items() if name not in counts}
        return {**known, "appliances": {code: count for code, count in counts.items() if count}}
