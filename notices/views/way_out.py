"""The way out of a message: for whoever holds its link. Nobody signs in, and nobody's name or number is shown.

Opening the page changes nothing: mail programs and messengers open links to look at them. The button of a mail program (RFC 8058) posts
without a cookie of ours, so that the address itself is all the right there is.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.clock import business_now
from accounts.throttles import Pace, may_ask

from .. import way_out as addresses
from ..models import RefusalMeans
from ..operations import refusing
from ..queries import refusals as found
from ..wish_forms import WishForm

#: Mail programs press for many of their people from one address.
WAY_OUT = Pace("way_out", "120/min")
#: What a mail program posts (RFC 8058).
_ONE_CLICK = ("List-Unsubscribe", "One-Click")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def way_out(request: HttpRequest, token: str) -> HttpResponse:
    """What comes and what does not; stops, asks again, or keeps ticks. Said twice it stays as it is."""
    if not may_ask(request, WAY_OUT):
        return _page(request, "notices/way_out_closed.html", {"why": "often"}, status=429)
    link = addresses.read(token)
    if link is None or not found.is_known(link.reader):
        return _page(request, "notices/way_out_closed.html", {"why": "unknown"}, status=404)
    if request.method == "POST":
        _do(request, link)
    table = found.table(found.of_reader(link.reader), ways=link.ways)
    form = WishForm(request.POST if "keep" in request.POST else None, table=table)
    if form.is_bound and form.is_valid():
        at = business_now()
        refusing.wish(reader=link.reader, wishes=form.wishes(), ways=link.ways, means=RefusalMeans.LINK, at=at)
        table = found.table(found.of_reader(link.reader), ways=link.ways)
        form = WishForm(table=table)
    own = next(row for row in table if row.topic == link.topic)
    context = {"own": own, "form": form, "is_customer": link.reader.customer is not None, "is_kept": request.method == "POST"}
    return _page(request, "notices/way_out.html", context, status=422 if form.errors else 200)


def _do(request: HttpRequest, link: addresses.WayOut) -> None:
    """The two big buttons, and the mail program's."""
    name, value = _ONE_CLICK
    if request.POST.get(name) == value:
        refusing.stop(reader=link.reader, topic=link.topic, ways=link.ways, means=RefusalMeans.ONE_CLICK, at=business_now())
    elif "stop" in request.POST:
        refusing.stop(reader=link.reader, topic=link.topic, ways=link.ways, means=RefusalMeans.LINK, at=business_now())
    elif "again" in request.POST:
        refusing.ask_again(reader=link.reader, topic=link.topic, ways=link.ways, at=business_now())


def _page(request: HttpRequest, name: str, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    answer = render(request, name, context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "same-origin"
    return answer
