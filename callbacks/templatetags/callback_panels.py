"""What follow-ups put on pages of other rooms: a case's and an account's for staff, a request's for its customer."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context

from accounts.clock import business_now
from accounts.models import Account
from casework import permissions
from casework.callback_rules import rules
from casework.models import Case

from ..models import FollowUp
from ..operations import links
from ..queries import lists, named
from ..queries.care import CARED_FOR

register = template.Library()
_SHOWN = 5


@register.inclusion_tag("callbacks/panel_case.html")
def call_back_of(case: Case) -> dict[str, Any]:
    """For staff: the call back that waits, or the last one."""
    found = lists.latest_of(case) if case.kind in rules() else None
    return {"follow_up": found, "now": business_now()}


@register.inclusion_tag("callbacks/named.html")
def named_of(case: Case) -> dict[str, Any]:
    """For staff, among the facts of a case: who sees to it by name."""
    is_missing = case.named_id is None and case.is_unfinished and case.segment in CARED_FOR
    return {"named": named.named_on(case, at=business_now()), "is_missing": is_missing}


@register.inclusion_tag("callbacks/my_manager.html")
def my_manager(account: Account | None) -> dict[str, Any]:
    """For the customer: who looks after them, or who is there for that person now."""
    found = named.manager_here(account.customer, at=business_now()) if account else None
    return {"named": found, "phone": settings.COMPANY["office_phone"]}


@register.inclusion_tag("callbacks/panel_account.html", takes_context=True)
def call_backs_of_account(context: Context, account: Account) -> dict[str, Any]:
    """For staff who handle cases: what this customer said when asked, the newest first."""
    visible = permissions.visible_cases(context["request"].user, business_now()).filter(account=account)
    found = FollowUp.objects.filter(case__in=visible.values("pk")).exclude(status=FollowUp.Status.DROPPED)
    return {"follow_ups": list(found.select_related("case").order_by("-born_at", "-pk")[:_SHOWN])}


@register.inclusion_tag("callbacks/panel_mine.html")
def ask_me(case: Case) -> dict[str, Any]:
    """For the customer: the link to answer by, where one was sent and still takes an answer."""
    found = lists.latest_of(case) if case.kind in rules() else None
    return {"address": links.address_of(found) if found is not None and links.is_open(follow_up=found, at=business_now()) else ""}
