"""The virtual reception without signing in: choose a form, see whether it was asked already, write, keep number and code."""

import secrets
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import casework.permissions
import complaints.operations.appeals
import complaints.operations.service_applications
from accounts.actors import Actor, System
from accounts.clock import business_now
from accounts.models import User
from accounts.throttles import Pace, may_ask
from casework.models import Case, Channel
from casework.operations import Answer, NotTaken, answer_once

from ..forms.reception import LetterForm, ReachedForm, ServiceForm
from ..models import AppealForm
from ..operations.appeals import NewAppeal
from ..operations.service_applications import NewService
from ..queries.reception_desk import answered_already, published_already
from ..states import APPEAL, SERVICE_APPLICATION

_SENT = "sent_to_reception"
#: How long a browser may come back to the number it was given; real time, as sessions do.
_LASTS = timedelta(hours=12)
#: A letter a few minutes from one address is somebody who writes; more is a machine.
_PACE = Pace("reception", "30/hour")
_LOOKING = Pace("reception_asked", "120/min")


@never_cache
@require_safe
def reception_home(request: HttpRequest) -> HttpResponse:
    """What can be sent to us, and where to look first."""
    return render(request, "complaints/reception_home.html", {"forms": AppealForm})


@never_cache
@require_http_methods(["GET", "POST"])
def letter_new(request: HttpRequest, form: str) -> HttpResponse:
    """A question, an appeal or a review; sent twice by a hurried thumb it is one. ``look`` only looks for answers."""
    posted = request.POST if request.method == "POST" else None
    typed = LetterForm(posted, request.FILES or None, form=form, initial=_known(request), accounts=_accounts(request))
    if posted is not None and "look" in posted:
        return _letter_page(request, form, LetterForm(initial=posted.dict(), form=form, accounts=_accounts(request)))
    if not typed.is_valid():
        return _letter_page(request, form, typed, status=422 if typed.errors else 200)
    if not may_ask(request, _PACE):
        return _letter_page(request, form, typed, status=429)
    try:
        key = _take_once(request, lambda at: _send_letter(request, form, typed, at))
    except NotTaken as refusal:
        typed.add_error("file", str(refusal))
        return _letter_page(request, form, typed, status=422)
    return _remember(request, key)


@never_cache
@require_http_methods(["GET", "POST"])
def service_new(request: HttpRequest) -> HttpResponse:
    """An application for a service."""
    typed = ServiceForm(
        request.POST if request.method == "POST" else None, request.FILES or None, initial=_known(request), accounts=_accounts(request)
    )
    if not typed.is_valid():
        return _service_page(request, typed, status=422 if typed.errors else 200)
    if not may_ask(request, _PACE):
        return _service_page(request, typed, status=429)
    try:
        key = _take_once(request, lambda at: _send_service(request, typed, at))
    except NotTaken as refusal:
        typed.add_error("file", str(refusal))
        return _service_page(request, typed, status=422)
    return _remember(request, key)


@never_cache
@require_POST
def asked_already(request: HttpRequest) -> HttpResponse:
    """Answers to what is being typed; the words travel in the body and are kept nowhere."""
    words = request.POST.get("text", "") if may_ask(request, _LOOKING) else ""
    return render(request, "complaints/reception_asked.html", {**_found(words), "is_asked": bool(words.strip())})


@never_cache
@require_safe
def reception_sent(request: HttpRequest) -> HttpResponse:
    """Number and code, and by when we answer."""
    key, until = request.session.get(_SENT, (0, 0))
    kinds = [APPEAL.kind, SERVICE_APPLICATION.kind]
    case = Case.objects.select_related("timeline").filter(pk=key, kind__in=kinds, erased_at=None).first()
    if case is None or until < timezone.now().timestamp():
        return redirect("complaints:reception")
    answer = render(request, "complaints/reception_sent.html", {"case": case, "now": business_now()})
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _send_letter(request: HttpRequest, form: str, typed: LetterForm, at: Any) -> Case:
    given = typed.cleaned_data
    names = ("topic", "text", "place", "name", "phone", "email", "is_publishable")
    new = NewAppeal(form=form, **{name: given[name] for name in names}, **_whose(request, given))
    return complaints.operations.appeals.send_appeal(new=new, file=given["file"], by=_writer(request), at=at).case


def _send_service(request: HttpRequest, typed: ServiceForm, at: Any) -> Case:
    given = typed.cleaned_data
    names = ("service", "wishes", "name", "phone", "email")
    new = NewService(details=typed.details(), **{name: given[name] for name in names}, **_whose(request, given))
    sent = complaints.operations.service_applications.apply_for_service(new=new, file=given["file"], by=_writer(request), at=at)
    return sent.case


def _take_once(request: HttpRequest, send: Any) -> int:
    """The key of the case; a form sent twice is one (as in repairs, Note [One form, one report])."""
    once, at = request.POST.get("once", "")[:32], business_now()

    def take() -> Answer:
        case = send(at)
        return Answer(201, {"case": case.pk}, about=case.reference)

    answer = answer_once(caller="web:reception", key=once if once.isalnum() else secrets.token_hex(16), fingerprint="", at=at, act=take)
    return answer.body["case"] if answer.body else 0


def _remember(request: HttpRequest, key: int) -> HttpResponse:
    request.session[_SENT] = [key, (timezone.now() + _LASTS).timestamp()]
    return redirect("complaints:reception_sent")


def _letter_page(request: HttpRequest, form: str, typed: ReachedForm, *, status: int = 200) -> HttpResponse:
    words = request.POST.get("text", "")
    context = {
        "form": typed,
        "kind": AppealForm(form),
        "once": _once(request),
        **_found(words),
        "is_asked": "look" in request.POST,
        "too_often": status == 429,
    }
    return render(request, "complaints/reception_letter.html", context, status=status)


def _found(words: str) -> dict[str, Any]:
    """Articles, and answers to others, that may answer these words."""
    language = get_language() or ""
    return {"hits": answered_already(words, language=language), "answers": published_already(words, language=language)}


def _service_page(request: HttpRequest, typed: ServiceForm, *, status: int = 200) -> HttpResponse:
    context = {"form": typed, "once": _once(request), "too_often": status == 429}
    return render(request, "complaints/reception_service.html", context, status=status)


def _once(request: HttpRequest) -> str:
    once = request.POST.get("once", "")[:32]
    return once if once.isalnum() else secrets.token_hex(16)


def _customer(request: HttpRequest) -> User | None:
    """A customer who is signed in finds it in the cabinet; everybody else is nobody here, staff too."""
    return request.user if isinstance(request.user, User) and not request.user.is_staff else None


def _writer(request: HttpRequest) -> Actor:
    return _customer(request) or System("web")


def _whose(request: HttpRequest, given: dict[str, Any]) -> dict[str, Any]:
    asker = _customer(request)
    channel = Channel.CABINET if asker else Channel.WEB
    return {"account": given.get("account"), "asker": asker, "channel": channel, "language": get_language() or ""}


def _accounts(request: HttpRequest) -> Any:
    asker = _customer(request)
    return casework.permissions.household_accounts(asker) if asker else None


def _known(request: HttpRequest) -> dict[str, str]:
    asker = _customer(request)
    return {"name": asker.get_full_name(), "phone": str(asker.phone or ""), "email": asker.email} if asker else {}
