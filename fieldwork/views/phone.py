"""The crew's phone: my visits, one visit, its steps. All of it works without a script; with one, without signal too."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import business_now
from accounts.models import User
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import NotTaken

from .. import permissions, queries
from ..forms.phone import FORMS, StepForm
from ..models import Visit
from ..operations import contacts, doorstep, photos, syncing, work
from ..operations.contacts import Shown
from ..queries import phones
from ..queries.meters import meter_to_read
from .told import deed_from

_REFUSALS = (syncing.Refused, syncing.NotInCrew, photos.AnotherPhoto, NotTaken, permissions.NotYourVisit)


@never_cache
@require_safe
@staff_with(Verb.VISIT)
def visit_list(request: MemberRequest) -> HttpResponse:
    """What my crew is asked to take and has, due first on top; what it ended; what came too late."""
    at = business_now()
    crew = queries.crews_of(request.user, at).first()
    found = list(phones.visits_of_crew(crew, at)) if crew else []
    context = {
        "crew": crew,
        "visits": [visit for visit in found if visit.ended_at is None],
        "ended": [visit for visit in found if visit.ended_at is not None],
        "refused": list(phones.refused_of_crew(crew, at)[:10]) if crew else [],
        "now": at,
        "words": _words(),
    }
    return render(request, "fieldwork/phone/list.html", context)


@never_cache
@require_safe
@staff_with(Verb.VISIT)
def visit_detail(request: MemberRequest, pk: int) -> HttpResponse:
    return _page(request, _visit_or_404(request.user, pk))


@never_cache
@require_POST
@staff_with(Verb.VISIT)
def visit_step(request: MemberRequest, pk: int, step: str) -> HttpResponse:
    """One step, without a script."""
    visit = _visit_or_404(request.user, pk)
    if step not in FORMS:
        raise Http404
    posted = request.POST.copy()
    form = FORMS[step](posted, request.FILES, auto_id=f"{step}_%s")
    if not form.is_valid():
        return _page(request, visit, {step: form})
    deed, key = deed_from(pk, step.replace("-", "_"), form.cleaned_data), form.cleaned_data["key"]
    try:
        doorstep.take_step(visit=visit, deed=deed, files=form.cleaned_data.get("photos") or [], key=key, by=request.user, at=business_now())
    except _REFUSALS as refusal:
        form.add_error(None, str(refusal))
        posted["key"] = uuid.uuid4().hex  # the old one has its answer
        return _page(request, _visit_or_404(request.user, pk), {step: form})
    messages.success(request, _("Noted."))
    return redirect("fieldwork:phone_list") if step in {"decline", "give-back"} else redirect("fieldwork:phone_visit", pk)


@never_cache
@require_POST
@staff_with(Verb.VISIT)
def visit_contact(request: MemberRequest, pk: int) -> HttpResponse:
    """Whom to ring; that somebody looked is written down."""
    visit = _visit_or_404(request.user, pk)
    try:
        shown = contacts.show_contact(visit=visit, by=request.user, at=business_now())
    except permissions.NotYourVisit as refusal:
        messages.error(request, str(refusal))
        return redirect("fieldwork:phone_visit", pk)
    return _page(request, visit, contact=shown)


@never_cache
@require_POST
@staff_with(Verb.VISIT)
def work_strike(request: MemberRequest, pk: int, line: int) -> HttpResponse:
    """A line of work written down by mistake."""
    visit = _visit_or_404(request.user, pk)
    try:
        permissions.check_may_visit(request.user, visit, at=business_now())
        work.strike_work(visit=visit, line=line, by=request.user.staff, at=business_now())
    except (permissions.NotYourVisit, work.VisitEnded) as refusal:
        messages.error(request, str(refusal))
    return redirect("fieldwork:phone_visit", pk)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps these pages on the phone. Here and not under /static/, so that it may look after /crew/."""
    answer = render(request, "fieldwork/phone/worker.js", content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What the phone shows without signal for a page it has not kept. Nobody's data is on it."""
    return render(request, "fieldwork/phone/offline.html", {"words": _words()})


def _visit_or_404(user: User, pk: int) -> Visit:
    visit = phones.visit_for_phone(permissions.reported_visits(user, business_now()), pk)
    if visit is None:
        raise Http404
    return visit


def _page(request: MemberRequest, visit: Visit, wrong: dict[str, StepForm] | None = None, contact: Shown | None = None) -> HttpResponse:
    at, wrong = business_now(), wrong or {}
    is_ours = visit.crew_id is not None and queries.crews_of(request.user, at).filter(pk=visit.crew_id).exists()
    forms = {name: kind(auto_id=f"{name}_%s", initial={"key": uuid.uuid4().hex}) for name, kind in FORMS.items()} | wrong
    context: dict[str, Any] = {
        "visit": visit,
        "address": phones.address_of(visit),
        "is_ours": is_ours,
        "forms": {name.replace("-", "_"): form for name, form in forms.items()},
        "wrong": next(iter(wrong.values()), None),
        "wrong_step": next(iter(wrong), "").replace("-", "_"),
        "contact": contact,
        "evidence": list(phones.evidence_of(visit)),
        "work_lines": list(visit.work_lines.select_related("part").order_by("at", "pk")),
        "refused": list(phones.refused_of_crew(visit.crew, at).filter(visit=visit)[:5]) if visit.crew and is_ours else [],
        "meter": meter_to_read(visit) if is_ours else None,
        "signature": getattr(visit, "signature", None),
        "now": at,
        "words": _words(),
    }
    return render(request, "fieldwork/phone/visit.html", context, status=422 if wrong else 200)


def _words() -> dict[str, Any]:
    """What the script says, in the reader's language; of each number as many forms as any of our languages has."""

    def counted(number: int) -> dict[str, str]:
        return {
            "steps": ngettext("%(count)s step is waiting to be sent", "%(count)s steps are waiting to be sent", number),
            "photos": ngettext("%(count)s photo is waiting to be sent", "%(count)s photos are waiting to be sent", number),
        }

    return {
        "counted": {"one": counted(1), "few": counted(2), "many": counted(5), "other": counted(5)},
        "offline": _("No signal. What you do is kept on this phone and sent later."),
        "sending": _("Sending…"),
        "sign_in": _("Sign in again to send what is waiting."),
        "not_in_crew": _("You are in no crew now; what is waiting stays on this phone."),
        "trouble": _("It could not be sent yet; the phone tries again by itself."),
        "amount": _("Choose a part and how much of it, or type minutes of work."),
        "register": _("Type what the meter shows, in m³."),
        "stuck": _("A step was not understood:"),
        "refused": _("A photo was not taken:"),
        "kept": _("Kept on this phone"),
    }
