"""The knowledge base as colleagues keep it: what waits, one article in its languages, a new one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import business_date, business_now
from accounts.permissions import may
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from .. import article_words, permissions
from ..knowledge_forms import ArticleForm, ChangedForm, WhyForm, wording_form
from ..models import Article, Audience
from ..operations.knowledge_writing import NameTaken, NothingWritten, begin_article
from ..queries import articles, knowledge
from ..queries.site_pages import open_changes

_FOUND = 8


@require_safe
@staff_with(Verb.WRITE_KNOWLEDGE)
def knowledge_list(request: MemberRequest) -> HttpResponse:
    """What waits for somebody, and every section."""
    at = business_now()
    today = business_date(at)
    context = {
        "now": at,
        "offered": articles.offered(),
        "older": articles.older_translations()[:20],
        "due": Article.objects.filter(review_by__lte=today, withdrawn_at=None).order_by("review_by", "slug")[:20],
        "unhelpful": articles.complaints_of_readers()[:20],
        "questions": articles.open_questions(),
        "shelves": articles.shelves(Audience.STAFF),
    }
    return render(request, "notices/knowledge_list.html", context)


@require_POST
@staff_with(Verb.WRITE_KNOWLEDGE)
def knowledge_search(request: MemberRequest) -> HttpResponse:
    """The panel beside a call: what fits, as a part of whatever page the panel stands on; as a page without JavaScript."""
    words = request.POST.get("q", "").strip()
    hits = knowledge.find(words=words, language=get_language() or "", audience=Audience.STAFF, limit=_FOUND) if words else []
    context = {"words": words, "hits": hits, "is_asked": bool(words), "reference": request.POST.get("reference", "")[:20]}
    name = "notices/knowledge_found.html" if request.headers.get("HX-Request") else "notices/knowledge_search.html"
    return render(request, name, context)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.WRITE_KNOWLEDGE)
def knowledge_new(request: MemberRequest) -> HttpResponse:
    """Begin an article."""
    form = ArticleForm(request.POST or None, initial={"language": get_language()})
    if form.is_valid():
        try:
            wording = form.wording(form.cleaned_data["language"])
            article = begin_article(article=form.article(), wording=wording, by=request.user, at=business_now())
        except (NameTaken, NothingWritten) as refusal:
            form.add_error("slug" if isinstance(refusal, NameTaken) else "title", str(refusal))
        else:
            messages.success(request, _("The draft is kept. Offer it when it is ready: somebody else publishes it."))
            return redirect("notices:knowledge_article", article.slug)
    return render(request, "notices/knowledge_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@staff_with(Verb.WRITE_KNOWLEDGE)
def knowledge_article(request: MemberRequest, slug: str) -> HttpResponse:
    """One article in every language."""
    return article_page(request, get_object_or_404(Article, slug=slug))


def article_page(request: MemberRequest, article: Article, forms: Any = None, status: int = 200) -> HttpResponse:
    """The page of an article, with a form that was refused in place of its own."""
    at = business_now()
    forms = forms or {}
    context = {
        "article": article,
        "tongues": [_shown(article, tongue, forms, request.user.actor_label) for tongue in articles.tongues(article)],
        "may_publish": may(permissions.check_may_publish_knowledge, request.user, at=at),
        "withdraw_form": forms.get("withdraw") or WhyForm(auto_id="withdraw_%s"),
        "changed_form": forms.get("changed") or ChangedForm(),
        "changes": open_changes(article.timeline_id),
        "is_due": article.review_by <= business_date(at),
        "feedback": article.feedback.order_by("-at", "-pk")[:10],
        "helped": article.feedback.filter(is_useful=True).count(),
        "said": article.feedback.count(),
    }
    return render(request, "notices/knowledge_article.html", context, status=status)


def _shown(article: Article, tongue: articles.Tongue, forms: Any, me: str) -> dict[str, Any]:
    return {
        "tongue": tongue,
        "form": forms.get(tongue.code) or wording_form(tongue, article),
        "back": WhyForm(auto_id=f"{tongue.code}_back_%s"),
        "current": article_words.blocks(tongue.current.body) if tongue.current else [],
        "preview": article_words.blocks(tongue.draft.body) if tongue.draft else [],
        "is_mine": bool(tongue.draft and tongue.draft.written_by == me),
    }
