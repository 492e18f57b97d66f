"""Where gas is off and where it will be, for everybody: a page, JSON and a feed. No names, no doors."""

from datetime import UTC
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.clock import business_now
from casework import references

from ..queries import outage_public as outages
from ..queries.outage_public import PublicLine


@require_safe
def public_outages(request: HttpRequest) -> HttpResponse:
    """For people."""
    at = business_now()
    return render(request, "repairs/outage_public.html", {"lines": outages.public_lines(at), "now": at})


@require_safe
def public_json(request: HttpRequest) -> JsonResponse:
    """For programs."""
    lines = outages.public_lines(business_now())
    answer = JsonResponse({"results": [_as_json(line) for line in lines]}, json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


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


def _as_json(line: PublicLine) -> dict[str, Any]:
    one = line.outage
    return {
        "reference": references.grouped(one.reference),
        "kind": one.kind,
        "status": one.status,
        "places": list(line.places),
        "reason": one.reason,
        "starts_at": (one.began_at or one.starts_at).isoformat(),
        "promised_until": one.promised_until.isoformat(),
        "ended_at": one.ended_at.isoformat() if one.ended_at else None,
        "customers": one.customers or None,
    }
