"""Promises in words, for templates; and the banner about a calendar year that nobody has entered."""

from collections.abc import Mapping
from typing import Any

from babel import Locale
from django import template
from django.template import RequestContext
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _

from accounts.clock import business_now
from accounts.listing import listed
from accounts.permissions import verbs_of
from accounts.roles import Verb

from .. import heard, naming
from ..limits import Limit
from ..models import CalendarVersion, PromiseVersion
from ..policies import Policy
from ..queries import policies, years
from ..queries.working_time import WeekLine
from ..wording import limit_in_words

register = template.Library()
register.filter("promise_title", naming.title)
register.filter("role_name", naming.role)
register.filter("rung_words", naming.rung)
register.filter("event_words", naming.event)
register.filter("unheard", lambda pattern: bool(heard.unheard([pattern])))
register.filter("source_name", lambda source: naming.DOCUMENTS.get(source, source))


@register.filter
def limit_words(found: Limit | None) -> str:
    """A target or limit in words; empty without one."""
    return limit_in_words(found) if found else ""


@register.filter
def promise_says(policy: Policy, what: str) -> str:
    """Its text "from", "until" or "text"."""
    return naming.said(policy, what)


@register.filter
def promise_selects(policy: Policy) -> list[tuple[str, str]]:
    """Whom it is for, as pairs."""
    return naming.selects(policy.selects)


@register.filter
def promise_rungs(policy: Policy) -> list[tuple[str, str]]:
    """Who is told when, as pairs."""
    return naming.rungs(policy.ladder)


@register.filter
def promise_readings(policy: Policy) -> list[str]:
    """How contradictions were settled, and what the arithmetic takes differently."""
    return [*naming.conflicts(policy), *naming.readings(policy)]


@register.filter
def promise_compensation(policy: Policy) -> str:
    """What is paid when it is broken; empty when nothing is."""
    return naming.compensation(policy)


@register.filter
def promise_keepers(policy: Policy) -> list[str]:
    """What keeps a rule without a clock."""
    return naming.keepers(policy)


@register.filter
def column_name(column: str) -> str:
    """What a changed column of a version is called."""
    return str(_COLUMNS.get(column) or getattr(PromiseVersion._meta.get_field(column), "verbose_name", column))


#: Columns without a name of their own in the model.
_COLUMNS: Mapping[str, str | Promise] = {
    "texts": _("words"),
    "selects": _("for whom"),
    "starts_on": _("starting events"),
    "stops_on": _("stopping events"),
    "pauses_on": _("pausing events"),
    "resumes_on": _("resuming events"),
    "withdrawn_on": _("events that make it fall away"),
    "anchor": _("moment it counts from"),
    "ladder": _("who is told when"),
    "extension": _("more time"),
    "compensation": _("compensation"),
    "readings": _("readings"),
}


@register.filter
def calendar_title(row: CalendarVersion) -> str:
    """What a calendar is called."""
    return naming.name(row.titles, row.key)


@register.filter
def calendar_name(key: str) -> str:
    """The same by its key."""
    row = next(iter(policies.versions_of(key)), None)
    return calendar_title(row) if row else key


@register.filter
def country_name(code: str) -> str:
    """China, for CN."""
    return str(Locale.parse(to_locale(get_language() or "en")).territories.get(code, code))


@register.filter
def week_days(line: WeekLine) -> str:
    """Monday, or Monday–Friday."""
    first, last = str(WEEKDAYS[line.first]), str(WEEKDAYS[line.last])
    return first if first == last else f"{first}–{last}"


@register.filter
def windows_words(windows: list[list[str]]) -> str:
    """08:30–12:00, 13:30–17:30."""
    return listed("–".join(pair) for pair in windows)


@register.inclusion_tag("sla/calendar_warning.html", takes_context=True)
def calendar_warning(context: RequestContext) -> dict[str, Any]:
    """For supervisors and whoever may enter it: a calendar year that begins soon and is not known."""
    at = business_now()
    user = context["request"].user
    concerned = {Verb.SEE_OPERATION, Verb.EDIT_PROMISES} & verbs_of(user, at)
    return {"missing": years.missing_years(at) if concerned else []}
