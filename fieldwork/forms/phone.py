"""What a crew fills in at the door: every step its own small form, the place filled in by the phone where it can."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.base import File
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..models import Part, VisitOutcome
from ..work_prices import MOST_MINUTES

#: Pictures with one step; more go with the next one.
MOST_PHOTOS = 5


class _Pictures(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """No picture, or a few: taken just now where the device has a camera."""

    def __init__(self, **options: Any) -> None:
        options = {"label": _("Photos"), "required": False, **options}
        super().__init__(widget=_Pictures(attrs={"accept": "image/*", "class": "form-control", "multiple": True}), **options)

    def clean(self, data: Any, initial: Any = None) -> "list[File[bytes]]":
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST_PHOTOS:
            raise forms.ValidationError(_("Send at most %(most)s photos at once."), params={"most": MOST_PHOTOS})
        if self.required and not given:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(PhotosField, self).clean(one, initial) for one in given]


class GasField(forms.IntegerField):
    """What the detector shows."""

    def __init__(self) -> None:
        widget = forms.NumberInput(attrs={"inputmode": "numeric"})
        super().__init__(label=_("Gas in the air, ppm"), required=False, min_value=0, max_value=1_000_000, widget=widget)


class NoteField(forms.CharField):
    """A few words."""

    def __init__(self, **options: Any) -> None:
        options = {"label": _("Note"), "required": False, "max_length": 500, **options}
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), **options)


class StepForm(forms.Form):
    """A step with the place where it was taken. ``key`` is new for each form, so that a second press does nothing."""

    key = forms.CharField(max_length=60, widget=forms.HiddenInput)
    latitude = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    accuracy = forms.FloatField(required=False, min_value=0, max_value=100_000, widget=forms.HiddenInput)


class ReasonForm(StepForm):
    """Why the crew cannot go, or not go on."""

    reason = NoteField(label=_("Reason"), required=True, max_length=300)


class FoundForm(StepForm):
    """A step with what was found."""

    gas_ppm = GasField()
    photos = PhotosField()
    note = NoteField()


class EvidenceForm(FoundForm):
    """Something seen or measured between the steps."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not (given.get("photos") or given.get("note") or given.get("gas_ppm") is not None) and not self.errors:
            raise forms.ValidationError(_("Add a photo, a reading or a note."))
        return given


class RestoredForm(StepForm):
    """Gas is back."""

    note = NoteField()


class NobodyForm(StepForm):
    """Nobody opened: the closed door, and what was left there."""

    photos = PhotosField(label=_("Photo of the door and of the note you leave"))
    note = NoteField(label=_("What you left, whom you asked"))


class FinishForm(StepForm):
    """What was found and done."""

    outcome = forms.ChoiceField(
        label=_("What did you find and do?"),
        choices=[choice for choice in VisitOutcome.choices if choice[0] != VisitOutcome.NO_ACCESS],
        widget=forms.RadioSelect,
    )
    gas_ppm = GasField()
    photos = PhotosField()
    note = NoteField(label=_("Cause, and what you did"))


class _PartField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, part: Part) -> str:
        own = {"en": part.name_en, "ru": part.name_ru}.get(get_language() or "", "")
        return f"{own or part.name} ({part.code}, {part.unit})"


class WorkForm(StepForm):
    """A part and how much of it, or minutes of labour."""

    part = _PartField(
        Part.objects.filter(retired_at=None).order_by("code"), label=_("Part"), required=False, to_field_name="code", empty_label="–"
    )
    quantity = forms.DecimalField(
        label=_("How many, or how much"),
        required=False,
        min_value=Decimal("0.001"),
        max_value=10_000,
        decimal_places=3,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    minutes = forms.IntegerField(
        label=_("Or minutes of work"),
        required=False,
        min_value=1,
        max_value=MOST_MINUTES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class MeterForm(StepForm):
    """What the meter shows."""

    cubic_metres = forms.DecimalField(
        label=_("Meter reading, m³"),
        min_value=0,
        max_value=Decimal("99999.999"),
        decimal_places=3,
        localize=True,
        help_text=_("The black figures; the red ones after the point may be left out."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    photos = PhotosField(label=_("Photo of the meter"))


class SignForm(StepForm):
    """The customer's code, or their drawing; without a script a photo of the signed sheet."""

    name = forms.CharField(label=_("Name of whoever signs"), max_length=120, required=False)
    code = forms.CharField(
        label=_("The customer's code"),
        max_length=12,
        required=False,
        help_text=_("Six digits on their page. They tell you when they are content."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    photos = PhotosField(label=_("Or a photo of the signed sheet"))


#: The word of the address -> its form; the verb is the same with an underscore.
FORMS: Mapping[str, type[StepForm]] = {
    "accept": StepForm,
    "decline": ReasonForm,
    "set-off": StepForm,
    "arrive": FoundForm,
    "made-safe": FoundForm,
    "restored": RestoredForm,
    "evidence": EvidenceForm,
    "work": WorkForm,
    "read-meter": MeterForm,
    "sign": SignForm,
    "finish": FinishForm,
    "find-nobody": NobodyForm,
    "give-back": ReasonForm,
}
