"""What was missing, by who wrote to the reception: from the cabinet, or with number and code."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

import casework.operations
import complaints.operations.service_applications
from accounts.actors import Actor
from accounts.clock import business_now
from accounts.permissions import Forbidden
from accounts.throttles import Pace, may_ask
from accounts.views.guards import MemberRequest, customer_only
from casework.models import Case, Contact
from casework.operations import NewContact, NothingSaid, StaleRow, WrongMove, record_contact
from casework.permissions import VISITOR
from casework.views.guards import case_or_404
from casework.views.tracking import case_in_sight, look_up_again

from ..forms.reception import WISHES, DetailsForm
from ..models import ServiceApplication
from ..states import APPEAL, SERVICE_APPLICATION
from .complaint_letters import letter_pdf

_KINDS = {APPEAL.kind, SERVICE_APPLICATION.kind}
_PACE = Pace("reception_words", "20/hour")


@never_cache
@require_POST
def tracked_words(request: HttpRequest) -> HttpResponse:
    """To what was looked up on the tracking page."""
    case = case_in_sight(request)
    if case is None:
        return look_up_again(request)
    if not may_ask(request, _PACE):
        messages.error(request, _("Please wait a minute and try again."))
        return redirect("casework:tracked")
    return _take(request, case, VISITOR, redirect("casework:tracked"))


@never_cache
@require_POST
def reception_reopen(request: HttpRequest) -> HttpResponse:
    """The answer did not help: opened again with number and code."""
    case = case_in_sight(request)
    if case is None or case.kind not in _KINDS:
        return look_up_again(request)
    try:
        casework.operations.reopen_case(case=case, why=request.POST.get("why", "")[:WISHES], by=VISITOR, at=business_now())
    except (Forbidden, NothingSaid, StaleRow, WrongMove) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your request is open again. We look at it anew."))
    return redirect("casework:tracked")


@never_cache
@require_safe
def reception_letter(request: HttpRequest, number: int) -> HttpResponse:
    """Our answer as a letter, for whoever looked it up."""
    case = case_in_sight(request)
    return letter_pdf(case, number) if case is not None and case.kind in _KINDS else redirect("casework:track")


@require_POST
@customer_only
def cabinet_words(request: MemberRequest, reference: str) -> HttpResponse:
    """To a request in the cabinet."""
    case = case_or_404(request.user, reference)
    return _take(request, case, request.user, redirect("casework:request", reference=case.reference))


def _take(request: HttpRequest, case: Case, by: Actor, back: HttpResponse) -> HttpResponse:
    try:
        _keep(request, case, by)
    except (NothingSaid, StaleRow) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. We go on with it."))
    return back


def _keep(request: HttpRequest, case: Case, by: Actor) -> None:
    """Words to a letter that waits for them; items to an application."""
    application = ServiceApplication.objects.filter(case=case).first()
    if application is not None:
        application.case = case
        form = DetailsForm(request.POST, items=application.missing)
        details = form.details() if form.is_valid() else {}
        means, at = Contact.Means.CABINET, business_now()
        complaints.operations.service_applications.give_details(application=application, details=details, means=means, by=by, at=at)
        return
    text = request.POST.get("text", "").strip()[:WISHES]
    if not text or case.kind != APPEAL.kind or not case.is_unfinished:
        raise NothingSaid
    said = NewContact(means=Contact.Means.CABINET, direction=Contact.Direction.IN, content=text)
    record_contact(case=case, contact=said, by=by, at=business_now())
