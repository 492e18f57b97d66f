"""Interruptions as a feed (Atom), for whoever wants to be told. No names, no doors."""

from datetime import UTC
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.clock import business_now

from ..queries import outage_public as outages
from ..queries.outage_public import PublicLine


@require_safe
def public_feed(request: HttpRequest) -> HttpResponse:
    """For whoever wants to be told (Atom)."""
    page = settings.SITE_URL + reverse("repairs:public_outages")
    title = _("Interruptions of supply: %(company)s") % {"company": settings.COMPANY["name"]}
    feed = Atom1Feed(title=title, link=page, description="", language=get_language() or "en", feed_url=page)
    for line in outages.public_lines(business_now()):
        one = line.outage
        latest = one.ended_at or one.began_at or one.announced_at or one.starts_at
        feed.add_item(
            title=f"{one.get_status_display()}: {', '.join(line.places)}",
            link=f"{page}#{one.reference}",
            description=_sentence(line),
            unique_id=f"urn:pilotlight:outage:{one.reference}:{one.status}:{one.promises}",
            pubdate=latest.astimezone(UTC),
            updateddate=latest.astimezone(UTC),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _sentence(line: PublicLine) -> str:
    one = line.outage
    told = {"from": _words(one.began_at or one.starts_at), "until": _words(one.ended_at or one.promised_until), "reason": one.reason}
    return _("Gas off from %(from)s, back by %(until)s. %(reason)s") % told


def _words(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
