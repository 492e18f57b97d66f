"""A bill's paper, for the household and for staff; and the page its code leads to, for whoever pays."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

import billing.operations.bill_papers
import billing.queries.bills
from accounts.clock import business_date, business_now
from accounts.throttles import Pace, may_ask
from accounts.views.guards import MemberRequest

from ..queries.bills import BillNotFound

#: Numbers of bills cannot be guessed (50 bits); this keeps trying them from costing us anything.
_LOOK = Pace("bill", "30/min")


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def bill_pdf(request: MemberRequest, number: str) -> HttpResponse:
    """The bill-receipt, in the customer's language or the one asked for."""
    language = request.GET.get("language", "")
    try:
        pdf = billing.operations.bill_papers.make_bill_paper(user=request.user, number=number, at=business_now(), language=language)
    except BillNotFound as unknown:
        raise Http404(str(unknown)) from None
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{number}.pdf"'})


@require_safe
@cache_control(private=True, no_store=True)
def pay_bill(request: HttpRequest, number: str) -> HttpResponse:
    """Where the code on the paper leads: what is to be paid and how, and nothing about the household."""
    if not may_ask(request, _LOOK):
        return render(request, "billing/pay_bill.html", {"too_often": True}, status=429)
    try:
        bill = billing.queries.bills.bill_to_pay(number)
    except BillNotFound as unknown:
        raise Http404(str(unknown)) from None
    is_overdue = bill.is_open and bill.due_on < business_date(business_now())
    context = {"bill": bill, "account": billing.queries.bills.masked(bill.account), "is_overdue": is_overdue}
    return render(request, "billing/pay_bill.html", context)
