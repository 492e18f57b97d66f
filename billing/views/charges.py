"""Charges for works, for staff: found by number, taken at a till, given back by two people."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import accounts.permissions
import billing.queries.charges
from accounts.clock import business_now
from accounts.permissions import Forbidden
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import StaleRow, WrongMove

from .. import permissions
from ..bill_forms import PayBillForm
from ..charge_forms import FindChargeForm
from ..models import Charge, ChargeReturn
from ..operations import charge_returns, charge_tills
from ..queries.charges import ChargeNotFound
from ..queries.names import names_of
from ..queries.shifts import current_shifts_of
from ..refusals import ClosedShift, Refused

_SHOWN = 50


@require_http_methods(["GET", "POST"])
@staff_with(Verb.FIND_ACCOUNTS)
def charge_list(request: MemberRequest) -> HttpResponse:
    """What is to be paid, what is to go back; and one charge by its number, which is typed and never stands in the address."""
    form = FindChargeForm(request.POST or None)
    if form.is_valid():
        found = billing.queries.charges.by_number(form.cleaned_data["number"])
        if found is not None:
            return redirect("billing:charge_detail", found.reference)
        form.add_error("number", _("There is no such charge."))
    context = {
        "form": form,
        "open": billing.queries.charges.open_charges()[:_SHOWN],
        "returns": billing.queries.charges.returns_to_look_at()[:_SHOWN],
    }
    return render(request, "billing/charge_list.html", context, status=422 if form.errors else 200)


@require_safe
@staff_with(Verb.FIND_ACCOUNTS)
def charge_detail(request: MemberRequest, number: str) -> HttpResponse:
    return _detail(request, _charge_or_404(number), _payment_form())


@require_POST
@staff_with(Verb.SELL_GAS)
def charge_take_payment(request: MemberRequest, number: str) -> HttpResponse:
    """Take the money for a charge into one's own till."""
    charge, form = _charge_or_404(number), PayBillForm(request.POST)
    if not form.is_valid():
        return _detail(request, charge, form)
    try:
        shift = current_shifts_of(request.user).first()
        if shift is None:
            raise ClosedShift
        taken = charge_tills.ChargeTakings(charge=charge, shift=shift, **form.payment())
        receipt = charge_tills.pay_charge_at_till(taken=taken, by=request.user, at=business_now())
    except (Refused, StaleRow, WrongMove) as refusal:
        form.add_error(None, str(refusal))
        return _detail(request, charge, form)
    messages.success(request, _("Paid, no. %(number)s. Print the receipt.") % {"number": receipt.full_number})
    return redirect("billing:charge_detail", number)


@require_POST
@staff_with(Verb.APPROVE_REVERSAL)
def charge_return_approve(request: MemberRequest, reference: str) -> HttpResponse:
    return _act(request, reference, _("Approved."), _decided(approve=True))


@require_POST
@staff_with(Verb.APPROVE_REVERSAL)
def charge_return_refuse(request: MemberRequest, reference: str) -> HttpResponse:
    return _act(request, reference, _("Refused. The money stays."), _decided(approve=False))


@require_POST
@staff_with(Verb.SELL_GAS)
def charge_return_pay_out(request: MemberRequest, reference: str) -> HttpResponse:
    """Give the money back out of one's own till."""
    return _act(request, reference, _("Paid out. Print the receipt in red and have it signed."), _paid_out)


def _decided(*, approve: bool) -> Callable[[ChargeReturn, MemberRequest], object]:
    def decide(asked: ChargeReturn, request: MemberRequest) -> object:
        return charge_returns.decide_charge_return(asked=asked, approve=approve, by=request.user, at=business_now())

    return decide


def _paid_out(asked: ChargeReturn, request: MemberRequest) -> object:
    shift = current_shifts_of(request.user).first()
    if shift is None:
        raise ClosedShift
    return charge_returns.pay_out_charge_return(asked=asked, shift=shift, by=request.user, at=business_now())


def _act(request: MemberRequest, reference: str, done: str, act: Callable[[ChargeReturn, MemberRequest], object]) -> HttpResponse:
    try:
        asked = billing.queries.charges.find_return(reference)
    except ChargeNotFound as unknown:
        raise Http404(str(unknown)) from None
    try:
        act(asked, request)
    except (Refused, WrongMove, StaleRow, Forbidden) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("billing:charge_detail", asked.charge.reference)


def _payment_form() -> PayBillForm:
    return PayBillForm(initial={"key": uuid.uuid4().hex, "method": "cash"})


def _detail(request: MemberRequest, charge: Charge, form: PayBillForm) -> HttpResponse:
    at, may = business_now(), accounts.permissions.may
    returns = list(charge.returns.select_related("charge").order_by("-pk"))
    names = names_of(name for row in returns for name in (row.asked_by, row.decided_by) if name)
    context: dict[str, Any] = {
        "charge": charge,
        "money": billing.queries.charges.money_of(charge),
        "receipts": charge.receipts.select_related("hall").order_by("pk"),
        "returns": [
            (row, names.get(row.asked_by, _("the system")), may(permissions.check_may_decide_charge_return, request.user, row, at=at))
            for row in returns
        ],
        "form": form,
        "may_pay": may(accounts.permissions.check_verb, request.user, Verb.SELL_GAS, at=at),
    }
    return render(request, "billing/charge_detail.html", context, status=422 if form.errors else 200)


def _charge_or_404(number: str) -> Charge:
    try:
        return billing.queries.charges.find_charge(number)
    except ChargeNotFound as unknown:
        raise Http404(str(unknown)) from None
