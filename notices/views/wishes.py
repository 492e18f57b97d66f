"""What a customer wants to be sent: in their own cabinet, and as they tell a colleague."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, account_or_404, customer_only, staff_with

from ..models import Refusal
from ..operations import refusing
from ..queries import refusals as found
from ..way_out import WAYS
from ..wish_forms import WishForm
from .cabinet import household_of


@require_http_methods(["GET", "POST"])
@customer_only
def customer_wishes(request: MemberRequest) -> HttpResponse:
    """Ticks for the households of this cabinet; what one of them stopped shows as stopped."""
    household = household_of(request)
    stopped = Refusal.objects.filter(customer__in=household, ended_at=None)
    form = WishForm(request.POST or None, table=found.table(stopped, ways=[str(way) for way in WAYS]))
    if household and form.is_valid():
        refusing.wish_for_household(people=household, wishes=form.wishes(), at=business_now())
        messages.success(request, _("Kept. News of danger reaches you all the same."))
        return redirect("notices:customer_messages")
    context = {"form": form, "has_household": bool(household)}
    return render(request, "notices/customer_wishes.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES)
def account_wishes(request: MemberRequest, number: str) -> HttpResponse:
    """What the customer of an account gets, since when not, how they said so; and what they say now."""
    account = account_or_404(request.user, number)
    table = found.of_customer(account.customer)
    form = WishForm(request.POST or None, table=table)
    if form.is_valid():
        refusing.wish_for_caller(customer=account.customer, wishes=form.wishes(), by=request.user, at=business_now())
        messages.success(request, _("Kept as the customer said."))
        return redirect("notices:account_wishes", number=number)
    context = {"account": account, "form": form, "history": found.history_of(account.customer)[:50]}
    return render(request, "notices/account_wishes.html", context, status=422 if form.errors else 200)
