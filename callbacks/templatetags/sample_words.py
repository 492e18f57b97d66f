"""Estimates of samples, and duties of care, as people read them."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from ..sampling import Estimate

register = template.Library()
_SHORT = {"T33": _("monthly call"), "T75": _("monthly call"), "T74": _("monthly visit"), "T34": _("quarterly visit")}


@register.simple_tag
def estimated(found: Estimate, *, percent: bool = False) -> str:
    """A mean with its margin; a dash while some type has nobody heard."""
    if found.mean is None or found.margin is None:
        return "–"
    factor, sign = (100, " %") if percent else (1, "")
    places = 0 if percent else 1
    return f"{number_format(found.mean * factor, places)} ± {number_format(found.margin * factor, places)}{sign}"


@register.simple_tag
def promise_in_short(key: str) -> str:
    """What is to be done: the duties of care in two words, any other by its key."""
    return str(_SHORT.get(key, key))
