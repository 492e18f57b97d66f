"""A complaint taken down by staff: on the phone, at the counter, from a letter or a petition, or out of a call's record."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.clock import business_now
from accounts.models import Account
from accounts.permissions import may
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, account_or_404, staff_with
from casework import references
from casework.models import Case
from casework.operations import Ended
from casework.permissions import check_may_see

from ..forms.complaining import StaffComplaintForm
from ..models import Complaint
from ..operations import complaining, looking_into
from ..operations.complaining import Grievance, NothingWritten, NoWayToAnswer, TooLong
from ..states import ComplaintStatus
from .guards import case_or_404
from .sent_once import once_of, take_once


@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES)
def complaint_new(request: MemberRequest) -> HttpResponse:
    """For a passer-by, or before it is known whose it is."""
    return _take_down(request, None, None)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES, Verb.FIND_ACCOUNTS)
def complaint_new_for(request: MemberRequest, number: str) -> HttpResponse:
    """For the customer of an account."""
    return _take_down(request, account_or_404(request.user, number), None)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES)
def complaint_from_case(request: MemberRequest, reference: str) -> HttpResponse:
    """Out of the record of a call or request: the complaint is a case of its own, and both know each other."""
    call = case_or_404(request.user, reference)
    return _take_down(request, call.account, call)


def _take_down(request: MemberRequest, account: Account | None, call: Case | None) -> HttpResponse:
    form = StaffComplaintForm(request.POST or None, account=account, language=get_language() or "", initial=_known(call))
    once = once_of(request)
    if form.is_valid():
        try:
            found = _complain(request, form, call, once=once, account=account)
        except (NothingWritten, TooLong) as refusal:
            form.add_error("text", str(refusal))
        except NoWayToAnswer as refusal:
            form.add_error(refusal.field, str(refusal))
        except Ended as refusal:
            form.add_error(None, str(refusal))
        else:
            return _after(request, found, begins=form.cleaned_data["begins"])
    context = {"form": form, "account": account, "call": call, "once": once}
    return render(request, "complaints/complaint_new.html", context, status=422 if form.errors else 200)


def _complain(request: MemberRequest, form: StaffComplaintForm, call: Case | None, *, once: str, account: Account | None) -> Complaint:
    at = business_now()
    grievance = Grievance(account=account, premises=call.premises if call else None, **form.grievance())

    def take() -> Complaint:
        return complaining.complain(grievance=grievance, call=call, by=request.user, at=at)

    key = take_once(caller=request.user.actor_label, once=f"complain:{once}", at=at, take=take)
    return get_object_or_404(Complaint.objects.select_related("case__timeline"), pk=key)


def _after(request: MemberRequest, found: Complaint, *, begins: bool) -> HttpResponse:
    case, at = found.case, business_now()
    said = _("Taken down. Reference %(reference)s; say it to the customer, and the code %(code)s for looking up how it stands.")
    messages.success(request, said % {"reference": references.grouped(case.reference), "code": references.grouped(case.tracking_code)})
    if not may(check_may_see, request.user, case, at=at):
        messages.info(request, _("It is about you or your department: somebody else looks into it, and you do not see it any more."))
        return redirect("complaints:complaint_list")
    if begins and case.status == ComplaintStatus.RECEIVED:
        looking_into.investigate(complaint=found, by=request.user, at=at)
    return redirect("complaints:complaint", reference=case.reference)


def _known(call: Case | None) -> dict[str, str]:
    """What the record of the call says already."""
    if call is None:
        return {}
    request = getattr(call, "general_request", None)
    known = {"text": request.text if request else "", "name": call.contact_name, "phone": call.contact_phone}
    return {**known, "channel": call.channel, "about_reference": call.reference}
