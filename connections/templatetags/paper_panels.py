"""The papers of an application on the pages of its case: to be sent by the applicant, to be looked at by staff."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context

import accounts.permissions
from accounts.clock import business_now
from accounts.roles import Verb
from casework.forms.intake import ACCEPTED
from casework.models import Case

from ..models import Application, Paper
from ..queries.paper_lines import papers_shown
from ..states import PaperStatus
from .connection_panels import application_of

register = template.Library()

_LOOKS = {
    PaperStatus.WANTED: ("warn", "file-question-mark"),
    PaperStatus.HANDED_IN: ("busy", "file-clock"),
    PaperStatus.ACCEPTED: ("good", "file-check"),
    PaperStatus.REJECTED: ("danger", "file-x"),
    PaperStatus.WAIVED: ("quiet", "file-minus"),
}


@register.inclusion_tag("connections/papers_mine.html", takes_context=True)
def my_papers(context: Context, application: Application, *, reader: str = "cabinet") -> dict[str, Any]:
    """For the applicant: each paper with its state, its day and a way to send it; and both clocks. No verdict for ``tracked``."""
    at = business_now()
    return {
        "shown": papers_shown(application, at),
        "case": application.case,
        "application": application,
        "is_tracked": reader != "cabinet",
        "may_read": reader != "tracked",
        "accepted": f"image/*,{ACCEPTED}",
        "megabytes": settings.ATTACHMENT_MAX_BYTES // 1_000_000,
        "csrf_token": context.get("csrf_token"),
        "now": at,
    }


@register.inclusion_tag("connections/panel_papers.html", takes_context=True)
def papers_of_case(context: Context, case: Case) -> dict[str, Any]:
    """For staff, on the case: where each paper stands, the list that was told, both clocks. Empty for other kinds."""
    application = application_of(case)
    if application is None:
        return {}
    at = business_now()
    may = case.is_unfinished and Verb.HANDLE_CASES in accounts.permissions.verbs_of(context["request"].user, at)
    return {"shown": papers_shown(application, at), "case": case, "application": application, "may": may, "now": at}


@register.inclusion_tag("components/status_tag.html")
def paper_tag(paper: Paper) -> dict[str, Any]:
    """The status of a paper as word, icon and tone."""
    tone, icon = _LOOKS[PaperStatus(paper.status)]
    return {"word": paper.get_status_display(), "icon": icon, "tone": tone}
