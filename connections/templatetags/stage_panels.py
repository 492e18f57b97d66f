"""The stages of an application on its case's page, for staff: to be begun, ended, left out, given another day."""

from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext as _

import accounts.permissions
from accounts.clock import business_now
from accounts.roles import Verb
from casework.models import Case

from ..forms.stages import BallForm, NoteForm, UntilForm
from ..operations.stages import BY_HAND
from ..queries.stage_lines import is_way_open, lines, whole_minutes
from ..states import StageStatus
from .connection_panels import application_of

register = template.Library()


@register.inclusion_tag("connections/panel_stages.html", takes_context=True)
def stages_of(context: Context, case: Case) -> dict[str, Any]:
    """Each stage with its days and its time, and what can be done with it. Empty for other kinds."""
    application = application_of(case)
    if application is None:
        return {}
    at = business_now()
    found, whole = lines(application, at)
    may = case.is_unfinished and Verb.HANDLE_CASES in accounts.permissions.verbs_of(context["request"].user, at)
    return {
        "application": application,
        "case": case,
        "lines": found,
        "whole": whole,
        "ours": whole and whole_minutes(whole.counted),
        "theirs": whole and whole_minutes(whole.waited),
        "may": may,
        "is_way_open": may and is_way_open(application),
        "day_form": UntilForm(auto_id="gas_%s"),
        "now": at,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("connections/stage_acts.html", takes_context=True)
def stage_acts(context: Context, line: Any) -> dict[str, Any]:
    """What can be done with one stage that is not over."""
    stage = line.stage
    by_hand = stage.row.deed in BY_HAND
    mark = f"stage{stage.pk}_%s"
    return {
        "stage": stage,
        "line": line,
        "case": context["case"],
        "csrf_token": context.get("csrf_token"),
        "is_running": stage.status == StageStatus.RUNNING,
        "by_hand": by_hand,
        "may_begin": by_hand and stage.row.status == context["case"].status,
        "may_skip": by_hand or not stage.row.is_needed,
        "ball_form": BallForm(initial={"ball": stage.ball}, auto_id=f"ball_{mark}"),
        "until_form": UntilForm(auto_id=f"until_{mark}"),
        "done_form": NoteForm(auto_id=f"done_{mark}"),
        "skip_form": NoteForm(auto_id=f"skip_{mark}", label=_("Why it is not needed")),
    }
