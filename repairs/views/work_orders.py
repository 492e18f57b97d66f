"""The work order as PDF, for staff."""

from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from billing import papers

from ..queries.work_orders import work_order as order_of
from .guards import repair_or_404


@require_safe
@staff_with(Verb.HANDLE_CASES)
@cache_control(private=True, no_store=True)
def work_order(request: MemberRequest, reference: str) -> HttpResponse:
    """In the customer's language, as things stand now: it is not kept."""
    order = order_of(repair_or_404(request.user, reference), at=business_now())
    pdf = papers.render_pdf("repairs/pdf/work_order.html", {"order": order}, order.language)
    name = f'inline; filename="{order.repair.case.reference}.pdf"'
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": name})
