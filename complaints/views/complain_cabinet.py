"""Complaining in the cabinet."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.clock import business_now
from accounts.views.guards import MemberRequest, customer_only
from casework.models import Channel
from casework.permissions import household_accounts

from ..forms.complaining import CabinetComplaintForm
from ..models import Complaint
from ..operations import complaining
from ..operations.complaining import Grievance, NothingWritten, NoWayToAnswer, TooLong
from .sent_once import once_of, take_once


@require_http_methods(["GET", "POST"])
@customer_only
def cabinet_new(request: MemberRequest) -> HttpResponse:
    """For one of the household's accounts, or for none. Files come on its page afterwards."""
    form = CabinetComplaintForm(request.POST or None, accounts=household_accounts(request.user))
    once = once_of(request)
    if form.is_valid():
        try:
            found = _complain(request, form, once)
        except (NothingWritten, TooLong) as refusal:
            form.add_error("text", str(refusal))
        except NoWayToAnswer as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else "wanted_way", str(refusal))
        else:
            messages.success(request, _("We have your complaint and look into it. Here you see how it goes."))
            return redirect("casework:request", reference=found.case.reference)
    return render(request, "complaints/cabinet_new.html", {"form": form, "once": once}, status=422 if form.errors else 200)


def _complain(request: MemberRequest, form: CabinetComplaintForm, once: str) -> Complaint:
    at = business_now()
    grievance = Grievance(
        channel=Channel.CABINET,
        account=form.cleaned_data["account"],
        address=form.cleaned_data["address"],
        phone=str(request.user.phone or ""),
        language=get_language() or "",
        asker=request.user,
        **form.grievance(),
    )

    def take() -> Complaint:
        return complaining.complain(grievance=grievance, by=request.user, at=at)

    key = take_once(caller=request.user.actor_label, once=f"complain:{once}", at=at, take=take)
    return get_object_or_404(Complaint.objects.select_related("case"), pk=key)
