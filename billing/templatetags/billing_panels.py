"""What billing puts on other pages: purchases that wait to be taken back."""

from typing import Any

from django import template
from django.template import Context

from accounts.clock import business_now
from accounts.permissions import verbs_of
from accounts.roles import Verb

from ..queries import reversal_inbox

register = template.Library()


@register.inclusion_tag("billing/panel_reversals.html", takes_context=True)
def reversals_waiting(context: Context) -> dict[str, Any]:
    """How many wait for this reader, with the way there; nothing for somebody who does not decide about them."""
    user = context["request"].user
    if Verb.APPROVE_REVERSAL not in verbs_of(user, business_now()):
        return {"count": None}
    return {"count": reversal_inbox.count_waiting(user)}


@register.inclusion_tag("billing/panel_own_reversals.html", takes_context=True)
def my_reversals(context: Context) -> dict[str, Any]:
    """What this reader asked to take back and is not over; nothing for somebody who takes nothing back."""
    user = context["request"].user
    asks = Verb.REQUEST_REVERSAL in verbs_of(user, business_now())
    return {"reversals": reversal_inbox.own_open(user) if asks else []}
