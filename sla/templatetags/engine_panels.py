"""What the engine says of itself on staff pages."""

from datetime import timedelta
from typing import Any

from django import template
from django.template import Context
from django.utils.formats import localize
from django.utils.translation import gettext as _

from accounts.clock import business_now

from ..queries import watchdog

register = template.Library()


@register.inclusion_tag("sla/engine_warning.html", takes_context=True)
def engine_warning(context: Context) -> dict[str, Any]:
    """For staff, when deadlines are not watched as they should be; nothing else."""
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.is_staff:
        return {}
    watch = watchdog.watch(business_now())
    return {} if watch.is_well else {"watch": watch}


@register.filter
def delay(lateness: timedelta) -> str:
    """So many seconds, to the hundredth."""
    return _("%(seconds)s s") % {"seconds": localize(round(lateness.total_seconds(), 2))}
