"""What the desk puts on other pages: the navigation by role, and what waits for a second reader."""

from typing import Any

from django import template
from django.template import Context

import desk.queries.navigation
import desk.queries.second_readers
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


@register.inclusion_tag("desk/second_readers.html", takes_context=True)
def second_readers(context: Context) -> dict[str, Any]:
    """Among the approvals: words of the house that this reader may let out; nothing for somebody who never does."""
    user, at = context["request"].user, business_now()
    if not desk.queries.second_readers.may_let_out(user, at=at):
        return {"waiting": None}
    return {"waiting": desk.queries.second_readers.waiting_for(user, at=at), "now": at}
