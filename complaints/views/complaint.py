"""The page of a complaint for whoever looks into it, and what is done there: each a form, one call, a word about what happened."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import casework.operations
from accounts.clock import business_now
from accounts.models import Staff
from accounts.permissions import Forbidden, MissingVerb
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import Ended, NoAnswer, NothingSaid, NotOffered, ReasonMissing, StaleRow, Target, WrongMove
from notices.operations import language_of

from ..forms.complaint_acts import FORMS, AnswerForm
from ..models import Complaint, FollowUpWork, Way
from ..operations import accusing, complaint_answers, looking_into
from ..operations.complaint_answers import Decision, NotItsWork, NowhereToSend, OnlyByLetter, Work, WorkUnclear
from ..operations.looking_into import NobodyAsked
from ..queries.complaint_page import page_of
from .guards import complaint_or_404

REFUSALS = (
    *(Ended, NoAnswer, NobodyAsked, NotItsWork, NotOffered, NothingSaid, NowhereToSend, OnlyByLetter),
    *(ReasonMissing, StaleRow, WorkUnclear, WrongMove),
    Forbidden,
)
type Act = Callable[[Complaint, Any, dict[str, Any]], object]


@require_safe
@staff_with(Verb.HANDLE_CASES)
def complaint(request: MemberRequest, reference: str) -> HttpResponse:
    return _page(request, complaint_or_404(request.user, reference))


def _page(request: MemberRequest, found: Complaint, wrong: Mapping[str, forms.Form] | None = None) -> HttpResponse:
    page, wrong = page_of(found), wrong or {}
    way = Way.LETTER if found.is_answered_by_letter else found.wanted_way or Way.CALL
    said = {"way": way, "language": language_of(found.case)}
    initial: dict[str, dict[str, Any]] = {
        "answer": said,
        "refuse": said,
        "judge": {name: getattr(found, name) for name in ("about", "major_why", "manner")},
        "whom": {"hall": found.accused_hall, "role": found.accused_role},
    }
    shown = {act: kind(auto_id=f"{act}_%s", initial=initial.get(act)) for act, kind in FORMS.items()}
    context = {**page, "forms": {**shown, **wrong}, "wrong": next(iter(wrong), ""), "now": business_now()}
    return render(request, "complaints/complaint.html", context, status=422 if wrong else 200)


def _act(name: str, done: Callable[[], str], act: Act) -> Callable[..., HttpResponseBase]:
    """The view of one act: read its form, call its operation, say what happened or why not."""

    @require_POST
    @staff_with(Verb.HANDLE_CASES)
    def view(request: MemberRequest, reference: str) -> HttpResponse:
        found = complaint_or_404(request.user, reference)
        kind = FORMS.get(name)
        form = kind(request.POST, auto_id=f"{name}_%s") if kind else None
        if form is not None and not form.is_valid():
            return _page(request, found, {name: form})
        try:
            _check_fresh(request, found)
            act(found, form, {"by": request.user, "at": business_now()})
        except MissingVerb:
            raise
        except REFUSALS as refusal:
            if form is not None:
                form.add_error(None, str(refusal))
                return _page(request, complaint_or_404(request.user, reference), {name: form})
            messages.error(request, str(refusal))
        else:
            messages.success(request, done())
        return _back(found)

    view.__name__, view.__doc__ = name, act.__doc__
    return view


def _back(found: Complaint) -> HttpResponse:
    return redirect("complaints:complaint", reference=found.case.reference)


def _check_fresh(request: MemberRequest, found: Complaint) -> None:
    """Where the page says which version it showed, somebody else may have changed the complaint since."""
    if request.POST.get("version", str(found.case.version)) != str(found.case.version):
        raise StaleRow


def _inquire(found: Complaint, form: Any, when: dict[str, Any]) -> None:
    given = dict(form.cleaned_data)
    is_to_contact = given.pop("is_to_contact")
    looking_into.inquire(complaint=found, to=Target(**given), is_to_contact=is_to_contact, **when)


def _decision(form: Any) -> Decision:
    given = {name: form.cleaned_data[name] for name in ("text", "way", "finding", "language")}
    if isinstance(form, AnswerForm):
        return Decision(outcome=form.cleaned_data["outcome"], works=[Work(**one) for one in form.works()], **given)
    return Decision(outcome="", **given)


investigate = _act("investigate", lambda: _("You look into it now."), lambda c, _f, w: looking_into.investigate(complaint=c, **w))
ask = _act(
    "ask",
    lambda: _("The question is kept. The complaint waits for the customer."),
    lambda c, f, w: looking_into.ask_customer(complaint=c, **f.cleaned_data, **w),
)
inquire = _act("inquire", lambda: _("They are asked. Their answer comes here."), _inquire)
judge = _act("judge", lambda: _("Your judgement is kept."), lambda c, f, w: looking_into.judge(complaint=c, **f.cleaned_data, **w))
whom = _act("whom", lambda: _("It is kept from them from now on."), lambda c, f, w: accusing.say_whom(complaint=c, **f.cleaned_data, **w))
answer = _act(
    "answer", lambda: _("The complaint is answered."), lambda c, f, w: complaint_answers.answer(complaint=c, decision=_decision(f), **w)
)
refuse = _act(
    "refuse",
    lambda: _("The complaint is refused, and the customer has the reason."),
    lambda c, f, w: complaint_answers.refuse(complaint=c, decision=_decision(f), **w),
)
stop_waiting = _act(
    "stop_waiting", lambda: _("We go on."), lambda c, _f, w: casework.operations.move_case(case=c.case, verb="stop_waiting", **w)
)
close = _act("close", lambda: _("The complaint is closed."), lambda c, _f, w: casework.operations.move_case(case=c.case, verb="close", **w))
reopen = _act(
    "reopen",
    lambda: _("The complaint is open again."),
    lambda c, f, w: casework.operations.reopen_case(case=c.case, **f.cleaned_data, **w),
)


@require_POST
@staff_with(Verb.HANDLE_CASES)
def work_done(request: MemberRequest, reference: str, pk: int) -> HttpResponse:
    """What was promised in words is done."""
    found = complaint_or_404(request.user, reference)
    work = get_object_or_404(FollowUpWork.objects.select_related("answer"), pk=pk, answer__case=found.case, work=None)
    try:
        complaint_answers.finish_work(work=work, by=request.user, at=business_now())
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Noted: that is done."))
    return _back(found)


@require_POST
@staff_with(Verb.HANDLE_CASES)
def clear(request: MemberRequest, reference: str, number: str) -> HttpResponse:
    """A colleague was named by mistake."""
    found = complaint_or_404(request.user, reference)
    staff = get_object_or_404(Staff, number=number)
    accusing.clear(complaint=found, staff=staff, by=request.user, at=business_now())
    messages.success(request, _("It is not about them any more."))
    return _back(found)
