"""The reception's page of one letter: what becomes of it, each outcome with the notice that goes with it."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import business_now
from accounts.permissions import Forbidden, MissingVerb, may
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import Ended, NoAnswer, NobodyNamed, NothingSaid, ReasonMissing, StaleRow, WrongMove
from sla.operations.extensions import NoMoreTime

from .. import reception_permissions
from ..forms import reception_acts as acts
from ..models import Appeal, DirectionQuestion
from ..operations import appeal_answers, triage
from ..operations.reception_ways import NobodyToAnswer, way_to
from ..publication_permissions import check_may_write
from ..queries.reception_desk import letter_page
from ..states import APPEAL, AppealStatus
from .reception_guards import appeal_or_404

_REFUSALS = (
    *(Ended, NoAnswer, NobodyNamed, NothingSaid, ReasonMissing, StaleRow, WrongMove),
    *(Forbidden, NobodyToAnswer, NoMoreTime, triage.NotAsked, triage.NotThen),
)
#: The forms of the page by the act they belong to; the two that offer colleagues need the moment.
_FORMS: Mapping[str, type[forms.Form]] = {
    "decline": acts.DeclineForm,
    "answer": acts.AnswerForm,
    "forward": acts.ForwardForm,
    "direction_answer": acts.DirectionForm,
    "tell_date": acts.DateForm,
    "ask": acts.AskForm,
}
type Act = Callable[[Appeal, dict[str, Any], dict[str, Any]], object]


@require_safe
@staff_with(Verb.HANDLE_CASES)
def reception_desk(request: MemberRequest, reference: str) -> HttpResponse:
    return _page(request, appeal_or_404(request.user, reference))


def _page(request: MemberRequest, appeal: Appeal, wrong: Mapping[str, forms.Form] | None = None) -> HttpResponse:
    at = business_now()
    page, wrong = letter_page(appeal, language=appeal.case.language or get_language() or "", at=at), wrong or {}
    question = page["question"]
    initial = {
        "answer": {"way": way_to(appeal.case, appeal.email), "text": _draft(page["past_questions"])},
        "forward": {"to": page["suggested"]},
        "tell_date": {"until": page["due_at"]},
    }
    shown = {name: _form(name, None, at, initial.get(name)) for name in _FORMS}
    context = {
        **page,
        "forms": {**shown, **wrong},
        "wrong": next(iter(wrong), ""),
        "steps": {move.verb for move in APPEAL.moves if appeal.case.status in move.sources},
        "may_answer_direction": question and may(reception_permissions.check_may_answer_direction, request.user, question, at=at),
        "may_publish": may(check_may_write, request.user, None, at=at),
        "is_drafting": appeal.case.status == AppealStatus.DRAFTING,
        "is_unanswered": APPEAL.find("answer", appeal.case.status) is not None,
    }
    return render(request, "complaints/reception_desk.html", context, status=422 if wrong else 200)


def _draft(past: list[DirectionQuestion]) -> str:
    """What the specialist wrote stands in the answer, to be put into words for who wrote."""
    return past[-1].answer if past else ""


def _form(name: str, data: Any, at: Any, initial: Any = None) -> forms.Form:
    more = {"at": at} if name == "forward" else {}
    return _FORMS[name](data, auto_id=f"{name}_%s", initial=initial, **more)


def _act(name: str, done: Callable[[], str], act: Act) -> Callable[..., HttpResponseBase]:
    """The view of one act: read its form, call its operation, say what happened or why not."""

    @require_POST
    @staff_with(Verb.HANDLE_CASES)
    def view(request: MemberRequest, reference: str) -> HttpResponse:
        appeal, at = appeal_or_404(request.user, reference), business_now()
        form = _form(name, request.POST, at)
        if not form.is_valid():
            return _page(request, appeal, {name: form})
        try:
            if request.POST.get("version", str(appeal.case.version)) != str(appeal.case.version):
                raise StaleRow
            act(appeal, form.cleaned_data, {"by": request.user, "at": at})
        except MissingVerb:
            raise
        except _REFUSALS as refusal:
            form.add_error(None, str(refusal))
            return _page(request, appeal_or_404(request.user, reference), {name: form})
        messages.success(request, done())
        return redirect("complaints:reception_desk", reference=appeal.case.reference)

    view.__name__, view.__doc__ = name, act.__doc__
    return view


def _answer(appeal: Appeal, given: dict[str, Any], when: dict[str, Any]) -> None:
    """Our words, and how they reach whoever wrote."""
    appeal_answers.answer_appeal(appeal=appeal, words=appeal_answers.Words(**given), **when)


def _direction_answer(appeal: Appeal, given: dict[str, Any], when: dict[str, Any]) -> None:
    """What the specialist says is to be answered."""
    question = DirectionQuestion.objects.filter(appeal=appeal, ended_at=None).first()
    if question is None:
        raise Http404
    question.appeal = appeal
    triage.answer_for_direction(question=question, answer=given["answer"], **when)


decline = _act(
    "decline", lambda: _("They hear why we cannot answer on the merits."), lambda a, g, w: triage.decline(appeal=a, reason=g["reason"], **w)
)
answer = _act("answer", lambda: _("Answered."), _answer)
forward = _act(
    "forward", lambda: _("Asked: one working day. The letter stays with you."), lambda a, g, w: triage.forward(appeal=a, **g, **w)
)
direction_answer = _act("direction_answer", lambda: _("The reception has your answer."), _direction_answer)
tell_date = _act(
    "tell_date",
    lambda: _("Kept. A date inside the promised time is told at once, a later one when it is approved."),
    lambda a, g, w: triage.tell_date(appeal=a, **g, **w),
)
ask = _act(
    "ask",
    lambda: _("Asked. The promised time waits for the answer."),
    lambda a, g, w: triage.ask_applicant(appeal=a, question=g["question"], **w),
)
