"""What is announced, for everybody: a page and a feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.clock import business_now
from accounts.queries.places import short_names

from ..models import Announcement
from ..queries.announcements import public_announcements

_MOST = 50


@dataclass(frozen=True)
class Line:
    """One of them in the reader's language, or in the house's."""

    key: int
    title: str
    text: str
    language: str
    at: datetime
    places: Sequence[str]
    is_safety: bool


def lines(at: datetime) -> list[Line]:
    """What stands on the page now, the newest first."""
    return [_line(row) for row in public_announcements(at)[:_MOST]]


def _line(row: Announcement) -> Line:
    words = row.words
    where = short_names(list(row.territories.all()))
    return Line(row.pk, words.title, words.text, words.language, row.publish_at or row.created_at, where, row.is_safety)


@require_safe
def public_page(request: HttpRequest) -> HttpResponse:
    """What we announce, newest first, with when each was published."""
    return render(request, "notices/announcement_public.html", {"lines": lines(business_now())})


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The same as Atom."""
    page = settings.SITE_URL + reverse("notices:public_announcements")
    built = Atom1Feed(title=_("Announcements"), link=page, description="", language=get_language(), feed_url=f"{page[:-1]}.atom")
    for line in lines(business_now()):
        where = f"{page}#announcement-{line.key}"
        built.add_item(title=line.title, link=where, unique_id=where, description=line.text, pubdate=line.at, updateddate=line.at)
    return HttpResponse(built.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
