from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

import desk.queries.landing
import desk.queries.workbench
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from notices.queries.announcement_lines import lines

#: Of what is announced; the rest is a click away.
_ANNOUNCED = 2


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The public front page; who is signed in goes on to where they work or look after their gas."""
    if request.user.is_authenticated:
        return redirect("desk:workbench" if request.user.is_staff else "desk:cabinet")
    at = business_now()
    context = {**desk.queries.landing.landing(at), "announcements": lines(at)[:_ANNOUNCED]}
    return render(request, "desk/home.html", context)


@require_safe
@staff_with(Verb.SEE_GALLERY)
def workbench(request: MemberRequest) -> HttpResponse:
    return render(request, "desk/workbench.html", desk.queries.workbench.workbench(request.user, at=business_now()))
