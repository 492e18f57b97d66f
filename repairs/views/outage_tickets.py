"""Which repairs belong to an interruption, said by hand."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework import references
from casework.models import Case

from ..models import OutageTicket
from ..operations import outage_tickets
from .outage_guards import act_on, outage_or_404, refuse


@require_POST
@staff_with(Verb.HANDLE_CASES)
def attach(request: MemberRequest, reference: str) -> HttpResponse:
    """This repair belongs to it."""
    found, at = outage_or_404(reference), business_now()
    case = Case.objects.filter(reference=references.tidy(request.POST.get("reference", ""))).select_related("timeline").first()
    if case is None:
        return refuse(request, found, _("There is no case with this reference."))
    done = _("The repair belongs to this interruption now.")
    return act_on(request, found, done, lambda: outage_tickets.attach(outage=found, case=case, by=request.user, at=at))


@require_POST
@staff_with(Verb.HANDLE_CASES)
def detach(request: MemberRequest, pk: int) -> HttpResponse:
    """That repair has another cause."""
    ticket = get_object_or_404(OutageTicket.objects.select_related("case", "outage"), pk=pk)
    at, done = business_now(), _("The repair no longer belongs to this interruption.")
    return act_on(request, ticket.outage, done, lambda: outage_tickets.detach(ticket=ticket, by=request.user, at=at))
