"""Hand an application over; have us act for the applicant."""

import base64
import binascii
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Staff

from ..mandates import MandateDeed, SignedHow, Signing
from ..queries.stewards import stewards

_HEAD = "data:image/png;base64,"
#: A drawing of a name, as the page sends it; more is no name.
_LONGEST = 400_000


class HandOverForm(forms.Form):
    """To whom, and what they should know."""

    to = forms.ModelChoiceField(label=gettext_lazy("To which steward"), queryset=Staff.objects.none(), to_field_name="number")
    note = forms.CharField(
        label=gettext_lazy("What they should know"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What was agreed, what the applicant wants, what is difficult."),
    )

    def __init__(self, *args: Any, at: datetime, but: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nobody has the key 0.
        self.fields["to"].queryset = stewards(at).exclude(pk=but or 0)  # type: ignore[attr-defined]


class ClearForm(forms.Form):
    """A word that goes with every application of somebody who leaves."""

    note = forms.CharField(
        label=gettext_lazy("A word for all of them"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Where each application stands is added by itself."),
    )


class MandateForm(forms.Form):
    """What for, and the signature: drawn, as a picture of the paper, or by a tick in one's own cabinet."""

    deeds = forms.MultipleChoiceField(
        label=gettext_lazy("What we do for you"),
        choices=MandateDeed.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one thing.")},
    )
    drawing = forms.CharField(required=False, widget=forms.HiddenInput)
    paper = forms.FileField(
        label=gettext_lazy("Or a picture of the signed paper"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,.pdf"}),
    )
    is_confirmed = forms.BooleanField(
        label=gettext_lazy("Yes, act for me. I know that it is free and that I can take it back."), required=False
    )

    def __init__(self, *args: Any, may_confirm: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_confirm:
            del self.fields["is_confirmed"]

    def clean_drawing(self) -> "File[bytes] | None":
        """The drawing as a file; None where nobody drew."""
        text = self.cleaned_data["drawing"]
        if not text:
            return None
        try:
            if not text.startswith(_HEAD) or len(text) > _LONGEST:
                raise ValueError
            return ContentFile(base64.b64decode(text.removeprefix(_HEAD), validate=True), name="signature.png")
        except (ValueError, binascii.Error):
            raise ValidationError(_("The signature did not arrive. Please sign once more.")) from None

    def clean(self) -> dict[str, Any]:
        """Signed in one way or another."""
        given = super().clean() or {}
        if not self.errors and not (given.get("drawing") or given.get("paper") or given.get("is_confirmed")):
            self.add_error(None, _("Sign on the screen, or send a picture of the signed paper."))
        return given

    def signing(self) -> Signing:
        """As the operation takes it: a drawing before a paper before the tick."""
        given = self.cleaned_data
        deeds = [] if len(given["deeds"]) == len(MandateDeed) else given["deeds"]
        if given["drawing"]:
            return Signing(how=SignedHow.DRAWN, deeds=deeds, file=given["drawing"])
        if given["paper"]:
            return Signing(how=SignedHow.PAPER, deeds=deeds, file=given["paper"])
        return Signing(how=SignedHow.CABINET, deeds=deeds)
