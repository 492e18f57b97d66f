"""Questions to departments: ask, answer, drop; the answer becomes the draft of an article."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import casework.permissions
from accounts.clock import business_now
from accounts.permissions import may
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.references import tidy

from .. import permissions
from ..knowledge_forms import AnswerForm, QuestionForm, WhyForm
from ..models import AskedQuestion
from ..operations import knowledge_questions
from ..operations.knowledge_questions import NewQuestion, NoLongerOpen
from ..operations.knowledge_writing import NothingWritten
from ..queries import articles


@require_safe
@staff_with(Verb.WRITE_KNOWLEDGE)
def question_list(request: MemberRequest) -> HttpResponse:
    """What departments are asked, and what was settled last."""
    context = {"questions": articles.open_questions(), "settled": articles.settled_questions(), "now": business_now()}
    return render(request, "notices/question_list.html", context)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.WRITE_KNOWLEDGE)
def question_ask(request: MemberRequest) -> HttpResponse:
    """Ask a department. What was typed into the search comes along in the body."""
    is_sent = request.method == "POST" and "department" in request.POST
    begun = {"language": get_language(), "text": request.POST.get("text", ""), "reference": request.POST.get("reference", "")}
    form = QuestionForm(request.POST if is_sent else None, initial=begun)
    if is_sent and form.is_valid():
        question = _question(request, form)
        if question is not None:
            asked = knowledge_questions.ask_department(question=question, by=request.user, at=business_now())
            messages.success(request, _("The department has the question. You hear of its answer by a notice."))
            return redirect("notices:question", asked.pk)
    return render(request, "notices/question_ask.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@staff_with(Verb.WRITE_KNOWLEDGE)
def question_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """One question with its answer or the way to give one."""
    return _page(request, get_object_or_404(AskedQuestion, pk=pk))


@require_POST
@staff_with(Verb.WRITE_KNOWLEDGE)
def question_answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer it; somebody else publishes the article."""
    question, form = _to_be_answered(request, pk), AnswerForm(request.POST)
    if form.is_valid():
        try:
            answer = form.cleaned_data["answer"]
            article = knowledge_questions.answer_question(question=question, answer=answer, by=request.user, at=business_now())
        except (NoLongerOpen, NothingWritten) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Whoever asked hears it now. Make it an article for everybody: a title, a section, then offer it."))
            return redirect("notices:knowledge_article", article.slug)
    return _page(request, question, {"form": form}, 422)


@require_POST
@staff_with(Verb.WRITE_KNOWLEDGE)
def question_drop(request: MemberRequest, pk: int) -> HttpResponse:
    """Settle it without an answer of its own."""
    question, form = _to_be_answered(request, pk), WhyForm(request.POST, auto_id="drop_%s")
    if form.is_valid():
        try:
            knowledge_questions.drop_question(question=question, why=form.cleaned_data["why"], by=request.user, at=business_now())
        except NoLongerOpen as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("notices:question", pk)
    return _page(request, question, {"drop": form}, 422)


def _question(request: MemberRequest, form: QuestionForm) -> NewQuestion | None:
    given, case = form.cleaned_data, None
    if reference := given["reference"].strip():
        case = casework.permissions.visible_cases(request.user, business_now()).filter(reference=tidy(reference)).first()
        if case is None:
            form.add_error("reference", _("There is no such case."))
            return None
    return NewQuestion(text=given["text"], language=given["language"], department=given["department"], case=case)


def _to_be_answered(request: MemberRequest, pk: int) -> AskedQuestion:
    """Of this reader's department; others are refused before anything they typed is looked at."""
    question = get_object_or_404(AskedQuestion, pk=pk)
    permissions.check_may_answer(request.user, question, at=business_now())
    return question


def _page(request: MemberRequest, question: AskedQuestion, forms: Any = None, status: int = 200) -> HttpResponse:
    context = {
        "question": question,
        "now": business_now(),
        "may_answer": may(permissions.check_may_answer, request.user, question, at=business_now()),
        "form": AnswerForm(),
        "drop": WhyForm(auto_id="drop_%s"),
        **(forms or {}),
    }
    return render(request, "notices/question.html", context, status=status)
