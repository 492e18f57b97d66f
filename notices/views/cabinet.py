"""What a customer was told."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import accounts.queries
from accounts.clock import business_now
from accounts.views.guards import MemberRequest, customer_only

from .. import operations, queries

_PAGE = 20


@require_safe
@customer_only
def customer_messages(request: MemberRequest) -> HttpResponse:
    """All letters to the households of this cabinet, newest first. Who only pays sees none."""
    bound = accounts.queries.bound_accounts(request.user)
    rows = queries.letters_to({account.customer for account in bound if getattr(account, "is_household", False)})
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    fresh = {message.pk for message in page if message.read_at is None}
    operations.mark_read(messages=rows.filter(pk__in=fresh), at=business_now())
    return render(request, "notices/customer_messages.html", {"page": page, "fresh": fresh})
