"""News for everybody: the stream, its archive, one of them, and a feed."""

from datetime import UTC

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.clock import business_now
from accounts.permissions import may
from notices import announcement_permissions
from notices.models import NewsCategory
from notices.queries import news as told

from ..qr import qr_of
from ..queries import news_stream

#: Before that year nobody asks for news.
_FIRST = 1990


@require_safe
def news(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The newest first, or those of a year; of one category where one is asked for."""
    at, category = business_now(), request.GET.get("about", "")
    if category and category not in NewsCategory.values:
        raise Http404
    if year is not None and not _FIRST <= year <= timezone.localtime(at).year:
        raise Http404
    context = {
        "items": news_stream.stream(at=at, category=category, year=year, most=None if year else news_stream.MOST),
        "categories": [(one.value, one.label) for one in NewsCategory],
        "category": category,
        "years": news_stream.years(at),
        "year": year,
        "now": at,
        "may_write": request.user.is_authenticated and may(announcement_permissions.check_may_announce, request.user, at=at),
    }
    return render(request, "desk/site/news.html", context)


@require_safe
def news_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them with its corrections; of one that was withdrawn, that it was, when and why."""
    row = told.public_news(pk)
    if row is None:
        raise Http404
    if row.is_withdrawn:
        return render(request, "desk/site/news_withdrawn.html", {"news": row}, status=410)
    item = news_stream.news_item(row)
    context = {"news": row, "item": item, "corrections": told.corrections_of(row), "qr": qr_of(item.url if item else "")}
    return render(request, "desk/site/news_item.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest as Atom, in the reader's language."""
    page = settings.SITE_URL + reverse("desk:news")
    title = _("News: %(company)s") % {"company": settings.COMPANY["name"]}
    feed_url = settings.SITE_URL + reverse("desk:news_feed")
    built = Atom1Feed(title=title, link=page, description="", language=get_language(), feed_url=feed_url)
    for item in news_stream.stream(at=business_now(), most=news_stream.MOST):
        built.add_item(
            title=item.title,
            link=settings.SITE_URL + item.url,
            description=item.text,
            unique_id=f"urn:pilotlight:{item.code}",
            categories=[item.category],
            pubdate=item.at.astimezone(UTC),
            updateddate=(item.corrected_at or item.at).astimezone(UTC),
        )
    return HttpResponse(built.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
