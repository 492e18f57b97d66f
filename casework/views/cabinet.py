"""The customer's own requests: ask, see how it goes, say more, say that it did not help."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import business_now
from accounts.permissions import may
from accounts.views.guards import MemberRequest, customer_only

from .. import kinds, operations, permissions, queries
from ..forms.intake import AskForm, SayForm
from ..models import Case, Channel
from ..operations import Opening
from ..queries.case_page import page_for_customer
from ..states import GENERAL_REQUEST
from .guards import case_or_404

REFUSALS = (operations.NothingSaid, operations.NotTaken, operations.ReasonMissing, operations.StaleRow, operations.WrongMove)


@require_safe
@customer_only
def request_list(request: MemberRequest) -> HttpResponse:
    """What the household asked, and what I asked myself."""
    found = queries.newest_first(permissions.visible_cases(request.user, business_now()))
    page = Paginator(found, 20).get_page(request.GET.get("page"))
    return render(request, "casework/request_list.html", {"page": page, "now": business_now()})


@require_http_methods(["GET", "POST"])
@customer_only
def request_new(request: MemberRequest) -> HttpResponse:
    """Ask; a file may come along."""
    own = permissions.household_accounts(request.user)
    form = AskForm(request.POST or None, request.FILES or None, accounts=own)
    if form.is_valid():
        given, by, at = form.cleaned_data, request.user, business_now()
        try:
            opening = _opening(request, form)
            row = operations.open_request(opening=opening, topic=given["topic"], text=given["text"], file=given["file"], by=by, at=at)
        except REFUSALS as refusal:
            form.add_error("file" if isinstance(refusal, operations.NotTaken) else "text", str(refusal))
        else:
            messages.success(request, _("We have your request. Here you see how it goes."))
            return redirect("casework:request", reference=row.case.reference)
    return render(request, "casework/request_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@customer_only
def request_detail(request: MemberRequest, reference: str) -> HttpResponse:
    return _page(request, case_or_404(request.user, reference), SayForm())


@require_POST
@customer_only
def request_say(request: MemberRequest, reference: str) -> HttpResponse:
    """One more word or file."""
    found, form = case_or_404(request.user, reference), SayForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        operations.say(case=found, by=request.user, at=business_now(), **form.cleaned_data)
    except REFUSALS as refusal:
        form.add_error("file", str(refusal))
        return _page(request, found, form)
    messages.success(request, _("Your message is with your request."))
    return redirect("casework:request", reference=found.reference)


@require_POST
@customer_only
def request_reopen(request: MemberRequest, reference: str) -> HttpResponse:
    """The answer did not help."""
    found = case_or_404(request.user, reference)
    try:
        operations.reopen_case(case=found, why=request.POST.get("why", ""), by=request.user, at=business_now())
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your request is open again. We look at it anew."))
    return redirect("casework:request", reference=found.reference)


@require_POST
@customer_only
def request_cancel(request: MemberRequest, reference: str) -> HttpResponse:
    """Not needed any more."""
    found = case_or_404(request.user, reference)
    try:
        operations.cancel_case(case=found, reason=request.POST.get("reason", ""), by=request.user, at=business_now())
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your request is withdrawn."))
    return redirect("casework:request", reference=found.reference)


def _opening(request: MemberRequest, form: AskForm) -> Opening:
    return Opening(
        kind=GENERAL_REQUEST.kind,
        subject="",
        channel=Channel.CABINET,
        account=form.cleaned_data.get("account"),
        contact_phone=str(request.user.phone or ""),
        language=get_language() or "",
        asker=request.user,
    )


def _page(request: MemberRequest, found: Case, form: SayForm) -> HttpResponse:
    at, lifecycle = business_now(), kinds.kind(found.kind).lifecycle
    steps = {move.verb for move in lifecycle.moves if found.status in move.sources}
    allowed = may(permissions.check_may_reopen, request.user, found, at=at)
    not_again = allowed.why if "reopen" in steps else ""
    if not allowed:
        steps.discard("reopen")
    context = {**page_for_customer(found, at=at), "form": form, "steps": steps, "not_again": not_again}
    return render(request, "casework/request_detail.html", context, status=422 if form.errors else 200)
