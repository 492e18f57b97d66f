"""The groups of the section for clients at the foot of every public page, shortened to what is looked for most."""

from collections.abc import Sequence

from django import template
from django.utils.functional import Promise

from ..site_foot import FOOT
from ..site_leaf import Door

register = template.Library()


@register.simple_tag
def site_groups() -> Sequence[tuple[str | Promise, Sequence[Door]]]:
    """Headings with their doors."""
    return FOOT
