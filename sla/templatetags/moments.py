"""Lengths of time as plain numbers, for templates, and what drawings show as text."""

from collections.abc import Iterable
from datetime import date, timedelta

from babel.numbers import format_decimal
from django import template
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from accounts.listing import listed, parted

from ..forecast import Expected
from ..queries.arrivals import Dot
from ..queries.trends import Score

register = template.Library()


@register.filter
def seconds(length: timedelta | None) -> int:
    """Whole seconds; none for no length."""
    return int(length.total_seconds()) if length else 0


@register.filter
def tenths(length: timedelta | None) -> str:
    """Seconds with one decimal."""
    return f"{length.total_seconds():.1f}" if length else "0.0"


@register.filter
def short_length(length: int | None) -> str:
    """So many seconds as people say them: 45 s, 12 min, 3 h 20 min, 2 d 4 h; a dash for none."""
    if length is None:
        return "–"
    minutes, hours = length // 60, length // 3600
    if length < 90:
        return _("%(seconds)d s") % {"seconds": length}
    if minutes < 90:
        return _("%(minutes)d min") % {"minutes": minutes}
    if hours < 48:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes % 60}
    return _("%(days)d d %(hours)d h") % {"days": hours // 24, "hours": hours % 24}


@register.filter
def percent(share: float | None) -> str:
    """97.5 %; a dash for none."""
    return "–" if share is None else f"{_number(share)} %"


@register.filter
def points(change: float | None) -> str:
    """+1.5 or -0.3; a dash where there is nothing to compare with."""
    if change is None:
        return "–"
    return ("+" if round(change, 1) > 0 else "") + _number(change)


@register.filter
def dots_words(dots: Iterable[Dot]) -> str:
    """Arrivals one after another: 9, 14, 75 (late)."""
    late = _("late")
    return listed(f"{dot.minutes}" if dot.in_time else f"{dot.minutes} ({late})" for dot in dots)


@register.filter
def days_words(days: Iterable[tuple[date, Score]]) -> str:
    """Days with their share kept."""
    return parted(f"{date_format(day, 'SHORT_DATE_FORMAT')}: {percent(score.share)}" for day, score in days)


@register.filter
def hours_words(hours: Iterable[Expected]) -> str:
    """Hours with what falls due and what of it is likely to be broken."""
    told = ((localtime(one.known.begins), rounded(one.falling_due), rounded(one.broken)) for one in hours)
    return parted(
        _("%(hour)s: %(due)s due, %(broken)s broken") % {"hour": f"{at:%H:%M}", "due": due, "broken": lost} for at, due, lost in told
    )


@register.filter
def rounded(number: float) -> str:
    """An expected number: 3, or 2.5."""
    return _number(number)


@register.filter
def svg(number: float) -> str:
    """A coordinate: with a point, whatever the language."""
    return f"{number:.1f}"


def _number(number: float) -> str:
    return format_decimal(round(number, 1), format="0.#", locale=to_locale(get_language() or "en"))
