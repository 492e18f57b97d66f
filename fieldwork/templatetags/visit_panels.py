"""What visits put on other pages: how a crew gets on, and who comes; and how a visit is named and coloured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django import template
from django.template import Context
from django.utils.translation import get_language, gettext_lazy, to_locale
from django.utils.translation import gettext as _

import accounts.permissions
from accounts.clock import business_now
from accounts.masking import format_phone
from accounts.roles import Verb
from casework.models import Case

from ..badge_passes import badge_pass
from ..models import Part, Visit, WorkLine
from ..queries import phones
from ..queries.badges import UNDER_WAY
from ..states import VisitStatus
from ..work_prices import cost_of_labour, cost_of_part

register = template.Library()
register.filter("badge_pass", badge_pass)
register.filter("phone_written", format_phone)

_LOOKS: Mapping[str, tuple[str, str]] = {
    VisitStatus.ASKED: ("warn", "hourglass"),
    VisitStatus.OFFERED: ("warn", "bell-ring"),
    VisitStatus.ACCEPTED: ("busy", "circle-check"),
    VisitStatus.ON_THE_WAY: ("busy", "truck"),
    VisitStatus.ON_SITE: ("busy", "map-pin"),
    VisitStatus.DONE: ("good", "circle-check-big"),
    VisitStatus.NO_ACCESS: ("warn", "door-closed"),
    VisitStatus.CANCELLED: ("quiet", "ban"),
}


_VERBS: Mapping[str, Any] = {
    "accept": gettext_lazy("taken on"),
    "decline": gettext_lazy("declined"),
    "set_off": gettext_lazy("set off"),
    "arrive": gettext_lazy("arrived"),
    "made_safe": gettext_lazy("made safe"),
    "restored": gettext_lazy("gas back"),
    "evidence": gettext_lazy("photo or reading"),
    "work": gettext_lazy("parts or labour"),
    "read_meter": gettext_lazy("meter read"),
    "sign": gettext_lazy("signed"),
    "finish": gettext_lazy("finished"),
    "find_nobody": gettext_lazy("nobody opened"),
    "give_back": gettext_lazy("given back"),
}


@dataclass(frozen=True)
class Stage:
    """One line of a crew's progress, for components/steps.html."""

    label: str
    note: datetime | None
    state: str


@register.inclusion_tag("components/status_tag.html")
def visit_status(visit: Visit) -> dict[str, Any]:
    """The status of a visit as word, icon and tone."""
    tone, icon = _LOOKS[visit.status]
    return {"word": visit.get_status_display(), "icon": icon, "tone": tone}


@register.inclusion_tag("fieldwork/appointments/span.html")
def agreed_span(starts: datetime, until: datetime) -> dict[str, Any]:
    """A time that is agreed, with an icon; on the operator's clocks."""
    return {"starts": starts, "until": until}


@register.inclusion_tag("fieldwork/who_comes.html")
def who_comes(case: Case) -> dict[str, Any]:
    """For the customer: how the crew gets on; while it is coming or there, who they are, and the code to ask them for at the door."""
    at = business_now()
    found = Visit.objects.with_agreed_time().filter(case=case).exclude(status=VisitStatus.CANCELLED)
    visits = found.select_related("signature").order_by("asked_at", "pk")
    return {"rows": [_row(visit, at) for visit in visits], "now": at}


@register.inclusion_tag("fieldwork/panel_case.html")
def visits_of(case: Case) -> dict[str, Any]:
    """For staff, on the case's page: every visit with its steps, what was brought from the door, the work and the signature."""
    visits = Visit.objects.filter(case=case).select_related("crew", "signature__drawing").order_by("asked_at", "pk")
    found = visits.prefetch_related("evidence__photo", "work_lines__part")
    return {"rows": [_row_for_staff(visit) for visit in found]}


@register.inclusion_tag("fieldwork/refused_panel.html", takes_context=True)
def refused_on_phones(context: Context) -> dict[str, Any]:
    """For dispatchers, when something came from a phone too late; nothing for others."""
    sees = Verb.DISPATCH in accounts.permissions.verbs_of(context["request"].user, business_now())
    return {"count": phones.refused_unseen().count() if sees else 0}


@register.filter
def verb_words(verb: str) -> str:
    """What a crew did, in a word or two."""
    return str(_VERBS.get(verb, verb))


@register.filter
def part_name(part: Part) -> str:
    """In the language of the page, where the list has it."""
    own = {"en": part.name_en, "ru": part.name_ru}.get(get_language() or "", "")
    return own or part.name


@register.filter
def thousandths(quantity: int) -> str:
    """1500 -> 1.5."""
    return format_decimal(Decimal(quantity) / 1_000, locale=to_locale(get_language() or "en"))


@register.filter
def degrees(number: float) -> str:
    """A coordinate with a point, whatever the language, to the metre."""
    return f"{number:.5f}"


@register.simple_tag
def line_cost(line: WorkLine) -> int:
    """What a line of work costs, in minor units."""
    if line.kind == WorkLine.Kind.LABOUR:
        return cost_of_labour(line.price, line.minutes)
    return cost_of_part(line.price, line.quantity_milli)


@register.filter
def work_total(lines: Sequence[WorkLine]) -> int:
    """What all of it costs, in minor units."""
    return sum(line_cost(line) for line in lines)


@register.simple_tag
def visit_stages(visit: Visit) -> list[Stage]:
    """The steps of a visit, those that were taken with their moments."""
    return _stages(visit)


def _row(visit: Visit, at: datetime) -> dict[str, Any]:
    is_under_way = visit.status in UNDER_WAY
    return {
        "visit": visit,
        "stages": _stages(visit),
        "is_under_way": is_under_way,
        "badges": list(phones.badges_at_the_door(visit, at)) if is_under_way else [],
        "asks_to_sign": visit.status == VisitStatus.ON_SITE and not hasattr(visit, "signature"),
    }


def _row_for_staff(visit: Visit) -> dict[str, Any]:
    evidence = sorted(visit.evidence.all(), key=lambda row: (row.happened_at, row.pk))
    told = [row for row in evidence if row.note or row.photo_id or row.gas_ppm is not None or row.step == "arrive"]
    lines = sorted(visit.work_lines.all(), key=lambda line: (line.at, line.pk))
    return {
        "visit": visit,
        "stages": _stages(visit),
        "evidence": told,
        "work_lines": lines,
        "signature": getattr(visit, "signature", None),
    }


def _stages(visit: Visit) -> list[Stage]:
    told = [
        (_("A crew has taken it on"), visit.accepted_at),
        (_("On the way"), visit.set_off_at),
        (_("Arrived"), visit.arrived_at),
        *([(_("Made safe"), visit.made_safe_at)] if visit.made_safe_at else []),
        *([(_("Gas is back"), visit.restored_at)] if visit.restored_at else []),
        (visit.get_outcome_display() if visit.ended_at else _("Done"), visit.ended_at),
    ]
    last = max((place for place, (_label, moment) in enumerate(told) if moment), default=-1)
    # What was skipped (nobody pressed "on the way") is done as well.
    return [Stage(str(label), moment, "done" if place <= last else "next") for place, (label, moment) in enumerate(told)]
