"""How far a moment is from now, in words."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def distance(moment: datetime, now: datetime) -> str:
    """``in 18 min`` or ``5 min late``."""
    gap = moment - now
    if gap < timedelta():
        return _("%(time)s late") % {"time": _length(-gap)}
    return _("in %(time)s") % {"time": _length(gap)}


def same_day(one: datetime, other: datetime) -> bool:
    """Whether two moments fall on one day of the operator's calendar."""
    return timezone.localdate(one) == timezone.localdate(other)


def _length(gap: timedelta) -> str:
    minutes = int(gap.total_seconds() // 60)
    if minutes < 90:
        return _("%(minutes)d min") % {"minutes": minutes}
    hours = minutes // 60
    if hours < 48:
        return _("%(hours)d h") % {"hours": hours}
    return ngettext("%(days)d day", "%(days)d days", hours // 24) % {"days": hours // 24}
