"""How was it? For whoever holds the link of a message: nobody signs in, and nobody's name, place or words are shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.clock import business_now
from accounts.throttles import Pace, may_ask
from casework.operations import StaleRow, WrongMove

from ..forms.answers import OwnAnswerForm
from ..models import FollowUp
from ..operations import links
from ..operations.hearing import Said
from ..operations.holding import NotAsked
from ..queries.questionnaires import current

#: One household answers once; somebody who tries addresses is soon stopped.
HOW_WAS_IT = Pace("how_was_it", "30/min")


@never_cache
@require_http_methods(["GET", "POST"])
def how_was_it(request: HttpRequest, token: str) -> HttpResponse:
    """The questions, once; afterwards, too late or with somebody else's signature, a page that says so."""
    if not may_ask(request, HOW_WAS_IT):
        return _page(request, "callbacks/link_over.html", {"why": "often"}, status=429)
    found, at = links.find(token), business_now()
    if found is None:
        return _page(request, "callbacks/link_over.html", {"why": "unknown"}, status=404)
    if not links.is_open(follow_up=found, at=at):
        return _over(request, found)
    form = OwnAnswerForm(request.POST or None, asked=current(found.kind, at))
    if request.method == "POST" and form.is_valid():
        try:
            found = links.answer_by_link(follow_up=found, said=Said(**form.given()), at=at)
        except (links.LinkOver, NotAsked, StaleRow, WrongMove):
            return _over(request, links.find(token) or found)
        return _page(request, "callbacks/link_done.html", {"follow_up": found, "is_rung": found.status == FollowUp.Status.WAITING})
    return _page(request, "callbacks/link.html", {"follow_up": found, "case": found.case, "form": form}, status=422 if form.errors else 200)


def _over(request: HttpRequest, found: FollowUp) -> HttpResponse:
    is_answered = found.said_at is not None or found.status == FollowUp.Status.HEARD
    why = "answered" if is_answered else "late"
    return _page(request, "callbacks/link_over.html", {"why": why, "at": found.said_at or found.ended_at}, status=410)


def _page(request: HttpRequest, name: str, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    answer = render(request, name, context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    # To nobody else; without any, browsers call the origin of our own form null, and it is refused.
    answer["Referrer-Policy"] = "same-origin"
    return answer
