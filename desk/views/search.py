"""One box for everything that staff look for."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

import desk.queries.search
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with


@require_http_methods(["GET", "POST"])
@staff_with(Verb.FIND_ACCOUNTS)
def search(request: MemberRequest) -> HttpResponse:
    """A single hit opens by itself. What is looked for is somebody's data and stays out of the address."""
    text, at = request.POST.get("q", ""), business_now()
    found = desk.queries.search.find(text, request.user, at=at)
    if found.only_account:
        return redirect("desk:account", number=found.only_account.number)
    if found.only_case:
        return redirect("casework:case", reference=found.only_case.reference)
    return render(request, "desk/search.html", {"text": text, "found": found, "now": at})
