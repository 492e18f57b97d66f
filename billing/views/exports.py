"""Files for finance: what was posted, taken, sold and signed in a period, without anything personal."""

from datetime import date

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

import billing.queries.exports
from accounts.clock import business_date, business_now
from accounts.models import Hall
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..export_forms import ExportForm
from ..queries.exports import Sheet
from ..spreadsheets import TooManyRows, csv_chunks, xlsx_file

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@staff_with(Verb.SEE_LEDGER)
def exports(request: MemberRequest) -> HttpResponse:
    """What can be taken along; this month when nothing is chosen."""
    today = business_date(business_now())
    begins: dict[str, str | date] = {"sheet": Sheet.JOURNAL.value, "first": today.replace(day=1), "last": today, "form": "csv"}
    return render(request, "billing/exports.html", {"form": ExportForm(initial=begins, halls=_halls())})


@require_safe
@staff_with(Verb.SEE_LEDGER)
def export_file(request: MemberRequest) -> HttpResponseBase:
    """The file that the form asks for."""
    form = ExportForm(request.GET, halls=_halls())
    if not form.is_valid():
        return render(request, "billing/exports.html", {"form": form}, status=422)
    sheet, wanted, kind = Sheet(form.cleaned_data["sheet"]), form.wanted(), form.cleaned_data["form"]
    rows = billing.queries.exports.rows_of(sheet, wanted)
    name = f"{sheet.value}-{wanted.first.isoformat()}-{wanted.last.isoformat()}.{kind}"
    if kind == "xlsx":
        try:
            book = xlsx_file(rows, sheet.value)
        except TooManyRows as refusal:
            form.add_error("form", str(refusal))
            return render(request, "billing/exports.html", {"form": form}, status=422)
        return FileResponse(book, as_attachment=True, filename=name, content_type=_XLSX)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(csv_chunks(rows), content_type="text/csv; charset=utf-8", headers=headers)


def _halls() -> QuerySet[Hall]:
    return Hall.objects.order_by("code")
