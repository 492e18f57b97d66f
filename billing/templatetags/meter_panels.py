"""How an account's connected meter stands, on other pages; nothing where it has none."""

from typing import Any

from django import template

from accounts.clock import business_now
from accounts.models import Account

from ..queries.connected_meters import standing

register = template.Library()


@register.inclusion_tag("billing/panel_meter.html")
def connected_meter_panel(account: Account, address: str) -> dict[str, Any]:
    """For customer and staff alike; ``address`` leads to everything about it."""
    return {"standing": standing(account, at=business_now()), "address": address}
