"""What customers are asked: what holds, what is being written, and what was asked before."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import accounts.queries
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..forms.answers import OwnAnswerForm
from ..forms.questionnaires import AboutQuestionsForm, rows_of
from ..models import QuestionnaireDraft
from ..operations import questionnaires
from ..operations.questionnaires import DraftGone, NewQuestions, OwnQuestions
from ..queries import questionnaires as found
from ..questions import BadQuestionnaire, parse


@require_safe
@staff_with(Verb.PUBLISH_KNOWLEDGE)
def questionnaire_list(request: MemberRequest) -> HttpResponse:
    """Every kind of matter with what is asked about it now."""
    return render(request, "callbacks/questionnaires.html", {"lines": found.lines(business_now())})


@require_safe
@staff_with(Verb.PUBLISH_KNOWLEDGE)
def questionnaire(request: MemberRequest, slug: str) -> HttpResponse:
    """One kind: the questions that hold, the draft as customers would see it, and the versions before."""
    return _page(request, _line(slug))


@require_http_methods(["GET", "POST"])
@staff_with(Verb.PUBLISH_KNOWLEDGE)
def questionnaire_write(request: MemberRequest, slug: str) -> HttpResponse:
    """Write other questions; what cannot be kept comes back as it was typed."""
    at = business_now()
    line = _line(slug)
    base = parse(line.draft.questions) if line.draft else found.current(line.kind, at).questions
    sent = request.POST or None
    about, rows = AboutQuestionsForm(sent) if sent else AboutQuestionsForm.of(line.draft), rows_of(base, sent)
    # Both are asked, so that everything that is wrong is said at once.
    if sent and all([about.is_valid(), rows.is_valid()]):
        new = NewQuestions(kind=line.kind, questions=rows.rows(), since=about.moment(), reason=about.cleaned_data["reason"])
        try:
            questionnaires.write(new=new, by=request.user, at=at)
        except BadQuestionnaire:
            about.add_error(None, _("These questions cannot be asked: look at their short names and at how they are answered."))
        else:
            messages.success(request, _("The draft is kept. Somebody else looks at it and publishes it."))
            return redirect("callbacks:questionnaire", slug=slug)
    context = {"line": line, "about": about, "rows": rows}
    return render(request, "callbacks/questionnaire_write.html", context, status=422 if sent else 200)


@require_POST
@staff_with(Verb.PUBLISH_KNOWLEDGE)
def questionnaire_act(request: MemberRequest, slug: str) -> HttpResponse:
    """Publish the draft as it was looked at, send it back, or throw it away."""
    line, at = _line(slug), business_now()
    version = request.POST.get("version", "")
    draft: dict[str, Any] = {"kind": line.kind, "version": int(version) if version.isdecimal() and len(version) < 9 else 0, "at": at}
    try:
        done = _act(request, draft)
    except (DraftGone, OwnQuestions, BadQuestionnaire) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("callbacks:questionnaire", slug=slug)


def _act(request: MemberRequest, draft: dict[str, Any]) -> str:
    if "publish" in request.POST:
        questionnaires.publish(by=request.user, **draft)
        return _("These questions are asked from their moment on.")
    if "discard" in request.POST:
        questionnaires.discard(by=request.user, **draft)
        return _("The draft is thrown away.")
    questionnaires.send_back(said=request.POST.get("said", "").strip()[:200] or _("without a reason"), by=request.user, **draft)
    return _("Sent back to its writer.")


def _line(slug: str) -> found.Line:
    try:
        return next(line for line in found.lines(business_now()) if line.slug == slug)
    except StopIteration:
        raise Http404 from None


def _page(request: MemberRequest, line: found.Line) -> HttpResponse:
    draft = line.draft
    is_own = draft is not None and draft.written_by_id == accounts.queries.current_staff(request.user).pk
    context = {"line": line, "draft": draft, "is_own": is_own, "previews": _previews(draft), "versions": found.versions_of(line.kind)}
    return render(request, "callbacks/questionnaire.html", context)


def _previews(draft: QuestionnaireDraft | None) -> list[dict[str, Any]]:
    """The form as a customer would see it, in every language."""
    if draft is None:
        return []
    asked = found.Asked(draft.kind, 0, parse(draft.questions))
    shown = []
    for code, name in settings.LANGUAGES:
        with translation.override(code):
            form = OwnAnswerForm(asked=asked, auto_id=f"{code}_%s", prefix=code)
            shown.append({"code": code, "name": name, "html": form.render()})
    return shown
