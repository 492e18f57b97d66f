"""What billing puts on other pages: purchases that wait to be taken back."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.clock import business_now
from accounts.models import Account
from accounts.permissions import verbs_of
from accounts.roles import Verb

from ..queries import bills, checkouts, readings, reversal_inbox

register = template.Library()

_LAST_PAYMENTS = 3


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


@register.inclusion_tag("billing/panel_read_meter.html")
def read_meter_panel(account: Account, readings_url: str, bills_url: str) -> dict[str, Any]:
    """What is to be paid and the last reading, where the account's meter is read; nothing elsewhere."""
    meter = readings.read_meter(account)
    if meter is None:
        return {"meter": None}
    return {
        "meter": meter,
        "bills": bills.open_bills(account),
        "last": readings.standing_readings(account).last(),
        "readings_url": readings_url,
        "readings_label": _("Send a reading"),
        "bills_url": bills_url,
    }


@register.inclusion_tag("billing/panel_read_meter.html")
def staff_read_meter_panel(account: Account) -> dict[str, Any]:
    """The same for staff, whose ways lead to the account's readings and bills."""
    address = reverse("billing:account_bills", args=[account.number])
    panel = read_meter_panel(account, address, reverse("billing:bill_detail", args=["x"]).removesuffix("x/"))
    return {**panel, "readings_label": _("All readings and bills")} if panel["meter"] else panel


@register.inclusion_tag("billing/panel_online_payments.html")
def online_payments_panel(account: Account) -> dict[str, Any]:
    """The last online payments of an account, each with the answer that its customer gets; nothing where there are none."""
    rows = checkouts.checkouts_of(account)[:_LAST_PAYMENTS]
    return {"payments": [(checkout, checkouts.standing(checkout)) for checkout in rows]}
