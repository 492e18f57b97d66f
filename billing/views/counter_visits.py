"""A visit to a counter, for whoever heard that it took too long: who served whom, since when, and what became of it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import billing.queries.counter_visits
import sla.permissions
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with


@require_safe
@staff_with(Verb.SEE_BOARD)
def counter_visit(request: MemberRequest, reference: str) -> HttpResponse:
    """One visit; heads of halls see those of their own."""
    hall = None if sla.permissions.sees_every_hall(request.user, at=business_now()) else request.user.staff.hall_id
    try:
        visit = billing.queries.counter_visits.get_visit(reference, hall=hall)
    except billing.queries.counter_visits.VisitNotFound as unknown:
        raise Http404 from unknown
    story = billing.queries.counter_visits.story(visit)
    return render(request, "billing/counter_visit.html", {"visit": visit, "story": story})
