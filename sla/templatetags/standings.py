"""The promises of a case, for its pages: all of them for staff, the public ones for the customer."""

from typing import Any

from django import template

from accounts.clock import business_now
from casework.models import Case

from ..queries.standings import standings

register = template.Library()


@register.inclusion_tag("sla/case_promises.html")
def promises_of(case: Case) -> dict[str, Any]:
    """For staff."""
    at = business_now()
    return {"standings": standings(case.timeline_id, at=at), "now": at, "for_staff": True}


@register.inclusion_tag("sla/case_promises.html")
def promises_to_me(case: Case) -> dict[str, Any]:
    """For the customer, and for whoever holds reference and code."""
    at = business_now()
    return {"standings": standings(case.timeline_id, at=at, public=True), "now": at, "for_staff": False}
