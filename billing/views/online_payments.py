"""Money that came in online and could not be used, and money that goes back: what waits for a person, and the decisions about it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import accounts.permissions
import billing.operations.refunds
import billing.operations.transfers_back
import billing.queries.checkouts
import billing.queries.credit_payouts
import billing.queries.held_money
from accounts.clock import business_now
from accounts.permissions import Forbidden
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import StaleRow, WrongMove

from .. import permissions
from ..models import Refund
from ..queries.checkouts import PaymentNotFound, refunds_to_look_at
from ..queries.names import names_of
from ..refund_forms import AssignmentForm, RefundForm
from ..refusals import Refused


@require_safe
@staff_with(Verb.APPROVE_REVERSAL)
def payment_list(request: MemberRequest) -> HttpResponse:
    """What waits for a decision, and what went back lately."""
    return page(request)


def page(request: MemberRequest, **more: Any) -> HttpResponse:
    """The list, with a form that was refused in it if there is one."""
    asked = list(billing.queries.held_money.assignments_waiting())
    payouts = list(billing.queries.credit_payouts.waiting_payouts())
    names = names_of([*(row.asked_by for row in asked), *(row.asked_by for row in payouts)])
    may, at = accounts.permissions.may, business_now()
    context = {
        "held": billing.queries.held_money.held_rows(),
        "waiting": [(row, may(permissions.check_may_decide_refund, request.user, row, at=at)) for row in refunds_to_look_at()],
        "lately": billing.queries.checkouts.refunds_lately(),
        "assignments": [
            (row, names.get(row.asked_by, _("the system")), may(permissions.check_may_decide_assignment, request.user, row, at=at))
            for row in asked
        ],
        "payouts": [
            (row, names.get(row.asked_by, ""), may(permissions.check_may_decide_payout, request.user, row, at=at)) for row in payouts
        ],
        "assigned": billing.queries.held_money.assignments_lately(),
        "form": RefundForm(),
        "assign_form": AssignmentForm(),
        **more,
    }
    return render(request, "billing/online_payments.html", context, status=422 if more else 200)


@require_POST
@staff_with(Verb.APPROVE_REVERSAL)
def refund_ask(request: MemberRequest, key: int) -> HttpResponse:
    """Give held money back, whole or in part."""
    try:
        payment = billing.queries.checkouts.find_payment(key)
    except PaymentNotFound as missing:
        raise Http404(str(missing)) from None
    form = RefundForm(request.POST)
    if not form.is_valid():
        return page(request, form=form, asked=payment)
    try:
        amount = form.cleaned_data["amount"] or billing.queries.held_money.left_of(payment)
        reason = form.cleaned_data["reason"]
        billing.operations.refunds.ask_refund(payment=payment, amount=amount, reason=reason, by=request.user, at=business_now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return page(request, form=form, asked=payment)
    messages.success(request, _("The money goes back as soon as it is approved."))
    return redirect("billing:online_payments")


@require_POST
@staff_with(Verb.APPROVE_REVERSAL)
def refund_approve(request: MemberRequest, reference: str) -> HttpResponse:
    return _decide(request, reference, _("Approved. The money is sent back."), _approve)


@require_POST
@staff_with(Verb.APPROVE_REVERSAL)
def refund_refuse(request: MemberRequest, reference: str) -> HttpResponse:
    return _decide(request, reference, _("Refused. The money stays held."), _refuse)


@require_POST
@staff_with(Verb.APPROVE_REVERSAL)
def refund_retry(request: MemberRequest, reference: str) -> HttpResponse:
    return _decide(request, reference, _("It is tried again."), billing.operations.refunds.retry)


@require_POST
@staff_with(Verb.APPROVE_REVERSAL)
def refund_by_hand(request: MemberRequest, reference: str) -> HttpResponse:
    """The transfer back was ordered at the bank."""
    return _decide(
        request, reference, _("Noted: the money is on its way from our bank."), billing.operations.transfers_back.note_given_by_hand
    )


def _approve(**given: Any) -> Refund:
    return billing.operations.refunds.decide_refund(approve=True, **given)


def _refuse(**given: Any) -> Refund:
    return billing.operations.refunds.decide_refund(approve=False, **given)


def _decide(request: MemberRequest, reference: str, done: str, act: Callable[..., Refund]) -> HttpResponse:
    try:
        act(refund=billing.queries.checkouts.find_refund(reference), by=request.user, at=business_now())
    except PaymentNotFound as missing:
        raise Http404(str(missing)) from None
    except (Refused, WrongMove, StaleRow, Forbidden) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("billing:online_payments")
