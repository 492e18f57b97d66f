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
    found = desk.queries.navigation.places(user, at=business_now())
    return {"places": [(place, request.path.startswith(place.url)) for place in found if place.in_menu]}
