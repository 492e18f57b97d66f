"""What interruptions put on other pages: the case's, the cabinet's, the approvals."""

from typing import Any

from django import template
from django.template import Context

from accounts.clock import business_now
from accounts.permissions import may, verbs_of
from accounts.roles import Verb
from casework.models import Case
from sla.models import BreachReason
from sla.queries.standings import standings

from .. import outage_permissions
from ..models import Outage
from ..queries import outage_public, outages
from ..queries.outage_wishes import wishes_waiting

register = template.Library()


@register.inclusion_tag("sla/case_promises.html")
def outage_promises(outage: Outage) -> dict[str, Any]:
    """The promises of an interruption, for staff."""
    at = business_now()
    return {"standings": standings(outage.timeline_id, at=at), "now": at, "for_staff": True, "breach_reasons": BreachReason.choices}


@register.inclusion_tag("repairs/panel_outages_mine.html", takes_context=True)
def outages_at_home(context: Context) -> dict[str, Any]:
    """Where gas is or will be off at the reader's own doors."""
    at = business_now()
    return {"lines": outage_public.outages_of_customer(context["request"].user, at=at), "now": at}


@register.inclusion_tag("repairs/panel_outage_wishes.html", takes_context=True)
def outage_wishes(context: Context) -> dict[str, Any]:
    """Exceptions that wait for this reader's word; nothing for somebody who does not decide about them."""
    user, at = context["request"].user, business_now()
    if Verb.APPROVE_OUTAGES not in verbs_of(user, at):
        return {"wishes": None}
    wishes = wishes_waiting()
    for wish in wishes:
        wish.may_decide = may(outage_permissions.check_may_decide, user, wish, at=at)  # type: ignore[attr-defined]
    return {"wishes": wishes, "now": at, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("repairs/panel_outage_of_case.html")
def outage_of_case(case: Case) -> dict[str, Any]:
    """The interruption a case belongs to, for staff: both promises hold."""
    return _of_case(case, for_staff=True)


@register.inclusion_tag("repairs/panel_outage_of_case.html")
def outage_of_my_case(case: Case) -> dict[str, Any]:
    """The same for the customer."""
    return _of_case(case, for_staff=False)


def _of_case(case: Case, *, for_staff: bool) -> dict[str, Any]:
    ticket, at = outages.ticket_of(case), business_now()
    if ticket is None:
        return {"ticket": None}
    found = standings(ticket.outage.timeline_id, at=at, public=not for_staff)
    return {"ticket": ticket, "standings": found, "now": at, "for_staff": for_staff}
