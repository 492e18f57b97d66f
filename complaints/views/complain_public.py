"""Complaining without signing in; then a reference, a code, what we promise, and the way back to it.

Note [One form, one complaint]. Each form carries a number that nobody can guess: a form sent twice by an impatient thumb is one
complaint; the second is answered as the first was (``casework.operations.answers``).
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import Actor, System
from accounts.clock import business_now
from accounts.models import User
from accounts.throttles import Pace, may_ask
from casework.models import Case, Channel
from casework.operations import Taken
from casework.views.photos import take_photos

from ..forms.complaining import PublicComplaintForm
from ..models import Complaint
from ..operations import complaining
from ..operations.complaining import Grievance, NothingWritten, NoWayToAnswer, TooLong
from .sent_once import once_of, take_once

_COMPLAINED = "complained"
#: How long a browser may come back to what it sent; real time, as sessions do.
_LASTS = timedelta(hours=12)
#: More from one address is somebody's machine; everybody else rings, or waits a while.
_PACE = Pace("complain", "20/hour")


@never_cache
@require_http_methods(["GET", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """A complaint is taken from anybody, with a name or without."""
    form = PublicComplaintForm(request.POST or None)
    once = once_of(request)
    too_often = False
    if form.is_valid():
        try:
            too_often = not may_ask(request, _PACE)
            if not too_often:
                return _remember(request, _take_once(request, form, once))
        except (NothingWritten, TooLong) as refusal:
            form.add_error("text", str(refusal))
        except NoWayToAnswer as refusal:
            form.add_error(refusal.field, str(refusal))
    context = {"form": form, "once": once, "too_often": too_often, "supervision": settings.PROMISES["supervision_phone"]}
    return render(request, "complaints/complain.html", context, status=429 if too_often else 422 if form.errors else 200)


@never_cache
@require_safe
def complained(request: HttpRequest) -> HttpResponse:
    """The reference, the code, and what we promise."""
    case = _complained(request)
    return redirect("complaints:complain") if case is None else _done_page(request, case)


@never_cache
@require_POST
def complained_files(request: HttpRequest) -> HttpResponse:
    """Pictures and papers come after the complaint: whatever becomes of them, it is stored."""
    case = _complained(request)
    if case is None:
        return redirect("complaints:complain")
    taken = take_photos(request, case, by=System("web"))
    return _done_page(request, case, taken=taken) if taken.refused else redirect("complaints:complained")


def _take_once(request: HttpRequest, form: PublicComplaintForm, once: str) -> int:
    """The key of the complaint; 0 where it has been erased since. See Note [One form, one complaint]."""
    at, by = business_now(), _who(request)

    def take() -> Complaint:
        grievance = Grievance(
            channel=Channel.WEB, language=get_language() or "", asker=by if isinstance(by, User) else None, **_given(form)
        )
        return complaining.complain(grievance=grievance, by=by, at=at)

    return take_once(caller="web:complain", once=once, at=at, take=take)


def _given(form: PublicComplaintForm) -> dict[str, Any]:
    return {**form.grievance(), **form.reached()}


def _who(request: HttpRequest) -> Actor:
    """A customer who is signed in finds it in the cabinet; everybody else is nobody here, staff too."""
    user = request.user
    return user if isinstance(user, User) and not user.is_staff else System("web")


def _remember(request: HttpRequest, key: int) -> HttpResponse:
    request.session[_COMPLAINED] = [key, (timezone.now() + _LASTS).timestamp()]
    return redirect("complaints:complained")


def _done_page(request: HttpRequest, case: Case, *, taken: Taken | None = None) -> HttpResponse:
    context = {"case": case, "taken": taken, "now": business_now()}
    answer = render(request, "complaints/complained.html", context, status=422 if taken else 200)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _complained(request: HttpRequest) -> Case | None:
    key, until = request.session.get(_COMPLAINED, (0, 0))
    if until < timezone.now().timestamp():
        return None
    return Case.objects.select_related("timeline", "complaint").filter(pk=key, kind="complaint", erased_at=None).first()
