"""Receipts: the print page, the PDF, and the public check that one is genuine."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

import billing.operations.papers
import billing.queries.receipts
import billing.queries.verdicts
from accounts.clock import business_now
from accounts.throttles import Pace, may_ask
from accounts.views.guards import MemberRequest

from .. import verification
from ..operations.papers import PaperFollows
from ..queries.receipts import ReceiptNotFound
from ..queries.verdicts import Verified

RETRY_AFTER_SECONDS = 30
#: Receipt codes cannot be guessed (100 bits); this keeps trying them from costing us anything.
_VERIFY = Pace("verify", "30/min")


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def receipt_print(request: MemberRequest, number: str) -> HttpResponse:
    """The receipt as a page to print, in the language it was issued in or, when asked, the customer's own."""
    try:
        sheet = billing.queries.receipts.sheet_for(request.user, number, at=business_now(), for_customer=_for_customer(request))
    except ReceiptNotFound as refusal:
        raise Http404(str(refusal)) from None
    return render(request, "billing/receipt_print.html", {"sheet": sheet, "for_customer": _for_customer(request)})


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def receipt_pdf(request: MemberRequest, number: str) -> HttpResponse:
    """The same as PDF; while it cannot be made, a page that says so and leads to the print page."""
    try:
        pdf = billing.operations.papers.read_paper_for(
            user=request.user, full_number=number, at=business_now(), for_customer=_for_customer(request)
        )
    except ReceiptNotFound as refusal:
        raise Http404(str(refusal)) from None
    except PaperFollows as delay:
        answer = render(request, "billing/receipt_follows.html", {"number": number, "why": str(delay)}, status=503)
        answer["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return answer
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{number}.pdf"'})


def _for_customer(request: MemberRequest) -> bool:
    return request.GET.get("for") == "customer"


@require_safe
@cache_control(private=True, no_store=True)
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Public: whether a receipt is ours. A code never given out looks like any other answer."""
    if not may_ask(request, _VERIFY):
        return render(request, "billing/receipt_verify.html", {"too_often": True}, status=429)
    found = billing.queries.verdicts.verify(code)
    answer = render(request, "billing/receipt_verify.html", {"found": found, "code": verification.in_groups(verification.read_code(code))})
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def verify_start(request: HttpRequest) -> HttpResponse:
    """Public: type a receipt's code."""
    code = verification.read_code(request.GET.get("code", ""))
    if verification.may_be(code):
        return redirect("billing:verify", code=code)
    return render(request, "billing/receipt_verify.html", {"found": Verified(is_genuine=False), "code": code} if code else {})
