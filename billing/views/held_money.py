"""Held money whose owner was found: one person says what it is for, another agrees."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

import billing.operations.held_money
import billing.queries.checkouts
import billing.queries.held_money
from accounts.clock import business_now
from accounts.permissions import Forbidden
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import StaleRow, WrongMove

from ..queries.checkouts import PaymentNotFound
from ..queries.held_money import AssignmentNotFound, TargetNotFound
from ..refund_forms import AssignmentForm
from ..refusals import Refused
from .online_payments import page


@require_POST
@staff_with(Verb.APPROVE_REVERSAL)
def assignment_ask(request: MemberRequest, key: int) -> HttpResponse:
    """Say what a held payment is for."""
    try:
        payment = billing.queries.checkouts.find_payment(key)
    except PaymentNotFound as missing:
        raise Http404(str(missing)) from None
    form = AssignmentForm(request.POST)
    if not form.is_valid():
        return page(request, assign_form=form, assigning=payment)
    given = form.cleaned_data
    try:
        billing.operations.held_money.ask_assignment(
            payment=payment,
            target=billing.queries.held_money.find_target(given["target"]),
            amount=given["amount"],
            because=given["because"],
            by=request.user,
            at=business_now(),
        )
    except (Refused, TargetNotFound) as refusal:
        form.add_error(None, str(refusal))
        return page(request, assign_form=form, assigning=payment)
    messages.success(request, _("Kept. The money is used as soon as somebody else agrees."))
    return redirect("billing:online_payments")


@require_POST
@staff_with(Verb.APPROVE_REVERSAL)
def assignment_approve(request: MemberRequest, reference: str) -> HttpResponse:
    return _decide(request, reference, _("Agreed. The money is used for what it is for."), approve=True)


@require_POST
@staff_with(Verb.APPROVE_REVERSAL)
def assignment_refuse(request: MemberRequest, reference: str) -> HttpResponse:
    return _decide(request, reference, _("Refused. The money stays held."), approve=False)


def _decide(request: MemberRequest, reference: str, done: str, *, approve: bool) -> HttpResponse:
    try:
        assignment = billing.queries.held_money.find_assignment(reference)
        billing.operations.held_money.decide_assignment(assignment=assignment, approve=approve, by=request.user, at=business_now())
    except AssignmentNotFound as missing:
        raise Http404(str(missing)) from None
    except (Refused, WrongMove, StaleRow, Forbidden) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("billing:online_payments")
