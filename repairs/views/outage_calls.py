"""Ring priority customers: the list, and what came of each call."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..forms.outage_acts import CallForm
from ..models import CallTask
from ..operations import outage_calls as operations
from ..operations.outage_refusals import CallTaken
from ..queries import outage_calls
from .outage_guards import outage_or_404


@require_safe
@staff_with(Verb.HANDLE_CASES)
def call_list(request: MemberRequest) -> HttpResponse:
    """Whom to ring now, over all interruptions."""
    at = business_now()
    calls = outage_calls.calls_to_make(at)
    return render(request, "repairs/outage_calls.html", {"calls": calls, "waiting": outage_calls.count_waiting(at), "now": at})


@require_safe
@staff_with(Verb.HANDLE_CASES)
def calls_of_outage(request: MemberRequest, reference: str) -> HttpResponse:
    """Those of one interruption, with what came of them."""
    found = outage_or_404(reference)
    context = {"outage": found, "calls": outage_calls.calls_of(found), "counts": outage_calls.count_calls(found), "now": business_now()}
    return render(request, "repairs/outage_calls.html", context)


@require_POST
@staff_with(Verb.HANDLE_CASES)
def record_call(request: MemberRequest, pk: int) -> HttpResponse:
    """Reached, or nobody there."""
    task = get_object_or_404(CallTask.objects.select_related("outage"), pk=pk)
    form = CallForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say whether somebody was reached."))
    else:
        typed = form.cleaned_data
        task.attempts = typed["attempts"]  # as the page showed it: of two who rang at once the second is told
        _record(request, task, typed["result"], typed["note"])
    return redirect("repairs:outage_call_list")


def _record(request: MemberRequest, task: CallTask, result: str, note: str) -> None:
    try:
        done = operations.record_call(task=task, result=result, note=note, by=request.user, at=business_now())
    except CallTaken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Written down.") if done.result else _("Written down; it comes round again."))
