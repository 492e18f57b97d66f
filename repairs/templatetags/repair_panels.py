"""What a repair shows on pages of other rooms: on the case, in the cabinet, on the public tracking page."""

from typing import Any

from django import template
from django.template import Context

import accounts.permissions
from accounts.clock import business_now
from accounts.roles import Verb
from casework import kinds
from casework.models import Case

from .. import wording
from ..forms.intake import ClassForm
from ..models import Repair, Restoration
from ..queries.reported import confirmation, is_outside, panel
from ..states import REPAIR, RESTORATION

register = template.Library()


@register.inclusion_tag("repairs/panel_case.html", takes_context=True)
def repair_of(context: Context, case: Case) -> dict[str, Any]:
    """For staff, on the case's page: why it is urgent, what is to be done, what it hangs together with. Empty for other kinds."""
    repair = _repair(case)
    if repair is None:
        return {"restoration": _restoration(case)}
    user, at = context["request"].user, business_now()
    steps = {move.verb for move in kinds.kind(case.kind).lifecycle.moves if case.status in move.sources}
    return {
        **panel(repair, at=at),
        "reasons": wording.reasons_in_words(repair.reasons),
        "answers": _answers(repair),
        "class_form": ClassForm(initial={"urgency": case.urgency, "classification": case.classification}, auto_id="class_%s"),
        "steps": steps,
        "may_release": Verb.DISPATCH in accounts.permissions.verbs_of(user, at),
        "classification": Repair.Class(case.classification).label if case.classification in Repair.Class.values else "",
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("repairs/panel_mine.html", takes_context=True)
def my_repair(context: Context, case: Case) -> dict[str, Any]:
    """For the customer: what was reported and sent along, and whether somebody goes to a neighbour for the same trouble."""
    repair = _repair(case)
    if repair is None:
        return {}
    known = {name: context.get(name) for name in ("company", "csrf_token", "files")}
    return {**confirmation(repair, at=business_now()), **known}


@register.simple_tag
def lies_outside(case: Case) -> bool:
    """Whether a place that is not ours was reported: nothing that we promise elsewhere is promised there."""
    repair = _repair(case)
    return repair is not None and is_outside(repair)


@register.inclusion_tag("repairs/door_case.html", takes_context=True)
def repair_door(context: Context, case: Case) -> dict[str, Any]:
    """On the page of a call's record: the door to make a repair order of it."""
    return {"case": case, "is_open": case.kind == "general_request" and case.is_unfinished}


def _repair(case: Case) -> Repair | None:
    if case.kind != REPAIR.kind:
        return None
    found = Repair.objects.select_related("territory", "follows__case").filter(case=case).first()
    if found is not None:
        found.case = case
    return found


def _restoration(case: Case) -> Restoration | None:
    return Restoration.objects.filter(case=case).first() if case.kind == RESTORATION.kind else None


def _answers(repair: Repair) -> list[tuple[Any, Any]]:
    """Questions that were answered, as they were asked."""
    return [
        (words, wording.ANSWERS[repair.answers[question]])
        for question, words in wording.QUESTIONS.items()
        if repair.answers.get(question) in {"yes", "no"}
    ]
