"""How an account's connected meter stands, and how long its credit lasts, on other pages."""

from typing import Any

from django import template

from accounts.clock import business_now
from accounts.models import Account

from ..queries.connected_meters import standing
from ..queries.credit_forecasts import forecast_of

register = template.Library()


@register.inclusion_tag("billing/panel_meter.html")
def connected_meter_panel(account: Account, address: str) -> dict[str, Any]:
    """For customer and staff alike, nothing where there is none; ``address`` leads to everything about it."""
    return {"standing": standing(account, at=business_now()), "address": address}


@register.inclusion_tag("billing/credit_lasts.html")
def credit_lasts(account: Account) -> dict[str, Any]:
    """One line: until about when the credit lasts; nothing where nothing can be said."""
    return {"forecast": forecast_of(account, at=business_now())}
