"""Help for everybody: frequent questions, sections, a search, articles, and whether they helped."""

from typing import Any

import segno
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import Actor, System
from accounts.clock import business_now
from accounts.models import User
from accounts.throttles import Pace, may_ask

from .. import article_words, permissions
from ..knowledge_forms import HelpfulForm
from ..models import Audience, Section
from ..operations.knowledge_feedback import say_of_article
from ..queries import articles, knowledge

#: Somebody who types is looked up for at each pause.
_SEARCH, _SAY = Pace("knowledge_search", "90/min"), Pace("knowledge_feedback", "20/hour")
_PAGE, _FOUND = 40, 10
READER = System("reader")


@require_safe
def help_home(request: HttpRequest) -> HttpResponse:
    """Frequent questions, sections, and the search."""
    return render(request, "notices/help_home.html", _home(request))


@require_http_methods(["GET", "POST"])
def help_search(request: HttpRequest) -> HttpResponse:
    """What fits the words that were typed; they come in the body, since they may be about somebody."""
    words = request.POST.get("q", "").strip()
    if request.method == "GET" or not words:
        return render(request, "notices/help_home.html#found", {}) if request.headers.get("HX-Request") else redirect("notices:help")
    is_often = not may_ask(request, _SEARCH)
    hits = [] if is_often else knowledge.find(words=words, language=_language(), audience=_audience(request), limit=_FOUND)
    context = {"words": words, "hits": hits, "is_asked": True, "is_often": is_often}
    name = "notices/help_home.html#found" if request.headers.get("HX-Request") else "notices/help_home.html"
    return render(
        request, name, context if request.headers.get("HX-Request") else {**_home(request), **context}, status=429 if is_often else 200
    )


@require_safe
def help_section(request: HttpRequest, section: str) -> HttpResponse:
    """Every article of a section."""
    if section not in Section.values:
        raise Http404
    rows = articles.titles(language=_language(), audience=_audience(request), section=section)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    if not page.object_list:
        raise Http404
    return render(request, "notices/help_section.html", {"section": Section(section), "page": page})


@require_safe
def help_article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article; of one that was withdrawn, that there was one and where to look instead."""
    found = articles.reading(slug, language=_language(), audience=_audience(request))
    if found is None:
        gone = articles.withdrawn(slug)
        if gone is None:
            raise Http404
        return render(request, "notices/help_withdrawn.html", {"article": gone}, status=410)
    return _page(request, found)


@require_POST
def help_feedback(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep whether it helped; once a visit for each article."""
    found = articles.reading(slug, language=_language(), audience=_audience(request))
    if found is None:
        raise Http404
    form = HelpfulForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    said = request.session.setdefault("said_of", [])
    if slug not in said and may_ask(request, _SAY):
        useful, words = form.cleaned_data["useful"] == "yes", form.cleaned_data["words"]
        say_of_article(text=found.text, is_useful=useful, words=words, by=_reader(request), at=business_now())
        request.session["said_of"] = [*said, slug][-50:]
    return redirect(f"{request.path.removesuffix('feedback/')}#helped")


def _page(request: HttpRequest, found: articles.Reading, *, form: HelpfulForm | None = None, status: int = 200) -> HttpResponse:
    slug = found.article.slug
    link = f"{settings.SITE_URL}/help/{slug}/"
    context = {
        "reading": found,
        "blocks": article_words.blocks(found.text.body),
        "form": form or HelpfulForm(),
        "has_said": slug in request.session.get("said_of", []),
        "link": link,
        "qr": mark_safe(segno.make(link, error="m", micro=False).svg_inline(border=2, omitsize=True)),
        "section": Section(found.article.section),
    }
    return render(request, "notices/help_article.html", context, status=status)


def _home(request: HttpRequest) -> dict[str, Any]:
    audience = _audience(request)
    common = articles.titles(language=_language(), audience=Audience.PUBLIC, common=True)
    return {"common": common, "shelves": articles.shelves(audience)}


def _audience(request: HttpRequest) -> Audience:
    return Audience.STAFF if permissions.is_colleague(_reader(request), at=business_now()) else Audience.PUBLIC


def _reader(request: HttpRequest) -> Actor:
    user = request.user
    return user if isinstance(user, User) else READER


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
