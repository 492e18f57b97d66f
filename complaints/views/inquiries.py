"""What a department is asked, for whoever is asked: the question alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

import accounts.queries
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import NothingSaid

from ..forms.complaint_acts import FindingForm
from ..operations import looking_into
from ..operations.looking_into import AnsweredAlready
from ..queries.inquiries import LOOKED_INTO, inquiries_to
from .guards import inquiry_or_404


@require_safe
@staff_with(Verb.HANDLE_CASES)
def inquiry_list(request: MemberRequest) -> HttpResponse:
    """What waits for a word of mine, my hall's or my department's."""
    at = business_now()
    found = inquiries_to(accounts.queries.current_staff(request.user), at=at)
    return render(request, "complaints/inquiry_list.html", {"inquiries": found, "now": at})


@never_cache
@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES)
def inquiry(request: MemberRequest, pk: int) -> HttpResponse:
    """The question, and what we say to it."""
    found = inquiry_or_404(request.user, pk)
    form = FindingForm(request.POST or None)
    if form.is_valid():
        try:
            looking_into.say_what_happened(inquiry=found, by=request.user, at=business_now(), **form.cleaned_data)
        except (AnsweredAlready, NothingSaid) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. Whoever asked has your answer."))
            return redirect("complaints:inquiry_list")
    is_open = found.answered_at is None and found.complaint.case.status in LOOKED_INTO
    context = {"inquiry": found, "form": form, "is_open": is_open}
    return render(request, "complaints/inquiry.html", context, status=422 if form.errors else 200)
