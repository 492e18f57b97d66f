"""What a customer was told."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

import accounts.queries
from accounts.clock import business_now
from accounts.models import Customer
from accounts.views.guards import MemberRequest, customer_only

from .. import operations, queries
from ..forms import QuietForm
from ..models import Preference

_PAGE = 20


def household_of(request: MemberRequest) -> list[Customer]:
    """Whose messages this reader may see: the customers of the accounts in their cabinet, but for those they only pay for."""
    bound = accounts.queries.bound_accounts(request.user)
    return list({account.customer: None for account in bound if getattr(account, "is_household", False)})


@require_safe
@customer_only
def customer_messages(request: MemberRequest) -> HttpResponse:
    """All letters to the households of this cabinet, newest first. Who only pays sees none."""
    rows = queries.letters_to(household_of(request))
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    fresh = {message.pk for message in page if message.read_at is None}
    operations.mark_read(messages=rows.filter(pk__in=fresh), at=business_now())
    return render(request, "notices/customer_messages.html", {"page": page, "fresh": fresh})


@require_http_methods(["GET", "POST"])
@customer_only
def customer_quiet(request: MemberRequest) -> HttpResponse:
    """When this reader wants no text messages and calls about the households of their cabinet."""
    household = household_of(request)
    form = QuietForm(request.POST or None, instance=Preference.objects.filter(customer__in=household).first())
    if form.is_valid():
        operations.prefer(people=household, wishes=form.cleaned_data, at=business_now())
        messages.success(request, _("Kept. News of danger reaches you at any hour."))
        return redirect("notices:customer_messages")
    return render(request, "notices/customer_quiet.html", {"form": form}, status=422 if form.errors else 200)
