"""News for those who write them: the list, one with what can be done, and the forms to write and to correct."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.clock import business_now
from accounts.permissions import may, verbs_of
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import StaleRow

from .. import announcement_permissions
from ..announcement_forms import ReasonForm
from ..knowledge_forms import ChangedForm
from ..models import News, NewsCategory
from ..news_forms import CorrectionForm, LookedForm, NewsForm
from ..operations import news as operations
from ..operations.news_corrections import correct_news
from ..operations.news_refusals import BadNews
from ..personal_words import pieces
from ..queries import news as found
from ..queries.site_pages import open_changes

_PAGE = 50


def news_or_404(key: int) -> News:
    """One of them, or none."""
    row = found.all_news().filter(pk=key).first()
    if row is None:
        raise Http404
    return row


@require_safe
@staff_with(Verb.HANDLE_CASES)
def news_list(request: MemberRequest) -> HttpResponse:
    """All of them, the newest first; what waits for a second reader is said above."""
    at = business_now()
    verbs = verbs_of(request.user, at)
    page = Paginator(found.all_news(), _PAGE).get_page(request.GET.get("page"))
    waiting = found.waiting_news() if Verb.APPROVE_ANNOUNCEMENTS in verbs else 0
    lines = [{"news": row, "words": found.words_of(row)} for row in page]
    context = {"page": page, "lines": lines, "waiting": waiting, "may_write": Verb.ANNOUNCE in verbs, "now": at}
    return render(request, "notices/news_list.html", context)


@require_safe
@staff_with(Verb.HANDLE_CASES)
def news(request: MemberRequest, pk: int) -> HttpResponse:
    """One of them: its words, what is marked in them, what can be done."""
    return news_page(request, news_or_404(pk))


def news_page(request: MemberRequest, row: News, wrong: dict[str, Form] | None = None) -> HttpResponse:
    """The page of one, with a form that was refused in place of its own."""
    at, marks = business_now(), operations.marks_of(row)
    corrections = list(row.corrections.select_related("proposed_by", "applied_by").order_by("-number"))
    waits = next((one for one in corrections if not (one.applied_at or one.refused_at)), None)
    forms: dict[str, Form] = {
        "back": ReasonForm(auto_id="back_%s"),
        "withdraw": ReasonForm(auto_id="withdraw_%s"),
        "refuse": ReasonForm(auto_id="refuse_%s"),
        "approve": LookedForm(initial={"looked_at": marks}),
        "changed": ChangedForm(auto_id="changed_%s"),
    }
    context: dict[str, Any] = {
        "news": row,
        "words": found.words_of(row),
        "texts": [{"text": text, "title": pieces(text.title), "body": pieces(text.text)} for text in row.texts.all()],
        "marks": marks,
        "corrections": corrections,
        "waits": waits,
        "changes": open_changes(row.timeline_id),
        "forms": {**forms, **(wrong or {})},
        "may_write": may(announcement_permissions.check_may_announce, request.user, at=at),
        "may_approve": may(announcement_permissions.check_may_approve, request.user, waits or row, at=at),
        "now": at,
    }
    return render(request, "notices/news.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.ANNOUNCE)
def news_new(request: MemberRequest) -> HttpResponse:
    """Write one; ``about`` is something that the stream shows by itself and that is to be told better."""
    about = request.GET.get("about", "")[:40]
    category = {"tariff": NewsCategory.TARIFF, "outage": NewsCategory.SWITCH_OFF}.get(about.partition(":")[0], NewsCategory.SERVICE)
    form = NewsForm(request.POST or None, initial={"about": about, "category": category})
    if form.is_valid():
        try:
            row = operations.write_news(draft=form.draft(), by=request.user, at=business_now())
        except BadNews as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept. Nobody else reads it yet: look at it, then let it out."))
            return redirect("notices:news", row.pk)
    context = {"form": form, "title": _("Write news")}
    return render(request, "notices/news_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.ANNOUNCE)
def news_change(request: MemberRequest, pk: int) -> HttpResponse:
    """Other words, as long as it is a draft."""
    row = news_or_404(pk)
    hour = {"publish_at": row.publish_at and timezone.localtime(row.publish_at)}
    form = NewsForm(request.POST or None, news=row, initial=hour)
    if form.is_valid():
        try:
            operations.rewrite_news(news=row, draft=form.draft(), by=request.user, at=business_now())
        except (BadNews, StaleRow) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Changed."))
            return redirect("notices:news", row.pk)
    context = {"form": form, "title": _("Change the news"), "news": row}
    return render(request, "notices/news_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.ANNOUNCE)
def news_correct(request: MemberRequest, pk: int) -> HttpResponse:
    """Better words for what is out, with what was wrong."""
    row = news_or_404(pk)
    form = CorrectionForm(request.POST or None, news=row)
    if form.is_valid():
        try:
            done = correct_news(news=row, texts=form.said(), notes=form.notes(), by=request.user, at=business_now())
        except (BadNews, StaleRow) as refusal:
            form.add_error(None, str(refusal))
        else:
            waits = _("Somebody else reads it before everybody does.")
            messages.success(request, _("Corrected. The page says so.") if done.applied_at else waits)
            return redirect("notices:news", row.pk)
    context = {"form": form, "title": _("Correct the news"), "news": row}
    return render(request, "notices/news_form.html", context, status=422 if form.errors else 200)
