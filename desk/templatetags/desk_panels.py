"""What the desk puts on other pages: the navigation by role."""

from typing import Any

from django import template
from django.template import Context

import desk.queries.navigation
from accounts.clock import business_now

register = template.Library()


@register.inclusion_tag("components/navigation.html", takes_context=True)
def navigation(context: Context) -> dict[str, Any]:
    """The few places this reader may go to, the present one marked."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if request is None or user is None:
        return {"places": ()}
    found = [place for place in desk.queries.navigation.places(user, at=business_now()) if place.in_menu]
    present = desk.queries.navigation.here(found, request.path)
    return {"places": [(place, place is present) for place in found]}
