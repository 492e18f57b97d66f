"""Over the API: which repairs belong to an interruption."""

from typing import Any

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import endpoint, needs, refuses
from accounts.api.inputs import read
from accounts.roles import Verb
from casework import references
from casework.models import Case

from ..models import Outage
from ..operations import outage_tickets
from .outage_docs import act_on, doc_of
from .outage_inputs import TicketInput
from .outage_problems import REFUSALS


@endpoint("POST", doc_of("attach_outage_ticket", "Say that a repair belongs to an interruption (staff)", TicketInput))
@needs(Verb.HANDLE_CASES)
@refuses(REFUSALS)
def attach_ticket(request: Request, reference: str) -> Response:
    case = Case.objects.filter(reference=references.tidy(read(TicketInput, request)["case"])).select_related("timeline").first()
    if case is None:
        raise Http404
    return act_on(request, reference, lambda outage, when: outage_tickets.attach(outage=outage, case=case, **when))


@endpoint("POST", doc_of("detach_outage_ticket", "Say that a repair has another cause; it is not attached again (staff)", TicketInput))
@needs(Verb.HANDLE_CASES)
@refuses(REFUSALS)
def detach_ticket(request: Request, reference: str) -> Response:
    tidied = references.tidy(read(TicketInput, request)["case"])

    def act(outage: Outage, when: dict[str, Any]) -> object:
        ticket = outage.tickets.select_related("case", "outage").filter(case__reference=tidied).first()
        if ticket is None:
            raise Http404
        return outage_tickets.detach(ticket=ticket, **when)

    return act_on(request, reference, act)
