"""Words about a repair."""

from django import template

from .. import wording
from ..models import Repair

register = template.Library()
#: What keeps a crew at home; the rest of the reasons are triage's.
_WAITING = ("many_from_phone", "many_from_device", "many_from_network", "outside_area", "call_record")


@register.filter
def why_waiting(repair: Repair) -> str:
    """Why nobody is sent yet."""
    return "; ".join(wording.reasons_in_words(code for code in repair.reasons if code in _WAITING))
