"""The promises of a case, for its pages: all of them for staff, the public ones for the customer."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.template import RequestContext

from accounts.clock import business_now
from accounts.permissions import verbs_of
from accounts.roles import Verb
from casework.models import Case

from ..models import BreachReason
from ..queries.standings import Standing, next_public, standings

register = template.Library()
#: More of them are folded away.
_KEPT_AT_ONCE = 3


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


@register.filter
def shown_at_once(found: Sequence[Standing]) -> Sequence[Standing]:
    """All of them; of many kept ones only what is not kept."""
    folded = folded_away(found)
    return [one for one in found if one not in folded] if folded else found


@register.filter
def folded_away(found: Sequence[Standing]) -> Sequence[Standing]:
    """Kept ones, where they are so many that they hide what is still to come."""
    kept = [one for one in found if one.state == "kept"]
    return kept if len(kept) > _KEPT_AT_ONCE else []


@register.simple_tag
def promised_next(cases: Iterable[Case]) -> Mapping[int, datetime]:
    """Timeline -> when the next thing is due that its customer was promised, for a whole list at once."""
    return next_public(case.timeline_id for case in cases)


@register.filter
def of_case(moments: Mapping[int, datetime], case: Case) -> datetime | None:
    """The one of this case."""
    return moments.get(case.timeline_id)
