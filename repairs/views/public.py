"""Reporting a fault without signing in: what to do first, then five things; then a reference, what we promise, and the way back to it.

Note [One form, one report]. Each form carries a number that nobody can guess. A form sent twice by an impatient thumb, one after the
other or in the same moment, is one report: the second is answered as the first was (``casework.operations.answers``).
"""

import secrets
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import repairs.operations.following
import repairs.operations.reporting
import repairs.operations.standing_alone
from accounts.actors import Actor, System
from accounts.clock import business_now
from accounts.models import User
from casework.models import Channel
from casework.operations import Answer, Taken, answer_once
from casework.views.photos import take_photos
from repairs.operations.reporting import Report

from ..forms.reports import PublicReportForm
from ..models import Repair
from ..operations.following import NotAlike
from ..operations.reporting import NoPlace, UnknownFault
from ..operations.standing_alone import NotFollowing
from ..queries.reported import confirmation, lead_of
from ..safety import STEPS
from .reporter import mark_device, source_of

_REPORTED = "reported"
#: How long a browser may come back to what it reported; real time, as sessions do.
_LASTS = timedelta(hours=12)


@never_cache
@require_http_methods(["GET", "POST"])
def report_new(request: HttpRequest) -> HttpResponse:
    """A report is taken from anybody, however often: what too many do is the business of dispatchers."""
    form = PublicReportForm(request.POST or None)
    once = request.POST.get("once", "")[:32]
    once = once if once.isalnum() else secrets.token_hex(16)
    if form.is_valid():
        try:
            key = _take_once(request, form.cleaned_data, once)
        except (NoPlace, UnknownFault) as refusal:
            form.add_error("place" if isinstance(refusal, NoPlace) else "fault", str(refusal))
        else:
            return mark_device(request, _remember(request, key))
    context = {"form": form, "steps": STEPS, "once": once}
    return mark_device(request, render(request, "repairs/report.html", context, status=422 if form.errors else 200))


@never_cache
@require_safe
def reported(request: HttpRequest) -> HttpResponse:
    """The reference, the code, what we promised, the steps again, and whether somebody goes there already."""
    repair = _reported(request)
    return redirect("repairs:report") if repair is None else _reported_page(request, repair)


@never_cache
@require_POST
def report_photos(request: HttpRequest) -> HttpResponse:
    """Photos come after the report: whatever becomes of them, it is stored."""
    repair = _reported(request)
    if repair is None:
        return redirect("repairs:report")
    taken = take_photos(request, repair.case, by=System("web"))
    return _reported_page(request, repair, taken=taken) if taken.refused else redirect("repairs:reported")


@never_cache
@require_POST
def report_follow(request: HttpRequest) -> HttpResponse:
    """It is the trouble that was reported before."""
    repair, at = _reported(request), business_now()
    if repair is not None and (lead := lead_of(repair, at=at)):
        try:
            repairs.operations.following.follow(repair=repair, lead=lead, by=_reporter(request), at=at)
        except NotAlike:
            return redirect("repairs:reported")
    return redirect("repairs:reported")


@never_cache
@require_POST
def report_alone(request: HttpRequest) -> HttpResponse:
    """It is another trouble after all."""
    repair = _reported(request)
    if repair is not None:
        try:
            repairs.operations.standing_alone.stand_alone(repair=repair, by=_reporter(request), at=business_now())
        except NotFollowing:
            return redirect("repairs:reported")
    return redirect("repairs:reported")


def _take_once(request: HttpRequest, given: dict[str, Any], once: str) -> int:
    """The key of the report; 0 where it has been erased since. See Note [One form, one report]."""
    at = business_now()

    def take() -> Answer:
        repair = repairs.operations.reporting.report(report=_report(request, given), by=_reporter(request), at=at)
        return Answer(201, {"report": repair.pk}, about=repair.case.reference)

    answer = answer_once(caller="web:report", key=once, fingerprint="", at=at, act=take)
    return answer.body["report"] if answer.body else 0


def _report(request: HttpRequest, given: dict[str, Any]) -> Report:
    names = ("fault", "place", "name", "phone", "unread_phone", "text")
    asker = _reporter(request)
    return Report(
        channel=Channel.WEB,
        language=get_language() or "",
        asker=asker if isinstance(asker, User) else None,
        source=source_of(request, given["phone"] or given["unread_phone"]),
        **{name: given[name] for name in names},
    )


def _reporter(request: HttpRequest) -> Actor:
    """A customer who is signed in finds it in the cabinet; everybody else is nobody here, staff too."""
    user = request.user
    return user if isinstance(user, User) and not user.is_staff else System("web")


def _remember(request: HttpRequest, key: int) -> HttpResponse:
    request.session[_REPORTED] = [key, (timezone.now() + _LASTS).timestamp()]
    return redirect("repairs:reported")


def _reported_page(request: HttpRequest, repair: Repair, *, taken: Taken | None = None) -> HttpResponse:
    context = {"steps": STEPS, "taken": taken, **confirmation(repair, at=business_now())}
    answer = render(request, "repairs/reported.html", context, status=422 if taken else 200)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _reported(request: HttpRequest) -> Repair | None:
    key, until = request.session.get(_REPORTED, (0, 0))
    if until < timezone.now().timestamp():
        return None
    found = Repair.objects.select_related("case__timeline", "follows__case", "territory")
    return found.filter(pk=key, case__erased_at=None).first()
