"""Volumes and amounts as fields: typed as people write them, handed on as integers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from billing import sentences, volumes


class _NumberField(forms.CharField):
    """Text with a number in it; short, right-aligned, with a numeric keypad on a phone."""

    def widget_attrs(self, widget: forms.Widget) -> Any:
        return super().widget_attrs(widget) | {"inputmode": "decimal", "autocomplete": "off", "class": "figure"}


class VolumeField(_NumberField):
    """Litres out of m³ as typed, or None."""

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        try:
            return volumes.parse_volume(text) if text else None
        except volumes.BadVolume as fault:
            raise ValidationError(sentences.of_number(fault), code=fault.code) from fault


class AmountField(_NumberField):
    """Minor units out of an amount as typed, or None."""

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        try:
            return volumes.parse_amount(text) if text else None
        except volumes.BadAmount as fault:
            raise ValidationError(sentences.of_number(fault), code=fault.code) from fault
