"""How a repair is closed, on pages of other rooms: for staff on its case, for the customer in the cabinet and on the tracking page."""

from datetime import timedelta
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse

import accounts.queries
from accounts.clock import business_now
from accounts.permissions import may
from casework.models import Case
from fieldwork.models import Visit

from .. import doubt_words
from ..models import Repair
from ..operations.closing import HONEST_ENDS, check_was_elsewhere
from ..states import REPAIR, RepairStatus

register = template.Library()


@register.inclusion_tag("repairs/doubts.html")
def doubts_of(repair: Repair) -> dict[str, Any]:
    """What speaks against believing it, in words."""
    return {"doubts": doubt_words.doubts_in_words(repair.doubts)}


@register.inclusion_tag("repairs/panel_closing.html", takes_context=True)
def closing_of(context: Context, case: Case) -> dict[str, Any]:
    """For staff: doubts, the call, and the work order. Empty before a crew has been there."""
    repair = Repair.objects.filter(case=case).first() if case.kind == REPAIR.kind else None
    has_visits = repair is not None and Visit.objects.filter(case=case, arrived_at__isnull=False).exists()
    if repair is None or not (has_visits or repair.outcome):
        return {}
    staff = accounts.queries.current_staff(context["request"].user)
    return {
        "repair": repair,
        "case": case,
        "has_visits": has_visits,
        "confirmed": bool(repair.confirmed_at),
        "is_disputed": repair.disputed_at is not None,
        "may_conclude": case.status in {RepairStatus.FINISHED, RepairStatus.WAITING} and repair.outcome in HONEST_ENDS,
        "may_confirm": may(check_was_elsewhere, repair, staff),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("repairs/panel_works_again.html", takes_context=True)
def works_again(context: Context, case: Case, *, is_tracked: bool = False) -> dict[str, Any]:
    """For the customer, when a crew says it is done, and for a while after it was closed."""
    repair = Repair.objects.filter(case=case).first() if case.kind == REPAIR.kind else None
    until = case.closed_at + timedelta(days=settings.REOPEN_DAYS) if case.closed_at else None
    is_late = case.status == RepairStatus.CLOSED and until is not None and until >= business_now()
    if repair is None or not (is_late or case.status == RepairStatus.FINISHED):
        return {}
    return {
        "is_asked": not is_late,
        "until": until,
        "is_doubtful": repair.is_doubtful,
        "is_disputed": repair.disputed_at is not None,
        "confirm_url": reverse("repairs:tracked_confirm") if is_tracked else reverse("repairs:cabinet_confirm", args=[case.reference]),
        "dispute_url": reverse("repairs:tracked_dispute") if is_tracked else reverse("repairs:cabinet_dispute", args=[case.reference]),
        "company": context.get("company"),
        "csrf_token": context.get("csrf_token"),
    }
