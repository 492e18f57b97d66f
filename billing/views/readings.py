"""Readings that wait for somebody, and months that could not be billed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import billing.queries.bills
import billing.queries.readings
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..models import Reading
from ..operations import readings
from ..refusals import Refused

_SHOWN = 100


@require_safe
@staff_with(Verb.TAKE_READINGS)
def reading_list(request: MemberRequest) -> HttpResponse:
    waiting = billing.queries.readings.doubtful_readings()
    context = {"readings": waiting[:_SHOWN], "count": waiting.count(), "faults": billing.queries.bills.faults()[:_SHOWN]}
    return render(request, "billing/reading_list.html", context)


@require_POST
@staff_with(Verb.TAKE_READINGS)
def reading_confirm(request: MemberRequest, pk: int) -> HttpResponse:
    return _judge(request, pk, readings.confirm_reading, _("Confirmed: the next bill goes by it."))


@require_POST
@staff_with(Verb.TAKE_READINGS)
def reading_reject(request: MemberRequest, pk: int) -> HttpResponse:
    return _judge(request, pk, readings.reject_reading, _("Rejected. The household is asked for another reading."))


def _judge(request: MemberRequest, pk: int, verb: Callable[..., Reading], said: str) -> HttpResponse:
    at = business_now()
    reading = billing.queries.readings.reading_for(request.user, pk, at=at)
    if reading is None:
        raise Http404
    try:
        verb(reading=reading, by=request.user, at=at)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("billing:reading_list")
