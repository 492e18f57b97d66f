"""A letter to the reception, or an application for a service, on the pages of its case: the desk's, the cabinet's, the public one."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse

from accounts.clock import business_now
from accounts.permissions import may
from casework import kinds
from casework.models import Case, Contact
from casework.permissions import VISITOR, check_may_reopen

from ..forms.reception import DetailsForm
from ..models import Appeal, DirectionQuestion, ServiceApplication
from ..queries.reception_desk import answers_of
from ..states import APPEAL, SERVICE_APPLICATION, AppealStatus, ServiceStatus

register = template.Library()


@register.inclusion_tag("complaints/panel_reception.html", takes_context=True)
def reception_of(context: Context, case: Case) -> dict[str, Any]:
    """For staff: what was written and answered, and the way to the reception's own page. Empty for other kinds."""
    appeal, application = _entry(case)
    if appeal is None and application is None:
        return {}
    page = "complaints:reception_desk" if appeal else "complaints:service_desk"
    return {
        "entry": appeal or application,
        "appeal": appeal,
        "case": case,
        "answers": answers_of(case) if appeal else [],
        "question": DirectionQuestion.objects.filter(appeal=appeal, ended_at=None).select_related("to_staff").first() if appeal else None,
        "url": reverse(page, args=[case.reference]),
        "steps": _steps(case),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("complaints/panel_my_reception.html", takes_context=True)
def my_reception(context: Context, case: Case, *, is_tracked: bool = False) -> dict[str, Any]:
    """For who wrote: our answer, the date, what we need. On the public page no word of theirs, and of ours only what answers them."""
    appeal, application = _entry(case)
    if appeal is None and application is None:
        return {}
    is_waiting = case.status in {AppealStatus.WAITING, ServiceStatus.WAITING}
    article = appeal.article if appeal else ""
    return {
        "entry": appeal or application,
        "appeal": appeal,
        "application": application,
        "case": case,
        "is_tracked": is_tracked,
        "is_waiting": is_waiting,
        "answers": answers_of(case) if appeal else [],
        "article_url": reverse("notices:help_article", args=[article]) if article else "",
        "question": _asked(case) if is_waiting else "",
        "form": DetailsForm(items=application.missing) if application and is_waiting else None,
        **_again(case, is_tracked, context),
        "company": settings.COMPANY,
        "reopen_url": reverse("complaints:reception_reopen") if is_tracked else reverse("casework:request_reopen", args=[case.reference]),
        "url": reverse("complaints:tracked_words") if is_tracked else reverse("complaints:cabinet_words", args=[case.reference]),
        "csrf_token": context.get("csrf_token"),
    }


def _again(case: Case, is_tracked: bool, context: Context) -> dict[str, Any]:
    """Whether whoever looks may open it again, or why no longer: in the cabinet the page has asked that already."""
    if not is_tracked:
        return {"may_reopen": "reopen" in (context.get("steps") or ()), "not_again": context.get("not_again", "")}
    allowed = may(check_may_reopen, VISITOR, case, at=business_now())
    is_step = "reopen" in _steps(case)
    return {"may_reopen": is_step and allowed.yes, "not_again": allowed.why if is_step else ""}


def _entry(case: Case) -> tuple[Appeal | None, ServiceApplication | None]:
    if case.kind == APPEAL.kind:
        return Appeal.objects.select_related("territory").filter(case=case).first(), None
    if case.kind == SERVICE_APPLICATION.kind:
        return None, ServiceApplication.objects.filter(case=case).first()
    return None, None


def _steps(case: Case) -> set[str]:
    return {move.verb for move in kinds.kind(case.kind).lifecycle.moves if case.status in move.sources}


def _asked(case: Case) -> str:
    asked = case.contacts.filter(direction=Contact.Direction.OUT, is_reply=False, is_automatic=False).order_by("-at", "-pk")
    return asked.values_list("content", flat=True).first() or ""
