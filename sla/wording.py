"""Moments, lengths and limits of promises as people read them, in the language now active."""

from datetime import date, datetime, timedelta

from babel import Locale
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext, to_locale
from django.utils.translation import gettext as _

from .limits import Kind, Limit

NBSP = "\u00a0"


def _locale() -> Locale:
    return Locale.parse(to_locale(get_language() or "en"))


def day_in_words(day: date) -> str:
    """Fri 20 Nov 2026; in Chinese 2026年11月20日周五: the date as it is written everywhere, and its weekday."""
    locale, shown = _locale(), date_format(day, "DATE_FORMAT")
    weekday = locale.days["format"]["abbreviated"][day.weekday()]
    return f"{shown}{weekday}" if locale.language == "zh" else f"{weekday} {shown}"


def moment_in_words(moment: datetime) -> str:
    """The day and the clock time as the moment's own zone shows them."""
    shown = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    # Translators: a moment; Chinese puts a space where English has a comma.
    return _("%(day)s, %(time)s") % {"day": day_in_words(moment.date()), "time": shown}


def length_in_words(amount: timedelta) -> str:
    """4 hours 30 minutes; hours are not made into days, because a working day has not 24 of them."""
    seconds = amount // timedelta(seconds=1)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    said = [
        ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours} if hours else "",
        ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes} if minutes or not (hours or seconds) else "",
        ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds} if seconds else "",
    ]
    return NBSP.join(filter(None, said))


def limit_in_words(limit: Limit) -> str:
    """What a limit says, without its calendar: "within 4 hours", "the same day before work ends"."""
    if limit.share:
        return _("%(often)s, a sample of at least %(share)d %%") % {"often": _how_often(limit.count), "share": limit.share}
    if limit.kind in {Kind.AGREED, Kind.UNTIMED}:
        return _named(limit.code)
    if limit.kind in {Kind.TIME, Kind.LEAD, Kind.INSTANT}:
        return _timed(limit)
    return _counted(limit)


def _timed(limit: Limit) -> str:
    if limit.kind is Kind.INSTANT:
        return _("on the spot") if limit.code == "P0" else _("at once")
    if limit.kind is Kind.LEAD:
        return _lead(limit.time)
    return _("within %(length)s") % {"length": length_in_words(limit.time)}


def _lead(amount: timedelta) -> str:
    """Days as the customer is told them, with the hours that the law counts."""
    days, length = amount.days, length_in_words(amount)
    if amount % timedelta(days=1):
        return _("at least %(length)s before") % {"length": length}
    told = ngettext("at least %(count)d day (%(length)s) before", "at least %(count)d days (%(length)s) before", days)
    return told % {"count": days, "length": length}


def _counted(limit: Limit) -> str:
    count = limit.count
    if limit.kind is Kind.PERIOD:
        return _how_often(count)
    if limit.kind is Kind.CLOSE:
        return _("the same day before work ends")
    if limit.kind is Kind.NEXT_START:
        return _("when work starts on the next working day")
    return {
        Kind.DAYS: ngettext("within %(count)d day", "within %(count)d days", count),
        Kind.DAYS_INCLUSIVE: ngettext("within %(count)d day, the first one counted", "within %(count)d days, the first one counted", count),
        Kind.WORKING_DAYS: ngettext("within %(count)d working day", "within %(count)d working days", count),
        Kind.RINGS: ngettext("within %(count)d ring", "within %(count)d rings", count),
        Kind.MONTHS: ngettext("within %(count)d month of the last time", "within %(count)d months of the last time", count),
    }[limit.kind] % {"count": count}


def _how_often(months: int) -> str:
    return {
        0: _("once a week"),
        1: _("once a month"),
        3: _("once a quarter"),
        6: _("once every half-year"),
        12: _("once a year"),
    }[months]


def _named(code: str) -> str:
    return {
        "agreed": _("at the agreed time"),
        "planned": _("by the planned date"),
        "at": _("at the time set"),
        "event": _("when the step it waits for comes"),
        "ref": _("within the time of the work it refers to"),
        "gate": _("before the work may begin"),
        "order": _("before other customers"),
        "form": _("by a form, without a number"),
        "start-shift": _("counted only from when the papers are complete"),
        "": pgettext("time limit", "without a number"),
    }[code]
