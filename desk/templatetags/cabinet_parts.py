"""Sentences of the cabinet that need counting first."""

from django import template

from ..queries.cabinet import Cabinet

register = template.Library()


@register.inclusion_tag("desk/cabinet_switch.html", takes_context=True)
def account_switch(context: template.Context, cabinet: Cabinet) -> dict[str, object]:
    """Which account is being looked at, and the way to the others."""
    return {"cabinet": cabinet, "csrf_token": context.get("csrf_token")}
