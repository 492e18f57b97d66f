"""The state of a kiosk as word, icon and tone: never by colour alone."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..models import Kiosk

register = template.Library()

_LOOKS = {
    Kiosk.State.WORKING: ("good", "circle-check"),
    Kiosk.State.LIMITED: ("warn", "triangle-alert"),
    Kiosk.State.OUT: ("danger", "octagon-alert"),
    Kiosk.State.SILENT: ("danger", "wifi-off"),
    Kiosk.State.RETIRED: ("quiet", "archive"),
}


@register.inclusion_tag("components/status_tag.html")
def kiosk_state(state: str) -> dict[str, Any]:
    """As its keepers and customers see it."""
    tone, icon = _LOOKS[Kiosk.State(state)]
    return {"word": Kiosk.State(state).label, "tone": tone, "icon": icon}


@register.filter
def part_word(part: str) -> str:
    """``cash_box`` in the reader's language."""
    words = {"reader": _("card reader"), "door": pgettext("kiosk", "door"), "paper": pgettext("kiosk", "paper"), "cash_box": _("cash box")}
    return words[part]
