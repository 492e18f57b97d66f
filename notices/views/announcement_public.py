"""What is announced, for everybody: a page and a feed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.clock import business_now

from ..queries.announcement_lines import lines


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
