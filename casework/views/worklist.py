"""Whose turn it is, by what falls due first."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

import accounts.permissions
import accounts.queries
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from .. import queries

_NAMES = {
    "offered": _("Offered to me"),
    "mine": _("Mine"),
    "by_name": _("I look after"),
    "hall": _("My hall's"),
    "unassigned": _("Nobody's"),
    queries.EVERYTHING: _("All"),
}


@require_safe
@staff_with(Verb.HANDLE_CASES)
def worklist(request: MemberRequest) -> HttpResponse:
    """One of my lists; all of them for who assigns cases."""
    at, staff = business_now(), accounts.queries.current_staff(request.user)
    assigns = Verb.ASSIGN_CASES in accounts.permissions.verbs_of(request.user, at)
    lists = (*queries.LISTS, queries.EVERYTHING) if assigns else queries.LISTS
    chosen = request.GET.get("list", "")
    counts = queries.list_counts(staff, at=at)
    if chosen not in lists:
        chosen = "offered" if counts["offered"] else "mine"
    page = Paginator(queries.worklist(chosen, staff, at=at), 50).get_page(request.GET.get("page"))
    # Few are named to see to anything.
    shown = [key for key in lists if key != "by_name" or counts[key] or key == chosen]
    tabs = [{"key": key, "name": _NAMES[key], "count": counts.get(key), "is_here": key == chosen} for key in shown]
    context = {"tabs": tabs, "chosen": chosen, "list_name": _NAMES[chosen], "page": page, "query": f"list={chosen}&", "now": at}
    return render(request, "casework/worklist.html", context)
