"""What a crew's device sends."""

import hashlib
import math
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.api.inputs import Input

from ..models import VisitOutcome
from ..operations.deeds import VERBS, Deed
from ..operations.evidence import Findings
from ..operations.meter_readings import MOST_LITRES
from ..operations.syncing import MOST, Told
from ..operations.work import NewWork
from ..work_prices import MOST_MILLI, MOST_MINUTES

#: What JSON carries exactly, and more than any id will be.
MOST_ID = 2**53 - 1
_OUTCOMES = [choice for choice in VisitOutcome.choices if choice[0] != VisitOutcome.NO_ACCESS]


class Degrees(serializers.FloatField):
    """A coordinate: not a number is none."""

    def to_internal_value(self, data: Any) -> float:
        found: float = super().to_internal_value(data)
        if not math.isfinite(found):
            self.fail("invalid")
        return found


def latitude(**options: Any) -> Degrees:
    """North is positive."""
    return Degrees(min_value=-90, max_value=90, **options)


def longitude(**options: Any) -> Degrees:
    """East is positive."""
    return Degrees(min_value=-180, max_value=180, **options)


class KeyField(serializers.CharField):
    """Made on the device, new for each deed and each picture (a UUID is fine)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=64, **options)


class DeviceMoment(serializers.DateTimeField):
    """What a device's clock shows, however wrong: of this century or the next, so that it can be reckoned with."""

    def to_internal_value(self, value: Any) -> Any:
        found = super().to_internal_value(value)
        if not 2000 <= found.year < 2200:
            raise serializers.ValidationError(_("No clock of a device shows this year."), code="invalid")
        return found


class FoundInput(Input):
    """What goes with a step. All of it may be left out."""

    latitude = latitude(required=False)
    longitude = longitude(required=False)
    accuracy = serializers.IntegerField(required=False, min_value=0, max_value=100_000, help_text="metres")
    gas_ppm = serializers.IntegerField(required=False, min_value=0, max_value=1_000_000, help_text="what the detector showed")
    note = serializers.CharField(required=False, max_length=500, allow_blank=True)
    photos = serializers.ListField(
        child=KeyField(), required=False, max_length=20, help_text="keys of pictures sent to crew/photos/, before or after this"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("latitude" in attrs) != ("longitude" in attrs):
            raise serializers.ValidationError(_("A place has a latitude and a longitude."))
        return attrs


class ReasonInput(FoundInput):
    """Why the crew cannot go, or not go on."""

    reason = serializers.CharField(max_length=300)


class FinishInput(FoundInput):
    """What was found and done."""

    outcome = serializers.ChoiceField(_OUTCOMES)


class WorkInput(Input):
    """A part with thousandths of its unit, or minutes of labour."""

    part = serializers.CharField(required=False, max_length=16, help_text="its code")
    quantity_milli = serializers.IntegerField(required=False, min_value=1, max_value=MOST_MILLI)
    minutes = serializers.IntegerField(required=False, min_value=1, max_value=MOST_MINUTES)
    note = serializers.CharField(required=False, max_length=200, allow_blank=True)


class MeterInput(FoundInput):
    """What the meter shows."""

    litres = serializers.IntegerField(min_value=0, max_value=MOST_LITRES - 1, help_text="the register: 158 m³ is 158000")


class SignInput(Input):
    """The customer's code, or the key of a drawing that is sent as a picture."""

    name = serializers.CharField(required=False, max_length=120, allow_blank=True, help_text="who signed")
    code = serializers.CharField(required=False, max_length=12)
    drawing = KeyField(required=False)


class ToldInput(ReasonInput, FinishInput, WorkInput, MeterInput, SignInput):
    """One thing the crew did, in the order in which it was done. Which fields it takes depends on the verb."""

    key = KeyField()
    visit = serializers.IntegerField(min_value=1, max_value=MOST_ID)
    verb = serializers.ChoiceField([(verb, verb) for verb in VERBS])
    device_at = DeviceMoment(help_text="what the device's clock said, with its offset")
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True)
    outcome = serializers.ChoiceField(_OUTCOMES, required=False)
    litres = serializers.IntegerField(min_value=0, max_value=MOST_LITRES - 1, required=False, help_text="the register")
    note = serializers.CharField(required=False, max_length=500, allow_blank=True)


class SyncInput(Input):
    """A batch of what was done, and the device's clock as it is now."""

    device_now = DeviceMoment(help_text="what the device's clock says when it sends this")
    round_trip_ms = serializers.IntegerField(required=False, min_value=0, default=0, help_text="of an earlier request, if it was measured")
    actions = serializers.ListField(child=ToldInput(), max_length=MOST)


class PhotoInput(Input):
    """One picture, as multipart/form-data."""

    key = KeyField()
    visit = serializers.IntegerField(min_value=1, max_value=MOST_ID)
    file = serializers.FileField(allow_empty_file=True, help_text="JPEG, PNG, WebP or HEIC, at most ATTACHMENT_MAX_BYTES")


class PositionInput(Input):
    """Where the device is now."""

    latitude = latitude()
    longitude = longitude()
    accuracy = serializers.IntegerField(required=False, min_value=0, max_value=100_000, help_text="metres")


def findings(given: dict[str, Any]) -> Findings:
    """What goes with a step, of what was sent."""
    known = {name: given[name] for name in ("latitude", "longitude", "accuracy", "gas_ppm", "note") if name in given}
    return Findings(**known, photos=tuple(given.get("photos", ())))


def deed_of(visit: int, verb: str, given: dict[str, Any]) -> Deed:
    """The deed that was sent."""
    found = findings(given)
    if verb == "sign":
        drawing = (given["drawing"],) if given.get("drawing") else ()
        found = Findings(note=given.get("name", ""), photos=drawing)
    if verb == "work":
        work = NewWork(**{name: given[name] for name in ("part", "quantity_milli", "minutes", "note") if name in given})
        return Deed(visit=visit, verb=verb, work=work)
    words = {name: given.get(name, "") for name in ("outcome", "reason", "code")}
    return Deed(visit=visit, verb=verb, found=found, litres=given.get("litres", -1), **words)


def told_of(given: dict[str, Any]) -> Told:
    """One line of a batch."""
    return Told(key=given["key"], device_at=given["device_at"], deed=deed_of(given["visit"], given["verb"], given))


def round_trip(given: dict[str, Any]) -> timedelta:
    """Of a device that may say anything."""
    return timedelta(milliseconds=min(given["round_trip_ms"], 3_600_000))


def short_key(key: str) -> str:
    """An Idempotency-Key as it is kept: the header allows longer ones than the column."""
    return key if len(key) <= 64 else hashlib.sha256(key.encode()).hexdigest()
