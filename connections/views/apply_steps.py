"""Applying for gas without signing in: one question after the other, kept at every step, looked at once more, sent."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

import connections.operations.drafts
from accounts.actors import System
from accounts.clock import business_now
from casework.models import Channel
from connections.operations.applying import NoPlan, Wish

from ..forms import check as checking
from ..forms.steps import STEPS, TITLES, Answers, as_typed, form_of, missing_step, wished
from ..models import ApplicationDraft
from ..operations.drafts import DraftGone, answers_in
from .draft_session import asker_of, draft_of, may_send, new_draft, open_draft_of, remember_applied

#: Who applies where nobody signed in.
BY = System("web")


@never_cache
@require_http_methods(["GET", "POST"])
def apply_step(request: HttpRequest, step: str) -> HttpResponse:
    """One step. The first begins the draft; the others need one, and those before them."""
    draft = open_draft_of(request)
    answers: Answers = answers_in(draft) if draft else {}
    if step != "what" and draft is None:
        return redirect("connections:apply")
    initial = {**_known(request), **answers} if step == "who" else answers
    form = form_of(step, request.POST if request.method == "POST" else None, initial)
    if request.method == "POST" and form.is_valid():
        draft = draft or new_draft(request)
        if draft is None:
            return _page(request, step, form, answers, status=429)
        try:
            connections.operations.drafts.save_draft(draft=draft, step=step, answers=as_typed(form), at=business_now())
        except DraftGone:
            return redirect("connections:apply")
        return redirect(_next(step, request, draft))
    return _page(request, step, form, answers, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def apply_check(request: HttpRequest) -> HttpResponse:
    """Everything once more, each with its way back; then it is sent, and sent twice it is one application."""
    draft = draft_of(request)
    if draft is None:
        return redirect("connections:apply")
    if draft.case_id is None and (missing := missing_step(answers_in(draft))):
        return redirect(f"connections:apply_{missing}")
    if request.method == "POST":
        return _send(request, draft)
    return redirect("connections:applied") if draft.case_id else _check_page(request, draft)


def _send(request: HttpRequest, draft: ApplicationDraft) -> HttpResponse:
    answers, asker = answers_in(draft), asker_of(request)
    found = {} if draft.case_id else wished(answers)
    if found and not may_send(request, found):
        return _check_page(request, draft, is_too_often=True, status=429)
    channel = Channel.CABINET if asker else Channel.WEB
    known = {"channel": channel, "asker": asker, "language": get_language() or ""}
    wish = Wish(**{"kind": "", "name": "", "phone": "", **found, **known})
    try:
        application = connections.operations.drafts.send_draft(draft=draft, wish=wish, by=asker or BY, at=business_now())
    except NoPlan as refusal:
        return _check_page(request, draft, refusal=str(refusal), status=422)
    except DraftGone:
        return redirect("connections:apply")
    remember_applied(request, application.pk)
    return redirect("connections:applied")


def _known(request: HttpRequest) -> dict[str, Any]:
    """What we know of a customer who is signed in."""
    asker = asker_of(request)
    return {"who": {"name": asker.get_full_name(), "phone": str(asker.phone or "")}} if asker else {}


def _next(step: str, request: HttpRequest, draft: ApplicationDraft) -> str:
    """The step after this one, or back to the check for who came from there."""
    steps = [*STEPS, "check"]
    after = "check" if "check" in request.GET else steps[steps.index(step) + 1]
    if after == "check":
        draft.refresh_from_db(fields=["sealed"])
        after = missing_step(answers_in(draft)) or after
    return f"connections:apply_{after}"


def _page(request: HttpRequest, step: str, form: Form, answers: Answers, *, status: int) -> HttpResponse:
    steps = list(STEPS)
    context = {
        "form": form,
        "step": step,
        "progress": _progress(step),
        "number": list(TITLES).index(step) + 1,
        "back": steps[steps.index(step) - 1] if step != steps[0] else "",
        "is_begun": bool(answers),
        "is_too_often": status == 429,
    }
    return render(request, f"connections/apply/{step}.html", context, status=status)


def _check_page(
    request: HttpRequest, draft: ApplicationDraft, *, refusal: str = "", is_too_often: bool = False, status: int = 200
) -> HttpResponse:
    context = {
        "said": checking.said(answers_in(draft)),
        "progress": _progress("check"),
        "number": len(TITLES),
        "refusal": refusal,
        "is_too_often": is_too_often,
        "is_signed_in": asker_of(request) is not None,
    }
    return render(request, "connections/apply/check.html", context, status=status)


def _progress(here: str) -> list[dict[str, str]]:
    keys = list(TITLES)
    place = keys.index(here)
    return [
        {"label": str(TITLES[key]), "note": "", "state": "done" if n < place else "now" if n == place else "next"}
        for n, key in enumerate(keys)
    ]
