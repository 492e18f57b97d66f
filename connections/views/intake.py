"""Any employee takes an application down: at the hotline, at a window, or because somebody asked a colleague."""

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

import accounts.queries
import connections.operations.applying
from accounts.clock import business_now
from accounts.models import Hall, User
from accounts.permissions import verbs_of
from accounts.roles import Role, Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.models import Case, Channel
from casework.operations import Answer, Ended, answer_once
from casework.views.guards import case_or_404
from connections.operations.applying import NoPlan, Wish

from ..forms.intake import IntakeForm
from ..queries import applicants
from ..ways_in import GOVERNMENT
from .draft_session import applied_of, remember_applied


@never_cache
@require_http_methods(["GET", "POST"])
@staff_with(Verb.TAKE_APPLICATIONS)
def intake(request: MemberRequest) -> HttpResponse:
    """Name, phone, place, Enter."""
    return _take_down(request, None)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_with(Verb.TAKE_APPLICATIONS, Verb.HANDLE_CASES)
def intake_from_case(request: MemberRequest, reference: str) -> HttpResponse:
    """Out of the record of a call: the application is a case of its own, and both know each other."""
    return _take_down(request, case_or_404(request.user, reference))


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


def _take_down(request: MemberRequest, call: Case | None) -> HttpResponse:
    given = {"channel": _channel_of(request.user), "language": get_language() or ""}
    form = IntakeForm(request.POST or None, initial=_known(call), **given)
    once = request.POST.get("once", "")[:32]
    once = once if once.isalnum() else secrets.token_hex(16)
    if form.is_valid():
        try:
            remember_applied(request, _take_once(request, Wish(**form.wished()), call, once))
        except (NoPlan, Ended) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("connections:intake_done")
    return render(request, "connections/intake.html", {"form": form, "call": call, "once": once}, status=422 if form.errors else 200)


def _take_once(request: MemberRequest, wish: Wish, call: Case | None, once: str) -> int:
    """The key of the application; a form sent twice by a hurried Enter is one."""
    at = business_now()

    def take() -> Answer:
        application = connections.operations.applying.apply(wish=wish, call=call, by=request.user, at=at)
        return Answer(201, {"application": application.pk}, about=application.case.reference)

    answer = answer_once(caller=request.user.actor_label, key=f"intake:{once}", fingerprint="", at=at, act=take)
    return answer.body["application"] if answer.body else 0


def _known(call: Case | None) -> dict[str, str]:
    """What the record of the call says already."""
    if call is None:
        return {}
    asked = getattr(call, "general_request", None)
    return {
        "name": call.contact_name,
        "phone": call.contact_phone,
        "place": str(call.premises or ""),
        "wishes": asked.text if asked else call.subject,
    }


def _channel_of(user: User) -> str:
    """By where somebody works: the hotline's calls, a window's visitors, everybody else's acquaintances."""
    if Role.HOTLINE_AGENT in accounts.queries.roles_of(user, business_now()):
        return Channel.PHONE
    hall = accounts.queries.current_staff(user).hall
    if hall is None:
        return Channel.STAFF
    return GOVERNMENT if hall.kind == Hall.Kind.GOVERNMENT else Channel.HALL
