"""Complaints for staff: what is due, what is grave, what it all comes to."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.clock import business_now
from accounts.permissions import verbs_of
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.models import Channel, Origin

from ..models import About
from ..queries.complaint_page import LISTS, complaints_in, counts, results

_NAMES = {
    "open": _("Worked on"),
    "major": _("Major"),
    "repeated": _("Repeated"),
    "mine": _("Mine"),
    "promised": _("Work promised"),
    "ended": _("Settled and closed"),
}
#: What complaints are counted by: a column and how its values are called.
_BY = {"about": ("about", dict(About.choices)), "hall": ("case__hall__name", {}), "channel": ("case__channel", dict(Channel.choices))}
_BY |= {"origin": ("origin", dict(Origin.choices))}
_BY_NAMES = {"about": _("What about"), "hall": _("Hall"), "channel": _("How it came"), "origin": _("Who put it forward")}
_DAYS = (7, 30, 365)


@require_safe
@staff_with(Verb.HANDLE_CASES)
def complaint_list(request: MemberRequest) -> HttpResponse:
    """One list, what falls due first at the top."""
    at = business_now()
    chosen = request.GET.get("list", "")
    chosen = chosen if chosen in LISTS else "open"
    found = counts(request.user, at=at)
    page = Paginator(complaints_in(chosen, request.user, at=at), 50).get_page(request.GET.get("page"))
    tabs = [{"key": key, "name": _NAMES[key], "count": found.get(key), "is_here": key == chosen} for key in LISTS]
    context = {"tabs": tabs, "chosen": chosen, "list_name": _NAMES[chosen], "page": page, "query": f"list={chosen}&", "now": at}
    context["sees_results"] = Verb.SEE_BOARD in verbs_of(request.user, at)
    return render(request, "complaints/complaint_list.html", context)


@require_safe
@staff_with(Verb.SEE_BOARD)
def complaint_results(request: MemberRequest) -> HttpResponse:
    """For supervisors: how many, how grave, justified or not, and how satisfied."""
    at = business_now()
    by = request.GET.get("by", "")
    by = by if by in _BY else "about"
    days = next((days for days in _DAYS if request.GET.get("days") == str(days)), 30)
    column, labels = _BY[by]
    rows = results(since=at - timedelta(days=days), until=at, by=column)
    for row in rows:
        row["label"] = labels.get(row["label"], row["label"]) or _("none")
    total = sum(row["count"] for row in rows)
    context = {"rows": rows, "total": total, "by": by, "days": days, "ways": _BY_NAMES.items(), "spans": _DAYS, "now": at}
    return render(request, "complaints/complaint_results.html", context)
