"""Readings and bills of an account, for staff: what the hotline and the hall look at."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import accounts.permissions
import billing.queries.bills
import billing.queries.readings
from accounts.clock import business_date, business_now
from accounts.models import Account
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, account_or_404, staff_with
from casework.operations import StaleRow, WrongMove

from .. import permissions
from ..bill_forms import PayBillForm, ReadingForm, WithdrawForm
from ..bill_refusals import doubt_sentence
from ..models import Bill, Reading
from ..operations import bill_tills, bills, readings
from ..queries.bills import BillNotFound
from ..queries.shifts import current_shifts_of
from ..refusals import ClosedShift, Refused

_SHOWN = 24
#: Where staff come by a reading.
_TOLD = {Reading.Source.HOTLINE, Reading.Source.HALL, Reading.Source.CREW}


@require_safe
@staff_with(Verb.FIND_ACCOUNTS)
def account_bills(request: MemberRequest, number: str) -> HttpResponse:
    """What was read and what was billed; a form for a reading that somebody tells."""
    return _account(request, account_or_404(request.user, number), ReadingForm(initial={"day": business_date(business_now())}))


@require_POST
@staff_with(Verb.TAKE_READINGS)
def reading_take(request: MemberRequest, number: str) -> HttpResponse:
    """A reading told on the phone or over the counter, or seen at the door."""
    account, form = account_or_404(request.user, number), ReadingForm(request.POST)
    if not form.is_valid():
        return _account(request, account, form)
    source = request.POST.get("source", "")
    new = readings.NewReading(
        account=account, source=Reading.Source(source) if source in _TOLD else Reading.Source.HOTLINE, **form.cleaned_data
    )
    try:
        reading = readings.take_reading(new=new, by=request.user, at=business_now())
    except Refused as refusal:
        form.add_refusal(refusal)
        return _account(request, account, form)
    if reading.standing == Reading.Standing.DOUBTFUL:
        messages.warning(request, _("Kept, and to be checked: %(why)s") % {"why": doubt_sentence(reading.doubt)})
    else:
        messages.success(request, _("The reading is kept. The next bill goes by it."))
    return redirect("billing:account_bills", number)


def _account(request: MemberRequest, account: Account, form: ReadingForm) -> HttpResponse:
    context = {
        "account": account,
        "form": form,
        "meter": billing.queries.readings.read_meter(account),
        "readings": billing.queries.readings.all_readings(account)[:_SHOWN],
        "bills": billing.queries.bills.bills_of(account)[:_SHOWN],
        "faults": billing.queries.bills.faults().filter(account=account),
        "may_take": accounts.permissions.may(permissions.check_may_take_readings, request.user, at=business_now()),
    }
    return render(request, "billing/account_bills.html", context, status=422 if form.errors else 200)


@require_safe
@staff_with(Verb.FIND_ACCOUNTS)
def bill_detail(request: MemberRequest, number: str) -> HttpResponse:
    return _detail(request, number, _payment_form(), WithdrawForm())


@require_POST
@staff_with(Verb.SELL_GAS)
def bill_take_payment(request: MemberRequest, number: str) -> HttpResponse:
    """Take the money for a bill into one's own till."""
    form = PayBillForm(request.POST)
    if not form.is_valid():
        return _detail(request, number, form, WithdrawForm())
    bill = _bill_or_404(request, number)
    try:
        shift = current_shifts_of(request.user).first()
        if shift is None:
            raise ClosedShift
        paid = bill_tills.pay_at_till(
            taken=bill_tills.Takings(bill=bill, shift=shift, **form.payment()), by=request.user, at=business_now()
        )
    except (Refused, StaleRow, WrongMove) as refusal:
        form.add_error(None, str(refusal))
        return _detail(request, number, form, WithdrawForm())
    messages.success(request, _("Paid, no. %(number)s. Print the bill: it is the receipt.") % {"number": paid.full_number})
    return redirect("billing:bill_detail", number)


@require_POST
@staff_with(Verb.APPROVE_REVERSAL)
def bill_withdraw(request: MemberRequest, number: str) -> HttpResponse:
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _detail(request, number, _payment_form(), form)
    bill = _bill_or_404(request, number)
    try:
        bills.withdraw(bill=bill, **form.cleaned_data, by=request.user, at=business_now())
    except (Refused, StaleRow, WrongMove) as refusal:
        form.add_error(None, str(refusal))
        return _detail(request, number, _payment_form(), form)
    messages.success(request, _("The bill is withdrawn. The month is billed anew within half an hour."))
    return redirect("billing:account_bills", bill.account.number)


def _payment_form() -> PayBillForm:
    return PayBillForm(initial={"key": uuid.uuid4().hex, "method": "cash"})


def _detail(request: MemberRequest, number: str, form: PayBillForm, withdrawing: WithdrawForm) -> HttpResponse:
    at = business_now()
    try:
        sheet = billing.queries.bills.sheet_for(request.user, number, at=at)
    except BillNotFound as unknown:
        raise Http404(str(unknown)) from None
    context = {
        "sheet": sheet,
        "form": form,
        "withdrawing": withdrawing,
        "may_pay": accounts.permissions.may(accounts.permissions.check_verb, request.user, Verb.SELL_GAS, at=at),
        "may_withdraw": accounts.permissions.may(permissions.check_may_withdraw_bill, request.user, at=at),
    }
    return render(request, "billing/bill_detail.html", context, status=422 if form.errors or withdrawing.errors else 200)


def _bill_or_404(request: MemberRequest, number: str) -> Bill:
    try:
        return billing.queries.bills.bill_for(request.user, number, at=business_now())
    except BillNotFound as unknown:
        raise Http404(str(unknown)) from None
