"""What the hall prints for whoever made a request: the slip, as a page and as PDF."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

import desk.queries.slips
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from billing import papers
from casework.queries import CaseNotFound
from desk.queries.slips import Slip


@require_safe
@staff_with(Verb.HANDLE_CASES)
@cache_control(private=True, no_store=True)
def slip(request: MemberRequest, reference: str) -> HttpResponse:
    """A page to print, the paper on it in the language of whoever takes it."""
    return render(request, "desk/slip_print.html", {"slip": _slip_or_404(request, reference)})


@require_safe
@staff_with(Verb.HANDLE_CASES)
@cache_control(private=True, no_store=True)
def slip_pdf(request: MemberRequest, reference: str) -> HttpResponse:
    """The same as PDF, as things stand now: it is not kept."""
    found = _slip_or_404(request, reference)
    pdf = papers.render_pdf("desk/pdf/slip.html", {"slip": found}, found.language)
    name = f'inline; filename="{found.case.reference}.pdf"'
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": name})


def _slip_or_404(request: MemberRequest, reference: str) -> Slip:
    try:
        return desk.queries.slips.slip_for(request.user, reference, at=business_now())
    except CaseNotFound:
        raise Http404 from None
