"""The time of a visit on the pages of its case: the desk's, the cabinet's and the public one."""

from typing import Any

from django import template
from django.urls import reverse

from accounts.clock import business_now
from casework.models import Case

from ..models import Visit
from ..operations import appointments, arranging
from ..queries import appointment_page
from ..queries import slots as reads

register = template.Library()


@register.inclusion_tag("fieldwork/appointments/panel.html")
def appointment_of(case: Case) -> dict[str, Any]:
    """For staff: the time agreed, or the door to agree one, or to arrange a visit where nobody was asked for."""
    url = reverse("fieldwork:case_appointment", args=[case.reference])
    return {**_panel(case), "url": url, "may_arrange": not arranging.why_not(case)}


@register.inclusion_tag("fieldwork/appointments/panel.html")
def my_appointment(case: Case, *, is_tracked: bool = False) -> dict[str, Any]:
    """For the customer; nothing where nobody comes, or no times are planned."""
    url = reverse("fieldwork:tracked_appointment") if is_tracked else reverse("fieldwork:cabinet_appointment", args=[case.reference])
    return {**_panel(case), "url": url}


def _panel(case: Case) -> dict[str, Any]:
    visit, at = reads.last_visit(case), business_now()
    if visit is None:
        return {}
    booking = reads.agreed_for(visit)
    may_choose = not appointments.why_not(case, visit) and (booking is not None or appointment_page.has_plan(visit))
    return {
        "booking": booking,
        "may_choose": may_choose,
        "is_past": booking is not None and booking.ends_at < at and visit.arrived_at is None,
        "is_nobody_home": visit.status == Visit.Status.NO_ACCESS,
    }
