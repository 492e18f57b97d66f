"""What a complaint shows on pages of other rooms: on the case, in the cabinet, on the public tracking page, on a call's record."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context

from accounts.clock import business_now
from accounts.permissions import may
from casework.models import Case
from casework.permissions import VISITOR, check_may_reopen, visible_cases

from ..models import Complaint
from ..queries.complaint_page import standing
from ..queries.going_on import going_on
from ..states import COMPLAINT

register = template.Library()


@register.inclusion_tag("complaints/panel_case.html")
def complaint_of_case(case: Case) -> dict[str, Any]:
    """For staff, on the case's page: what is wrong, and the door to where it is handled."""
    found = _complaint(case)
    return {"complaint": found, "case": case} if found else {}


@register.inclusion_tag("complaints/panel_mine.html", takes_context=True)
def my_complaint(context: Context, case: Case, *, is_tracked: bool = False) -> dict[str, Any]:
    """For who complained, signed in or with reference and code: our answers, what we still do, and what they can do now."""
    found = _complaint(case)
    if found is None:
        return {}
    shown, request = standing(found), context["request"]
    allowed = may(check_may_reopen, VISITOR if is_tracked else request.user, case, at=business_now())
    not_again = allowed.why if "reopen" in shown["steps"] else ""
    if not allowed:
        shown["steps"].discard("reopen")
    more = {"csrf_token": context.get("csrf_token"), "company": settings.COMPANY, "now": business_now()}
    return {**shown, **more, "not_again": not_again, "is_tracked": is_tracked}


@register.inclusion_tag("complaints/panel_goes_on.html", takes_context=True)
def goes_on(context: Context, case: Case, *, is_tracked: bool = False) -> dict[str, Any]:
    """For who complained or wrote, where it goes on in another case; empty where that one stands in their own cabinet too."""
    found = going_on(case)
    if found is not None and not is_tracked and visible_cases(context["request"].user, business_now()).filter(pk=found.case.pk).exists():
        found = None
    return {"going_on": found, "company": settings.COMPANY}


@register.inclusion_tag("complaints/door_case.html")
def complaint_door(case: Case) -> dict[str, Any]:
    """On the page of a case that is no complaint itself: the door to make a complaint of it, or about it."""
    return {"case": case, "is_open": case.kind != COMPLAINT.kind and case.is_unfinished}


def _complaint(case: Case) -> Complaint | None:
    if case.kind != COMPLAINT.kind:
        return None
    found = Complaint.objects.select_related("accused_hall", "about_case").filter(case=case).first()
    if found is not None:
        found.case = case
    return found
