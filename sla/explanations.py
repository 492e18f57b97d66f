"""The trace of a deadline in plain sentences: all of it for staff and auditors, what concerns them for customers."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.listing import listed, parted

from .limits import parse
from .terms import Step
from .wording import day_in_words, length_in_words, limit_in_words, moment_in_words

type Facts = Mapping[str, Any]
type Sentence = Callable[[Facts], str]

_MOMENTS = {"at", "to", "from", "until", "due"}


def for_staff(steps: Iterable[Step], names: Mapping[str, str] | None = None) -> list[str]:
    """Every step as a sentence. ``names``: what promises, calendars and events are called ({"hall": "Hall hours", "T52": "Repair"})."""
    return _sentences(steps, _STAFF, names or {})


def for_customer(steps: Iterable[Step]) -> list[str]:
    """The same without our own book-keeping: no keys, no versions, no hours summed up."""
    return _sentences(steps, _CUSTOMER, {})


def _sentences(steps: Iterable[Step], said: Mapping[str, Sentence], names: Mapping[str, str]) -> list[str]:
    return [text for step in steps if step.code in said and (text := said[step.code](_shown(step.facts, names)))]


def _shown(facts: Facts, names: Mapping[str, str]) -> dict[str, Any]:
    """Facts as the sentences want them: moments and limits in words, keys by their names."""
    shown = dict(facts)
    for name, value in facts.items():
        if name in _MOMENTS:
            shown[name] = moment_in_words(datetime.fromisoformat(value))
        elif name in {"promise", "calendar", "event"}:
            shown[name] = names.get(value, value)
        elif name == "limit" and value:
            shown[name] = limit_in_words(parse(value))
        elif name in {"seconds", "used"}:
            shown[name] = length_in_words(timedelta(seconds=value))
    return shown


def _policy(facts: Facts) -> str:
    if not facts["promise"]:
        return ""
    if facts["safety"]:
        return _("Promise %(promise)s, version %(version)s: a safety promise, which waits for nothing.") % facts
    return _("Promise %(promise)s, version %(version)s.") % facts


def _calendar(facts: Facts) -> str:
    if facts["always"]:
        return _("Every hour counts, day and night (clock of %(zone)s).") % facts
    return _("Time is counted by the calendar “%(calendar)s”, version %(number)s (clock of %(zone)s).") % facts


def _started(facts: Facts) -> str:
    return (_("It began on %(at)s: %(event)s.") if facts["event"] else _("It began on %(at)s.")) % facts


def _received(facts: Facts) -> str:
    return _("This promise began on %(at)s.") % facts


def _after_cut_off(facts: Facts) -> str:
    return _("That is not before %(cut_off)s, so time counts from the next start of work: %(to)s.") % facts


def _waited_for_opening(facts: Facts) -> str:
    if facts.get("holiday"):
        return _("That is a holiday (%(holiday)s), so time counts from the next start of work: %(to)s.") % facts
    return _("That is outside working hours, so time counts from the next start of work: %(to)s.") % facts


def _moved_to_working_day(facts: Facts) -> str:
    return _("That is a day off, so time counts from the same hour of the next working day: %(to)s.") % facts


def _limit(facts: Facts) -> str:
    if facts["which"] == "target":
        return _("The target is %(limit)s: counted from %(from)s, that is %(due)s.") % facts
    return _("The limit is %(limit)s: counted from %(from)s, that is %(due)s.") % facts


def _hours(facts: Facts) -> str:
    days = [_day_of_hours(row) for row in facts["days"]]
    if facts["more"]:
        days.append(ngettext("and %(more)d day more", "and %(more)d days more", facts["more"]) % facts)
    return _("Hours counted: %(days)s.") % {"days": parted(days)}


def _day_of_hours(row: Facts) -> str:
    windows = listed(f"{opens}–{closes}" for opens, closes in row["windows"])
    return f"{day_in_words(date.fromisoformat(row['day']))} {windows} ({length_in_words(timedelta(seconds=row['seconds']))})"


def _named_days(rows: Iterable[Facts]) -> list[str]:
    shown = ((day_in_words(date.fromisoformat(row["day"])), row["name"]) for row in rows)
    return [f"{day} ({name})" if name else day for day, name in shown]


def _closed_days(facts: Facts) -> str:
    days, more = _named_days(facts["days"]), facts["count"] - len(facts["days"])
    if more:
        days.append(ngettext("and %(more)d day more", "and %(more)d days more", more) % {"more": more})
    return _("Days off on the way: %(days)s.") % {"days": parted(days)}


def _made_up_days(facts: Facts) -> str:
    return _("Worked in exchange for a holiday, so they count: %(days)s.") % {"days": parted(_named_days(facts["days"]))}


def _paused(facts: Facts) -> str:
    return _("It waited from %(from)s to %(until)s: %(seconds)s did not count, which makes it %(due)s.") % facts


def _paused_for_you(facts: Facts) -> str:
    return _("From %(from)s to %(until)s we waited for you or for papers; that time does not count.") % facts


def _waiting(facts: Facts) -> str:
    return _("It has been waiting since %(from)s; when it goes on, the rest of the time is counted from there.") % facts


def _extended(facts: Facts) -> str:
    if facts["reading"] == "until":
        return _("On %(at)s it was extended until %(due)s.") % facts
    if facts["reading"] == "added":
        return _("On %(at)s it was given more time (%(limit)s on top), which makes it %(due)s.") % facts
    return _("On %(at)s it was extended to %(limit)s in all, which makes it %(due)s.") % facts


def _extended_for_you(facts: Facts) -> str:
    return _("On %(at)s we asked for more time: until %(due)s.") % facts


def _extension_refused(facts: Facts) -> str:
    return _("The extension of %(at)s does not count: a safety promise has none.") % facts


def _changed(facts: Facts) -> str:
    told = _(
        "From %(at)s it counts by promise %(promise)s, version %(version)s, with the calendar “%(calendar)s”, version %(number)s;"
        " %(used)s had been used up by then and stay used up."
    )
    return told % facts


def _changed_for_you(facts: Facts) -> str:
    return _("Since %(at)s another rule applies; the time already used is not lost to you.") % facts


def _broken_before_change(facts: Facts) -> str:
    return _("It was already broken on %(due)s when the rule changed on %(at)s; that stays.") % facts


def _due_at_change(facts: Facts) -> str:
    return _("By the new rule its time was already used up, so it is due at the moment of the change, %(at)s.") % facts


def _to_end_of_day(facts: Facts) -> str:
    return _("It is due when work ends that day: %(due)s.") % facts


def _due(facts: Facts) -> str:
    return _("It is due on %(due)s.") % facts


def _promised(facts: Facts) -> str:
    return _("We promise it by %(due)s.") % facts


def _target(facts: Facts) -> str:
    return _("The target is earlier, %(limit)s: %(due)s.") % facts


def _no_moment(_facts: Facts) -> str:
    return _("It is measured from a moment that must be agreed or planned, and none is named yet.")


def _calendar_unknown(facts: Facts) -> str:
    told = _("Provisional: the holidays of %(year)s are not entered yet in the calendar “%(calendar)s”, so the plain week is assumed.")
    return told % facts


def _year_entered(facts: Facts) -> str:
    if "due" not in facts:
        return _("The holidays of %(year)s were entered on %(at)s in the calendar “%(calendar)s”, and it was worked out anew.") % facts
    told = _(
        "The holidays of %(year)s were entered on %(at)s in the calendar “%(calendar)s”, and it was worked out anew; until then it had been"
        " taken to be due on %(due)s."
    )
    return told % facts


def _year_entered_for_you(facts: Facts) -> str:
    return _("The holidays of %(year)s have become known since, and it was worked out anew on %(at)s.") % facts


def _calendar_never_open(facts: Facts) -> str:
    return _("Provisional: the calendar “%(calendar)s” opens on no day, so every hour is counted until it is corrected.") % facts


_STAFF: Mapping[str, Sentence] = {
    "policy": _policy,
    "calendar": _calendar,
    "started": _started,
    "after_cut_off": _after_cut_off,
    "waited_for_opening": _waited_for_opening,
    "moved_to_working_day": _moved_to_working_day,
    "no_moment": _no_moment,
    "changed": _changed,
    "limit": _limit,
    "hours": _hours,
    "closed_days": _closed_days,
    "made_up_days": _made_up_days,
    "extended": _extended,
    "extension_refused": _extension_refused,
    "paused": _paused,
    "waiting": _waiting,
    "to_end_of_day": _to_end_of_day,
    "due_at_change": _due_at_change,
    "due": _due,
    "broken_before_change": _broken_before_change,
    "target": _target,
    "calendar_unknown": _calendar_unknown,
    "calendar_never_open": _calendar_never_open,
    "year_entered": _year_entered,
}

_CUSTOMER: Mapping[str, Sentence] = {
    "started": _received,
    "after_cut_off": _after_cut_off,
    "waited_for_opening": _waited_for_opening,
    "moved_to_working_day": _moved_to_working_day,
    "no_moment": _no_moment,
    "changed": _changed_for_you,
    "closed_days": _closed_days,
    "made_up_days": _made_up_days,
    "extended": _extended_for_you,
    "paused": _paused_for_you,
    "waiting": _waiting,
    "due": _promised,
    "year_entered": _year_entered_for_you,
}
