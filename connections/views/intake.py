"""Any employee takes an application down: at the hotline, at a window, or because somebody asked a colleague."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

import accounts.queries
import connections.operations.applying
from accounts.clock import business_now
from accounts.models import User
from accounts.permissions import verbs_of
from accounts.roles import Role, Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.models import Channel
from connections.operations.applying import NoPlan, Wish

from ..forms.intake import IntakeForm
from ..queries import applicants
from .draft_session import applied_of, remember_applied


@never_cache
@require_http_methods(["GET", "POST"])
@staff_with(Verb.TAKE_APPLICATIONS)
def intake(request: MemberRequest) -> HttpResponse:
    """Name, phone, place, Enter."""
    form = IntakeForm(request.POST or None, channel=_channel_of(request.user), language=get_language() or "")
    if form.is_valid():
        try:
            wish = Wish(**form.wished())
            application = connections.operations.applying.apply(wish=wish, by=request.user, at=business_now())
        except NoPlan as refusal:
            form.add_error("kind", str(refusal))
        else:
            remember_applied(request, application)
            return redirect("connections:intake_done")
    return render(request, "connections/intake.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_safe
@staff_with(Verb.TAKE_APPLICATIONS)
def intake_done(request: MemberRequest) -> HttpResponse:
    """What to say now: the number, the code, who rings, what is missing. For those too who do not work on cases."""
    application, at = applied_of(request), business_now()
    if application is None:
        return redirect("connections:intake")
    context = {**applicants.standing(application, at=at), "handles": Verb.HANDLE_CASES in verbs_of(request.user, at)}
    return render(request, "connections/intake_done.html", context)


def _channel_of(user: User) -> str:
    """By where somebody works: the hotline's calls, a window's visitors, everybody else's acquaintances."""
    if Role.HOTLINE_AGENT in accounts.queries.roles_of(user, business_now()):
        return Channel.PHONE
    return Channel.HALL if accounts.queries.current_staff(user).hall_id else Channel.STAFF
