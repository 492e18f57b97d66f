"""What to do when it smells of gas: the six steps of the source (S0), shown before anything is asked and read out by the desk."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class SafetyStep:
    """One step: a picture's name and the words. The last one has the emergency number after it."""

    icon: str
    title: str | Promise
    text: str | Promise


STEPS = (
    SafetyStep("circle-off", _("Shut the gas off"), _("Quickly close the inlet valve and the taps of all appliances.")),
    SafetyStep("zap-off", _("No spark"), _("Switch nothing electrical on or off, do not use the phone indoors, keep every flame away.")),
    SafetyStep("wind", _("Let air in"), _("Open doors and windows.")),
    SafetyStep("bell-off", _("Knock, do not ring"), _("If it is at your neighbours', knock on their door. Never press the bell.")),
    SafetyStep("door-open", _("Get out"), _("If it is strong, leave at once: gas can poison and explode.")),
    SafetyStep("phone-call", _("Call from outside"), _("Ring our emergency number from the open air, day or night.")),
)
