"""The buttons of an article: keep a draft, offer it, publish it, send it back; look at an article, tell that it changed, withdraw it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..knowledge_forms import ChangedForm, WhyForm, wording_form
from ..models import Article, ArticleFeedback, ArticleText
from ..operations import knowledge_feedback, knowledge_publishing, knowledge_writing
from ..operations.knowledge_publishing import AlreadyWithdrawn, OwnWords, PermanentArticle
from ..operations.knowledge_writing import NoSuchDraft, NothingWritten
from ..queries import articles
from .knowledge_staff import article_page


@require_POST
@staff_with(Verb.WRITE_KNOWLEDGE)
def text_draft(request: MemberRequest, slug: str, language: str) -> HttpResponse:
    """Keep words as a draft."""
    article = get_object_or_404(Article, slug=slug)
    tongue = next((one for one in articles.tongues(article) if one.code == language), None)
    if tongue is None:
        raise Http404
    form = wording_form(tongue, article, request.POST)
    if not form.is_valid():
        return article_page(request, article, {language: form}, 422)
    knowledge_writing.draft_text(article=article, wording=form.wording(language), by=request.user, at=business_now())
    messages.success(request, _("The draft is kept. Offer it when it is ready: somebody else publishes it."))
    return redirect("notices:knowledge_article", slug)


@require_POST
@staff_with(Verb.WRITE_KNOWLEDGE)
def text_offer(request: MemberRequest, slug: str, language: str) -> HttpResponse:
    """Ask for a second pair of eyes."""
    return _act(request, slug, language, knowledge_writing.offer_text, _("It waits for somebody else to look at it."))


@require_POST
@staff_with(Verb.PUBLISH_KNOWLEDGE)
def text_publish(request: MemberRequest, slug: str, language: str) -> HttpResponse:
    """Let it be read."""
    return _act(request, slug, language, knowledge_publishing.publish_text, _("It can be read and found now."))


@require_POST
@staff_with(Verb.PUBLISH_KNOWLEDGE)
def text_send_back(request: MemberRequest, slug: str, language: str) -> HttpResponse:
    """Give it back to its writer."""
    why = request.POST.get("why", "")
    return _act(request, slug, language, knowledge_writing.send_back, _("It went back to its writer."), why=why)


@require_POST
@staff_with(Verb.WRITE_KNOWLEDGE)
def text_discard(request: MemberRequest, slug: str, language: str) -> HttpResponse:
    """Throw a draft away."""
    return _act(request, slug, language, knowledge_writing.discard_text, _("The draft is thrown away."))


@require_POST
@staff_with(Verb.WRITE_KNOWLEDGE)
def article_reviewed(request: MemberRequest, slug: str) -> HttpResponse:
    """It still holds."""
    knowledge_publishing.confirm_review(article=get_object_or_404(Article, slug=slug), by=request.user, at=business_now())
    messages.success(request, _("Noted: it still holds."))
    return redirect("notices:knowledge_article", slug)


@require_POST
@staff_with(Verb.WRITE_KNOWLEDGE)
def article_changed(request: MemberRequest, slug: str) -> HttpResponse:
    """What it tells of has changed."""
    article, form = get_object_or_404(Article, slug=slug), ChangedForm(request.POST)
    if not form.is_valid():
        return article_page(request, article, {"changed": form}, 422)
    knowledge_publishing.tell_change(article=article, reason=form.cleaned_data["what"], by=request.user, at=business_now())
    messages.success(request, _("Noted: better words are due within one working day."))
    return redirect("notices:knowledge_article", slug)


@require_POST
@staff_with(Verb.PUBLISH_KNOWLEDGE)
def article_withdraw(request: MemberRequest, slug: str) -> HttpResponse:
    """Take it out of everybody's sight, with a reason."""
    article, form = get_object_or_404(Article, slug=slug), WhyForm(request.POST, auto_id="withdraw_%s")
    if form.is_valid():
        try:
            knowledge_publishing.withdraw_article(article=article, why=form.cleaned_data["why"], by=request.user, at=business_now())
        except (PermanentArticle, AlreadyWithdrawn) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Nobody finds it any more; its address says that it was withdrawn."))
            return redirect("notices:knowledge")
    return article_page(request, article, {"withdraw": form}, 422)


@require_POST
@staff_with(Verb.WRITE_KNOWLEDGE)
def feedback_settle(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody looked at what a reader missed."""
    knowledge_feedback.settle_feedback(feedback=get_object_or_404(ArticleFeedback, pk=pk), by=request.user, at=business_now())
    return redirect("notices:knowledge")


def _act(request: MemberRequest, slug: str, language: str, act: Any, done: str, **more: str) -> HttpResponse:
    """One verb on the draft as it was looked at: the form carries when it was written."""
    article = get_object_or_404(Article, slug=slug)
    try:
        draft = ArticleText.objects.filter(article=article, language=language, published_at=None).select_related("article").first()
        if draft is None or draft.written_at.isoformat() != request.POST.get("written_at", ""):
            raise NoSuchDraft
        act(text=draft, by=request.user, at=business_now(), **more)
    except (NoSuchDraft, NothingWritten, OwnWords, AlreadyWithdrawn) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("notices:knowledge_article", slug)
