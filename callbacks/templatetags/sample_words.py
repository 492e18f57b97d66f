"""Estimates of samples as people read them."""

from django import template
from django.utils.formats import number_format

from ..sampling import Estimate

register = template.Library()


@register.simple_tag
def estimated(found: Estimate, *, percent: bool = False) -> str:
    """A mean with its margin; a dash while some type has nobody heard."""
    if found.mean is None or found.margin is None:
        return "–"
    factor, sign = (100, " %") if percent else (1, "")
    places = 0 if percent else 1
    return f"{number_format(found.mean * factor, places)} ± {number_format(found.margin * factor, places)}{sign}"
