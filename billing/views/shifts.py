"""A clerk's own till: open it, count it; a second person then signs (views/tills.py)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import billing.operations.shifts
import billing.queries.takings
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import StaleRow, WrongMove

from ..forms import CountForm, OpenShiftForm
from ..operations.shifts import ShiftRefused
from ..queries.takings import Till


@require_safe
@staff_with(Verb.SELL_GAS)
def shift(request: MemberRequest) -> HttpResponse:
    """Open a till, or look at it and count it."""
    return _page(request, billing.queries.takings.till_of(request.user))


@require_POST
@staff_with(Verb.SELL_GAS)
def shift_open(request: MemberRequest) -> HttpResponse:
    till = billing.queries.takings.till_of(request.user)
    form = OpenShiftForm(request.POST, counters=till.counters)
    if not form.is_valid():
        return _page(request, till, open_form=form)
    try:
        billing.operations.shifts.open_shift(clerk=till.staff, at=business_now(), **form.cleaned_data)
    except ShiftRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, till, open_form=form)
    messages.success(request, _("Your shift is open."))
    return redirect("billing:shift")


@require_POST
@staff_with(Verb.SELL_GAS)
def shift_count(request: MemberRequest) -> HttpResponse:
    till = billing.queries.takings.till_of(request.user)
    form = CountForm(request.POST)
    if till.shift is None:
        return redirect("billing:shift")
    if not form.is_valid():
        return _page(request, till, count_form=form)
    try:
        counted, reason = form.counted(), form.cleaned_data["reason"]
        billing.operations.shifts.count_shift(shift=till.shift, counted=counted, reason=reason, at=business_now())
    except (ShiftRefused, WrongMove, StaleRow) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, till, count_form=form)
    messages.success(request, _("Counted. Somebody else has to sign for it now."))
    return redirect("billing:shift")


def _page(request: MemberRequest, till: Till, open_form: OpenShiftForm | None = None, count_form: CountForm | None = None) -> HttpResponse:
    forms = {
        "open_form": open_form or OpenShiftForm(counters=till.counters, initial=_counter_before(till)),
        "count_form": count_form or CountForm(initial=_counted_before(till)),
    }
    return render(request, "billing/shift_own.html", {"till": till, **forms})


def _counter_before(till: Till) -> dict[str, int]:
    """Most clerks sit where they sat last."""
    return {"counter": till.earlier[0].counter_id} if till.earlier else {}


def _counted_before(till: Till) -> dict[str, int]:
    counted = till.shift.counted if till.shift and till.shift.counted else {}
    return {f"pieces_{kind}": pieces for kind, pieces in counted.items()}
