"""Ways to sign in, as panels of other pages."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context

from .. import wechat
from ..queries import wechat_links

register = template.Library()


@register.inclusion_tag("accounts/panel_wechat_door.html", takes_context=True)
def wechat_door(context: Context, going_to: str = "") -> dict[str, Any]:
    """The button to sign in from WeChat, where that can work."""
    return {"is_offered": wechat.is_offered_to(context["request"].headers.get("User-Agent", "")), "going_to": going_to}


@register.inclusion_tag("accounts/panel_wechat_link.html", takes_context=True)
def wechat_of_mine(context: Context) -> dict[str, Any]:
    """A customer's own WeChat: linked since when, or how to link it."""
    request = context["request"]
    link = wechat_links.link_of(request.user, appid=settings.WECHAT_APPID) if wechat.is_set_up() else None
    is_offered = wechat.is_offered_to(request.headers.get("User-Agent", ""))
    return {"link": link, "is_set_up": wechat.is_set_up(), "is_offered": is_offered, "request": request}
