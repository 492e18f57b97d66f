"""Answers that we published, for everybody: the list, the search, one of them, a feed. Nothing of them is kept by a cache.

What somebody looks for travels in the body, never in an address. An answer that was taken back is 410 with when and why.
"""

from datetime import UTC

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.throttles import Pace, may_ask

from ..forms.publications import AnswersSearchForm
from ..models import Publication, PublicationFile
from ..queries import published

_PACE = Pace("answers", "60/min")
#: On one page, and in the feed.
_MOST = 50


@never_cache
@require_http_methods(["GET", "POST"])
def answers(request: HttpRequest) -> HttpResponse:
    """By section, the newest first; or what holds the words that somebody typed."""
    form, language = AnswersSearchForm(request.POST or None), get_language() or "en"
    is_often = request.method == "POST" and not may_ask(request, _PACE)
    words, section = ("", "") if not form.is_valid() else (form.cleaned_data["words"].strip(), form.cleaned_data["section"])
    if words and not is_often:
        rows = published.find(words=words, language=language, section=section, limit=_MOST)
    else:
        rows = list(published.published(language=language, section=section)[:_MOST])
    context = {"form": form, "rows": rows, "words": words, "is_often": is_often, "sections": published.sections(language=language)}
    return _quiet(render(request, "complaints/answers.html", context, status=429 if is_often else 200))


@never_cache
@require_safe
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """One of them; of one that was taken back, that it was."""
    row = published.one_of(number)
    if row is None:
        raise Http404
    return _quiet(render(request, "complaints/answer_published.html", {"row": row}, status=410 if row.is_withdrawn else 200))


@never_cache
@require_safe
def answer_file(request: HttpRequest, number: int, file: int) -> HttpResponseBase:
    """A file beside a published answer."""
    row = published.one_of(number)
    if row is None or row.is_withdrawn:
        raise Http404
    found = row.files.filter(number=file).first()
    if found is None:
        raise Http404
    return _quiet(handed_out(found))


def handed_out(row: PublicationFile) -> FileResponse:
    """The bytes as a download under a name of ours; it runs nowhere, and no cache keeps it."""
    try:
        file = default_storage.open(row.file)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, as_attachment=True, filename=row.public_name, content_type=row.content_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@never_cache
@require_safe
def answers_feed(request: HttpRequest) -> HttpResponse:
    """The newest answers (Atom); one that was taken back stands there no more."""
    page, language = settings.SITE_URL + reverse("complaints:answers"), get_language() or "en"
    title = _("Published answers: %(company)s") % {"company": settings.COMPANY["name"]}
    feed = Atom1Feed(title=title, link=page, description="", language=language, feed_url=page + "feed/")
    for row in published.published(language=language)[:_MOST]:
        _add(feed, row)
    return _quiet(HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"))


def _add(feed: Atom1Feed, row: Publication) -> None:
    assert row.published_at is not None
    moment = row.published_at.astimezone(UTC)
    link = settings.SITE_URL + reverse("complaints:answer", args=[row.number])
    ours = f"urn:pilotlight:answer:{row.number}"
    feed.add_item(title=row.question, link=link, description=row.answer, unique_id=ours, pubdate=moment, updateddate=moment)


def _quiet[R: HttpResponseBase](response: R) -> R:
    """Machines that search the web may lead here, and keep no copy: what is taken back must be gone."""
    response["X-Robots-Tag"] = "noarchive"
    return response
