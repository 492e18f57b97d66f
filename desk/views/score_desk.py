"""The open score for staff: which months are sealed, whether the seals hold, and corrections."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import accounts.permissions
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..forms.score import CorrectionForm
from ..operations.scores import NothingChanged, NothingToCorrect, correct_month
from ..queries import scores


@require_http_methods(["GET", "HEAD", "POST"])
@staff_with(Verb.SEE_BOARD)
def score_desk(request: MemberRequest) -> HttpResponse:
    """The last two years; posting a reason counts a sealed month anew as another edition."""
    at = business_now()
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = correct_month(**form.cleaned_data, by=request.user, at=at)
        except (NothingChanged, NothingToCorrect) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Edition %(number)d is published.") % {"number": row.edition})
            return redirect("desk:score_month", row.month)
    context = {
        "lines": [scores.score(month) for month in scores.months()[:24]],
        "form": form,
        "may": accounts.permissions.may(accounts.permissions.check_verb, request.user, Verb.CORRECT_SCORES, at=at),
    }
    return render(request, "desk/score/desk.html", context, status=422 if form.is_bound else 200)
