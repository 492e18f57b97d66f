"""Badges of those who go to doors: who has one, issue, withdraw."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.clock import business_date, business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..forms.crews import IssueForm
from ..models import Badge
from ..operations import badges
from ..queries import crew_plans

#: What a new badge is proposed to be valid for.
_USUAL = timedelta(days=730)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.PLAN_CREWS)
def badge_list(request: MemberRequest) -> HttpResponse:
    """Who needs a badge, who has one; a form for a new one."""
    at = business_now()
    form = IssueForm(request.POST or None, request.FILES or None, at=at, initial={"valid_until": business_date(at) + _USUAL})
    if form.is_valid():
        try:
            badge = badges.issue_badge(**form.cleaned_data, by=request.user, at=at)
        except badges.BadPhoto as refusal:
            form.add_error("photo", str(refusal))
        except badges.BadDate as refusal:
            form.add_error("valid_until", str(refusal))
        else:
            said = _("%(name)s has badge %(number)s now. Print the number on it.") % {"name": badge.staff.name, "number": badge.number}
            messages.success(request, said)
            return redirect("fieldwork:badge_list")
    context = {"wearers": crew_plans.wearers(at), "withdrawn": crew_plans.withdrawn_badges(), "form": form}
    return render(request, "fieldwork/crews/badges.html", context, status=422 if form.errors else 200)


@require_POST
@staff_with(Verb.PLAN_CREWS)
def badge_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Lost, or its wearer does something else now: whoever checks it is warned."""
    badge = get_object_or_404(Badge.objects.select_related("staff"), pk=pk)
    badges.withdraw_badge(badge=badge, by=request.user, at=business_now())
    messages.success(request, _("The badge of %(name)s is withdrawn.") % {"name": badge.staff.name})
    return redirect("fieldwork:badge_list")
