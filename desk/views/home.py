from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

import desk.queries.landing
import desk.queries.workbench
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The public front page; who is signed in goes on to where they work or look after their gas."""
    if request.user.is_authenticated:
        return redirect("desk:workbench" if request.user.is_staff else "desk:cabinet")
    return render(request, "desk/home.html", desk.queries.landing.landing(business_now()))


@require_safe
@staff_with(Verb.SEE_GALLERY)
def workbench(request: MemberRequest) -> HttpResponse:
    return render(request, "desk/workbench.html", desk.queries.workbench.workbench(request.user, at=business_now()))
