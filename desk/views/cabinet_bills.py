"""The customer's readings and bills, where a mechanical meter is read and the month is paid after it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

import billing.operations.readings
import billing.queries.bills
import billing.queries.readings
from accounts.clock import business_date, business_now
from accounts.views.guards import MemberRequest, customer_only
from billing.bill_forms import ReadingForm
from billing.bill_refusals import doubt_sentence
from billing.models import Reading
from billing.operations.readings import NewReading
from billing.queries.bills import BillNotFound
from billing.refusals import Refused
from desk.queries.cabinet import Cabinet

from .cabinet import CHOSEN, cabinet_of

_SHOWN = 24


@require_http_methods(["GET", "POST"])
@customer_only
def readings(request: MemberRequest) -> HttpResponse:
    """Send a reading, and see those sent before and what became of them."""
    cabinet = cabinet_of(request)
    if cabinet is None:
        return redirect("desk:cabinet")
    form = ReadingForm(request.POST or None, initial={"day": business_date(business_now())})
    if form.is_valid() and _taken(request, cabinet, form):
        return redirect("desk:cabinet_readings")
    at = business_now()
    context = {
        "cabinet": cabinet,
        "form": form,
        "meter": billing.queries.readings.read_meter(cabinet.account),
        "readings": billing.queries.readings.all_readings(cabinet.account).filter(superseded_by=None)[:_SHOWN],
        "window": billing.queries.readings.window_of(business_date(at)),
        "is_window_open": billing.queries.readings.is_window_open(at),
    }
    return render(request, "desk/cabinet_readings.html", context, status=422 if form.errors else 200)


def _taken(request: MemberRequest, cabinet: Cabinet, form: ReadingForm) -> bool:
    new = NewReading(account=cabinet.account, source=Reading.Source.CABINET, **form.cleaned_data)
    try:
        reading = billing.operations.readings.take_reading(new=new, by=request.user, at=business_now())
    except Refused as refusal:
        form.add_refusal(refusal)
        return False
    if reading.standing == Reading.Standing.DOUBTFUL:
        words = _("Your reading is kept, and somebody will look at it: %(why)s If it is a slip, send the right one.")
        messages.warning(request, words % {"why": doubt_sentence(reading.doubt)})
    else:
        messages.success(request, _("Thank you: the next bill goes by your reading."))
    return True


@require_safe
@customer_only
def bills(request: MemberRequest) -> HttpResponse:
    cabinet = cabinet_of(request)
    if cabinet is None:
        return redirect("desk:cabinet")
    page = Paginator(billing.queries.bills.bills_of(cabinet.account), 20).get_page(request.GET.get("page"))
    meter = billing.queries.readings.read_meter(cabinet.account)
    return render(request, "desk/cabinet_bills.html", {"cabinet": cabinet, "page": page, "meter": meter})


@require_safe
@customer_only
def bill(request: MemberRequest, number: str) -> HttpResponse:
    """One bill: which cubic metres cost what, by which price list, and what an estimate was put right by."""
    cabinet = cabinet_of(request)
    if cabinet is None:
        raise Http404
    try:
        sheet = billing.queries.bills.sheet_for(request.user, number, at=business_now(), language=request.LANGUAGE_CODE)
    except BillNotFound as unknown:
        raise Http404(str(unknown)) from None
    if sheet.account != cabinet.account:
        # The code on the paper leads here: from now on it is about the account of the bill, its payment too.
        request.session[CHOSEN] = sheet.account.number
    return render(request, "desk/cabinet_bill.html", {"cabinet": cabinet, "sheet": sheet})
