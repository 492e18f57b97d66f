"""Pages of care: whom to call and visit, one customer, meetings, losses."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import accounts.permissions
import accounts.queries
from accounts.clock import business_now
from accounts.models import Account, Customer
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..forms.care import LossForm, ManagerForm, MeetingForm, TalkForm
from ..models import CareContact, CareMeeting
from ..operations import care
from ..queries import care as reads

_LAST = 50


@require_safe
@staff_with(Verb.HANDLE_CASES)
def care_list(request: MemberRequest) -> HttpResponse:
    """What is due to whom I look after, or to everybody; and how well everybody is covered."""
    at, sees_all = business_now(), _sees_all(request)
    is_mine = not sees_all or request.GET.get("whose") == "mine"
    staff = accounts.queries.current_staff(request.user)
    context = {
        "due": reads.due_for(staff if is_mine else None),
        "is_mine": is_mine,
        "sees_all": sees_all,
        "page": Paginator(reads.cared_for(), _LAST).get_page(request.GET.get("page")),
        "coverage": reads.coverage(at=at),
        "lost": reads.unexplained_losses(at=at).count(),
        "now": at,
    }
    return render(request, "callbacks/care.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_with(Verb.HANDLE_CASES)
def cared_for(request: MemberRequest, pk: int) -> HttpResponse:
    """One customer: what is owed, what was said, and the form for the next talk."""
    customer = get_object_or_404(Customer, pk=pk, segment__in=reads.CARED_FOR)
    form = TalkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            care.talk_with(customer=customer, talk=care.Talk(**form.cleaned_data), by=request.user, at=business_now())
        except (care.NothingWritten, care.NotCaredFor) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down."))
            return redirect("callbacks:cared_for", pk=pk)
    current = reads.manager_of(customer)
    context = {
        "customer": customer,
        "accounts": customer.accounts.select_related("premises").order_by("number"),
        "manager": current,
        "manager_form": ManagerForm(initial={"staff": current.staff_id if current else None}),
        "sees_all": _sees_all(request),
        "contacts": CareContact.objects.filter(customer=customer).select_related("staff")[:_LAST],
        "due": [line for line in reads.due_for(None) if line.period.obligation.customer_id == customer.pk],
        "form": form,
        "now": business_now(),
    }
    return render(request, "callbacks/cared_for.html", context, status=422 if form.errors else 200)


@require_POST
@staff_with(Verb.SEE_BOARD)
def name_manager(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody else looks after them from now on."""
    customer, form = get_object_or_404(Customer, pk=pk, segment__in=reads.CARED_FOR), ManagerForm(request.POST)
    if form.is_valid():
        named = care.name_manager(customer=customer, by=request.user, at=business_now(), **form.cleaned_data)
        messages.success(request, _("%(who)s looks after this customer.") % {"who": named.staff.name})
    else:
        messages.error(request, _("Choose somebody."))
    return redirect("callbacks:cared_for", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_with(Verb.SEE_BOARD)
def meetings(request: MemberRequest) -> HttpResponse:
    """Meetings that were held, and the minutes of one more."""
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            care.hold_meeting(by=request.user, at=business_now(), **form.cleaned_data)
        except (care.NothingWritten, care.NotYetHeld) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The minutes are kept."))
            return redirect("callbacks:meetings")
    held = CareMeeting.objects.select_related("staff").prefetch_related("customers")[:_LAST]
    return render(request, "callbacks/meetings.html", {"meetings": held, "form": form}, status=422 if form.errors else 200)


@require_safe
@staff_with(Verb.HANDLE_CASES)
def losses(request: MemberRequest) -> HttpResponse:
    """Who left, and nobody has said why."""
    return _losses(request)


@require_POST
@staff_with(Verb.HANDLE_CASES)
def explain_loss(request: MemberRequest, number: str) -> HttpResponse:
    """Why they left."""
    account, form = get_object_or_404(Account, number=number, customer__segment__in=reads.CARED_FOR), LossForm(request.POST)
    if not form.is_valid():
        return _losses(request, refused=(number, form))
    try:
        care.explain_loss(account=account, by=request.user, at=business_now(), **form.cleaned_data)
    except (care.StillWithUs, care.NothingWritten) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Written down."))
    return redirect("callbacks:losses")


def _losses(request: MemberRequest, refused: tuple[str, LossForm] | None = None) -> HttpResponse:
    number, form = refused or ("", LossForm())
    accounts_lost = reads.unexplained_losses(at=business_now())
    # Each form has its own ids: several stand on the page.
    lost = [(one, form if one.number == number else LossForm(prefix="", auto_id=f"id_{one.number}_%s")) for one in accounts_lost]
    return render(request, "callbacks/losses.html", {"lost": lost}, status=422 if refused else 200)


def _sees_all(request: MemberRequest) -> bool:
    return Verb.SEE_BOARD in accounts.permissions.verbs_of(request.user, business_now())
