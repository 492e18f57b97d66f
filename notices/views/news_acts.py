"""What is done with news: let out, read by somebody else, sent back, withdrawn, given up; corrections; what has changed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.clock import business_now
from accounts.permissions import Forbidden
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import StaleRow, WrongMove

from ..announcement_forms import ReasonForm
from ..knowledge_forms import ChangedForm
from ..models import News, NewsCorrection
from ..news_forms import LookedForm
from ..operations import news as operations
from ..operations.news_corrections import apply_correction, refuse_correction
from ..operations.news_refusals import BadNews
from ..operations.page_changes import tell_news_changed
from .news import news_or_404, news_page


@require_POST
@staff_with(Verb.ANNOUNCE)
def news_let_out(request: MemberRequest, pk: int) -> HttpResponse:
    row, at = news_or_404(pk), business_now()
    return _act(request, row, lambda: operations.let_out(news=row, by=request.user, at=at), lambda: _let_out(row))


@require_POST
@staff_with(Verb.APPROVE_ANNOUNCEMENTS)
def news_approve(request: MemberRequest, pk: int) -> HttpResponse:
    """As many marks as the page showed: who saw other words looks again."""
    row, at, form = news_or_404(pk), business_now(), LookedForm(request.POST)
    if not form.is_valid() or request.POST.get("version") != str(row.version):
        return _refuse(request, row, str(StaleRow()))
    looked = form.cleaned_data["looked_at"]
    return _act(request, row, lambda: operations.approve_news(news=row, looked_at=looked, by=request.user, at=at), lambda: _let_out(row))


@require_POST
@staff_with(Verb.APPROVE_ANNOUNCEMENTS)
def news_send_back(request: MemberRequest, pk: int) -> HttpResponse:
    row, at, form = news_or_404(pk), business_now(), ReasonForm(request.POST, auto_id="back_%s")
    if not form.is_valid():
        return news_page(request, row, {"back": form})
    reason = form.cleaned_data["reason"]
    return _act(
        request,
        row,
        lambda: operations.send_news_back(news=row, reason=reason, by=request.user, at=at),
        lambda: _("Sent back to its writer."),
    )


@require_POST
@staff_with(Verb.ANNOUNCE)
def news_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """With a reason that everybody reads."""
    row, at, form = news_or_404(pk), business_now(), ReasonForm(request.POST, auto_id="withdraw_%s")
    if form.is_valid():
        try:
            operations.withdraw_news(news=row, reason=form.cleaned_data["reason"], by=request.user, at=at)
        except BadNews as refusal:
            form.add_error("reason", str(refusal))
        except (WrongMove, StaleRow) as refusal:
            return _refuse(request, row, str(refusal))
        else:
            messages.success(request, _("Withdrawn. Its page says so, and why."))
            return redirect("notices:news", row.pk)
    return news_page(request, row, {"withdraw": form})


@require_POST
@staff_with(Verb.ANNOUNCE)
def news_drop(request: MemberRequest, pk: int) -> HttpResponse:
    row, at = news_or_404(pk), business_now()
    return _act(request, row, lambda: operations.drop_news(news=row, by=request.user, at=at), lambda: _("Given up."))


@require_POST
@staff_with(Verb.APPROVE_ANNOUNCEMENTS)
def correction_apply(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    row, at = news_or_404(pk), business_now()
    waits = _correction(row, number)
    done = _("Corrected. The page says so.")
    return _act(request, row, lambda: apply_correction(correction=waits, by=request.user, at=at), lambda: done)


@require_POST
@staff_with(Verb.ANNOUNCE)
def correction_refuse(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    row, at, form = news_or_404(pk), business_now(), ReasonForm(request.POST, auto_id="refuse_%s")
    waits = _correction(row, number)
    if not form.is_valid():
        return news_page(request, row, {"refuse": form})
    reason = form.cleaned_data["reason"]
    return _act(
        request,
        row,
        lambda: refuse_correction(correction=waits, reason=reason, by=request.user, at=at),
        lambda: _("The words stay as they are."),
    )


@require_POST
@staff_with(Verb.WRITE_KNOWLEDGE)
def news_changed(request: MemberRequest, pk: int) -> HttpResponse:
    """What it tells of has changed."""
    row, at, form = news_or_404(pk), business_now(), ChangedForm(request.POST, auto_id="changed_%s")
    if not row.is_published:
        raise Http404
    if not form.is_valid():
        return news_page(request, row, {"changed": form})
    tell_news_changed(news=row, reason=form.cleaned_data["what"], by=request.user, at=at)
    messages.success(request, _("Noted: better words are due within one working day."))
    return redirect("notices:news", row.pk)


def _correction(row: News, number: int) -> NewsCorrection:
    waits = row.corrections.filter(number=number, applied_at=None, refused_at=None).first()
    if waits is None:
        raise Http404
    waits.news = row
    return waits


def _let_out(row: News) -> str:
    if row.is_offered:
        return _("Somebody else reads it before everybody does.")
    return _("Published. Everybody can read it now.") if row.is_published else _("It is on the page from its hour on.")


def _act(request: MemberRequest, row: News, act: Callable[[], object], done: Callable[[], str]) -> HttpResponse:
    """Do it, or say why not; back to its page."""
    try:
        act()
    except (BadNews, WrongMove, StaleRow, Forbidden) as refusal:
        return _refuse(request, row, str(refusal))
    messages.success(request, done())
    return redirect("notices:news", row.pk)


def _refuse(request: MemberRequest, row: News, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect("notices:news", row.pk)
