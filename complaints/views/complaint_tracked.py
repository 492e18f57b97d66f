"""For who holds reference and code: say more, answer our question, withdraw it, open it again, read the letter."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

import casework.operations
from accounts.clock import business_now
from accounts.permissions import Forbidden
from casework.models import Contact
from casework.operations import NewContact, NothingSaid, StaleRow, WrongMove
from casework.permissions import VISITOR
from casework.views.tracking import case_in_sight, look_up_again

from ..models import Complaint
from .complaint_letters import letter_pdf
from .guards import complaint_of

_MOST = 5_000


@never_cache
@require_POST
def tracked_say(request: HttpRequest) -> HttpResponse:
    """One more word, or the answer to what we asked."""
    found = _in_sight(request)
    words = request.POST.get("words", "").strip()[:_MOST]
    if found is None:
        return look_up_again(request)
    if not words or not found.case.is_unfinished:
        messages.error(request, _("Write something first.") if found.case.is_unfinished else _("This complaint has ended."))
        return redirect("casework:tracked")
    said = NewContact(means=Contact.Means.CABINET, direction=Contact.Direction.IN, content=words)
    casework.operations.record_contact(case=found.case, contact=said, by=VISITOR, at=business_now())
    messages.success(request, _("We have your words."))
    return redirect("casework:tracked")


@never_cache
@require_POST
def tracked_reopen(request: HttpRequest) -> HttpResponse:
    """The answer did not help."""
    found = _in_sight(request)
    if found is None:
        return look_up_again(request)
    try:
        why = request.POST.get("why", "")[:_MOST]
        casework.operations.reopen_case(case=found.case, why=why, by=VISITOR, at=business_now())
    except (Forbidden, NothingSaid, StaleRow, WrongMove) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your complaint is open again. We look into it anew."))
    return redirect("casework:tracked")


@never_cache
@require_POST
def tracked_withdraw(request: HttpRequest) -> HttpResponse:
    """Nobody complains any more: why, they may say or not, but that they mean it they do say."""
    found = _in_sight(request)
    if found is None:
        return look_up_again(request)
    if request.POST.get("is_meant") != "on":
        messages.error(request, _("Tick that you withdraw it: then we stop looking into it."))
        return redirect("casework:tracked")
    try:
        why = request.POST.get("why", "").strip() or _unsaid()
        casework.operations.cancel_case(case=found.case, reason=why, by=VISITOR, at=business_now())
    except (StaleRow, WrongMove) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your complaint is withdrawn."))
    return redirect("casework:tracked")


@never_cache
@require_safe
def tracked_letter(request: HttpRequest, number: int) -> HttpResponse:
    """Our answer as a letter."""
    found = _in_sight(request)
    return letter_pdf(found.case, number) if found else redirect("casework:track")


def _unsaid() -> str:
    """For the desk, and so in the language of the house."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Withdrawn with number and code; why was not said.")


def _in_sight(request: HttpRequest) -> Complaint | None:
    case = case_in_sight(request)
    return complaint_of(case) if case else None
