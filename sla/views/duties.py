"""Recurring duties: what is to be done by when, and saying that it was."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import accounts.queries
from accounts.clock import business_now
from accounts.permissions import may
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from .. import permissions
from ..duty_forms import DoneForm, FindForm
from ..models import Period
from ..operations import duties as operations
from ..queries import duties

PAGE = 50


@require_safe
@staff_with(Verb.SEE_PROMISES)
def duty_list(request: MemberRequest) -> HttpResponse:
    """Every duty, the reader's own first."""
    at = business_now()
    lines = duties.duty_lines(accounts.queries.roles_of(request.user, at), at=at)
    return render(request, "sla/duty_list.html", {"lines": lines, "now": at})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_with(Verb.SEE_PROMISES)
def duty_detail(request: MemberRequest, key: str) -> HttpResponse:
    """The open turns of one duty. What is searched for is sent, so that no name stands in an address."""
    form = FindForm(request.POST or None)
    return _page(request, key, form, business_now())


@require_POST
@staff_with(Verb.HANDLE_CASES)
def turn_done(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody did a turn, or so much of it."""
    at = business_now()
    period = get_object_or_404(Period.objects.select_related("obligation__customer"), pk=pk)
    form = DoneForm(period, request.POST)
    if not form.is_valid():
        return _page(request, period.promise_id, FindForm(), at, wrong=form)
    try:
        operations.note_done(
            promise=period.promise_id,
            customer=period.obligation.customer,
            label=period.label,
            count=form.cleaned_data["count"],
            by=request.user,
            at=at,
        )
    except operations.NoSuchDuty as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("Noted."))
    return redirect("sla:duty_detail", period.promise_id)


def _page(request: MemberRequest, key: str, form: FindForm, at: datetime, wrong: DoneForm | None = None) -> HttpResponse:
    try:
        duty = duties.duty(key, at=at)
    except duties.NotADuty:
        raise Http404 from None
    find = form.cleaned_data["find"] if form.is_valid() else ""
    page = Paginator(duties.open_turns(key, find=find), PAGE).get_page(request.GET.get("page"))
    context = {
        "duty": duty,
        "policy": duty.policy,
        "page": page,
        "lines": duties.turn_lines(page.object_list),
        "form": form,
        "find": find,
        "wrong": wrong,
        "may_note": may(permissions.check_may_note_duty, request.user, at=at),
        "now": at,
    }
    return render(request, "sla/duty_detail.html", context, status=422 if wrong else 200)
