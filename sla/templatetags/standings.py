"""The promises of a case, for its pages: all of them for staff, the public ones for the customer."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import template
from django.template import RequestContext

from accounts.clock import business_now
from accounts.permissions import verbs_of
from accounts.roles import Verb
from casework.models import Case

from ..models import BreachReason
from ..queries.standings import next_public, standings

register = template.Library()


@register.inclusion_tag("sla/case_promises.html", takes_context=True)
def promises_of(context: RequestContext, case: Case) -> dict[str, Any]:
    """For staff."""
    return promises_on(context, case.timeline_id)


@register.inclusion_tag("sla/case_promises.html", takes_context=True)
def promises_on(context: RequestContext, timeline: int) -> dict[str, Any]:
    """For staff, of what is no case: a visit to a counter."""
    at = business_now()
    return {
        "standings": standings(timeline, at=at),
        "now": at,
        "for_staff": True,
        "breach_reasons": BreachReason.choices,
        "sees_ledger": Verb.SEE_LEDGER in verbs_of(context["request"].user, at),
    }


@register.inclusion_tag("sla/case_promises.html")
def promises_to_me(case: Case) -> dict[str, Any]:
    """For the customer, and for whoever holds reference and code."""
    at = business_now()
    return {"standings": standings(case.timeline_id, at=at, public=True), "now": at, "for_staff": False}


@register.simple_tag
def promised_next(cases: Iterable[Case]) -> Mapping[int, datetime]:
    """Timeline -> when the next thing is due that its customer was promised, for a whole list at once."""
    return next_public(case.timeline_id for case in cases)


@register.filter
def of_case(moments: Mapping[int, datetime], case: Case) -> datetime | None:
    """The one of this case."""
    return moments.get(case.timeline_id)
