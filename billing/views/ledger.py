"""The ledger for finance: balances, postings by day, the story of one amount, a file for the spreadsheet."""

from decimal import Decimal

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import billing.queries.exports
import billing.queries.ledger
from accounts.clock import business_date, business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..forms import LedgerForm
from ..queries.exports import Sheet, Wanted
from ..queries.ledger import PurchaseNotFound
from ..spreadsheets import csv_chunks

PAGE = 50


@require_safe
@staff_with(Verb.SEE_LEDGER)
def ledger(request: MemberRequest) -> HttpResponse:
    """A day's postings and what stands in every book."""
    today = business_date(business_now())
    form = LedgerForm(request.GET or None, initial={"day": today})
    day, book = form.chosen(today)
    postings = billing.queries.ledger.postings_of(day, book, form.exact_amount)
    return render(
        request,
        "billing/ledger.html",
        {
            "form": form,
            "day": day,
            "book": book,
            "lines": billing.queries.ledger.book_lines(day),
            "page": Paginator(postings, PAGE).get_page(request.GET.get("page")),
            "query": f"day={day.isoformat()}&book={book}&amount={Decimal(form.exact_amount) / 100 or ''}&",
        },
    )


@require_safe
@staff_with(Verb.SEE_LEDGER)
def ledger_csv(request: MemberRequest) -> StreamingHttpResponse:
    """The same as CSV, without anything personal."""
    day, book = LedgerForm(request.GET).chosen(business_date(business_now()))
    rows = billing.queries.exports.rows_of(Sheet.POSTINGS, Wanted(first=day, last=day, book=book))
    headers = {"Content-Disposition": f'attachment; filename="ledger-{day.isoformat()}.csv"'}
    return StreamingHttpResponse(csv_chunks(rows), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
@staff_with(Verb.SEE_LEDGER)
def money_story(request: MemberRequest, reference: str) -> HttpResponse:
    """Where an amount comes from and where it went."""
    try:
        story = billing.queries.ledger.money_story(reference)
    except PurchaseNotFound as refusal:
        raise Http404(str(refusal)) from None
    return render(request, "billing/money_story.html", {"story": story})
