"""The proof that a request was sealed, for whoever may see it: numbers and hashes, nobody's name and no words."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.throttles import Pace, may_ask
from accounts.views.guards import MemberRequest, customer_only

from .. import queries
from ..models import Case
from .guards import case_or_404
from .tracking import TRACK, case_in_sight

#: A proof reads every head under its root: hundreds of thousands after a busy day.
_PACE = Pace("proof", "30/min")


@require_safe
@customer_only
def request_proof(request: MemberRequest, reference: str) -> HttpResponse:
    """Of a request in the cabinet."""
    case = case_or_404(request.user, reference)
    return _handed_out(case) if may_ask(request, _PACE) else _later()


@never_cache
@require_safe
def tracked_proof(request: HttpRequest) -> HttpResponse:
    """Of the request looked up on the tracking page; counts as another look."""
    case = case_in_sight(request)
    if case is None:
        raise Http404
    return _handed_out(case) if may_ask(request, TRACK) else _later()


def _later() -> HttpResponse:
    return HttpResponse(_("Please wait a minute and try again."), status=429, content_type="text/plain; charset=utf-8")


def _handed_out(case: Case) -> HttpResponse:
    try:
        proof = queries.prove_inclusion(case.timeline)
    except queries.NotSealed:
        raise Http404 from None
    answer = JsonResponse(proof, json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="proof-{case.reference}.json"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
