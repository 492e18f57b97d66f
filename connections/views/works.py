"""The works of an application as staff see them: the order, the log, the inspection, gas on; and what waits for whom."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import accounts.permissions
from accounts.clock import business_now
from accounts.operations.accounts import DoorTaken
from accounts.operations.customers import BadIdentityNumber
from accounts.operations.meters import MeterInUse
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from billing.refusals import NoPrepaidMeter
from casework.operations import Ended, NothingSaid, NotTaken, StaleRow, WrongMove, attach

from ..forms.works import DefectFormSet, DispatchForm, GasOnForm, InstallerForm, LogForm
from ..models import Application, Defect
from ..operations import gas_on, inspections, stages, works
from ..queries.works import is_to_call, waiting, works_of
from ..states import ConnectionStatus
from .guards import application_or_404

C = ConnectionStatus
REFUSALS = (
    *(works.NothingOrdered, works.DispatchedBefore, works.NoInstaller, works.DayMissing, works.NotReadyYet, stages.DayGone),
    *(inspections.NothingFound, inspections.NotInspected, inspections.DueInThePast, inspections.CriticalOpen, inspections.NotMended),
    *(gas_on.NotReady, gas_on.WhoAndWhere, DoorTaken, MeterInUse, NoPrepaidMeter, BadIdentityNumber),
    *(Ended, NothingSaid, NotTaken, StaleRow, WrongMove),
)
#: What the list shows: status by status, in the order of the way.
LISTS = (C.CONSTRUCTION, C.ACCEPTANCE, C.CORRECTIONS, C.READY, C.CONNECTED)


@require_safe
@staff_with(Verb.HANDLE_CASES)
def works_list(request: MemberRequest) -> HttpResponse:
    """What is being built, inspected, corrected, and ready for gas."""
    wanted = request.GET.get("status", C.CONSTRUCTION)
    if wanted not in LISTS:
        raise Http404
    counts = [(status, C(status).label, waiting(status).count()) for status in LISTS]
    page = Paginator(waiting(wanted), 25).get_page(request.GET.get("page"))
    context = {"page": page, "lists": counts, "wanted": wanted, "now": business_now()}
    return render(request, "connections/works_list.html", context)


@require_safe
@staff_with(Verb.HANDLE_CASES)
def works_page(request: MemberRequest, reference: str) -> HttpResponse:
    """All of it on one page."""
    return _page(request, application_or_404(request.user, reference))


@require_POST
@staff_with(Verb.HANDLE_CASES)
def works_dispatch(request: MemberRequest, reference: str) -> HttpResponse:
    """The hall sends the order on."""
    application, at = application_or_404(request.user, reference), business_now()
    form = DispatchForm(request.POST, at=at)
    given = _by(request, application)
    filled, done = Filled(application, "dispatch_form", form), _("The order is sent on.")
    return _sent(request, filled, done, lambda: works.dispatch(to=form.cleaned_data["to"], **form.given(), **given))


@require_POST
@staff_with(Verb.HANDLE_CASES)
def works_send_out(request: MemberRequest, reference: str) -> HttpResponse:
    """Engineering gives it to whoever builds."""
    application = application_or_404(request.user, reference)
    form, given = InstallerForm(request.POST, at=business_now()), _by(request, application)
    filled = Filled(application, "installer_form", form)
    return _sent(request, filled, _("The installer has the order."), lambda: works.send_out(**form.given(), **given))


@require_POST
@staff_with(Verb.HANDLE_CASES)
def works_log(request: MemberRequest, reference: str) -> HttpResponse:
    """An entry of the construction log, with photos."""
    application = application_or_404(request.user, reference)
    form, given = LogForm(request.POST, request.FILES), _by(request, application)
    filled = Filled(application, "log_form", form)
    return _sent(request, filled, _("Written down."), lambda: works.log(**form.cleaned_data, **given))


@require_POST
@staff_with(Verb.HANDLE_CASES)
def works_ready(request: MemberRequest, reference: str) -> HttpResponse:
    """The conditions for a building's main line are there."""
    return _act(request, reference, _("Noted: the conditions are there."), works.tell_ready)


@require_POST
@staff_with(Verb.HANDLE_CASES)
def works_built(request: MemberRequest, reference: str) -> HttpResponse:
    """It is built."""
    return _act(request, reference, _("Noted: it is built and waits for its inspection."), works.report_built)


@require_POST
@staff_with(Verb.INSPECT_WORKS)
def works_fail(request: MemberRequest, reference: str) -> HttpResponse:
    """The inspection found defects: all of them at once."""
    application, at = application_or_404(request.user, reference), business_now()
    rows = DefectFormSet(request.POST, request.FILES, prefix="defects")
    if not rows.is_valid():
        return _page(request, application, defect_rows=rows)
    try:
        # A photo that cannot be taken takes the list back too: sent again, it would stand there twice.
        with transaction.atomic():
            _fail(application, [row for row in rows if row.has_changed()], request, at)
    except REFUSALS as refusal:
        # Read again: what was done before the refusal is undone in the database, not in our hands.
        return _page(request, application_or_404(request.user, reference), defect_rows=rows, refusal=str(refusal))
    messages.success(request, _("The list of corrections goes to the applicant."))
    return redirect("connections:works", reference)


@require_POST
@staff_with(Verb.INSPECT_WORKS)
def works_pass(request: MemberRequest, reference: str) -> HttpResponse:
    """The acceptance is passed."""
    return _act(request, reference, _("The acceptance is passed."), inspections.accept)


@require_POST
@staff_with(Verb.HANDLE_CASES)
def works_mended(request: MemberRequest, reference: str, pk: int) -> HttpResponse:
    """Whoever had to mend it says that it is done."""
    defect = _defect(request, reference, pk)
    return _act(request, reference, _("Noted: mended, to be looked at."), lambda **given: inspections.mend(defect=defect, **_but(given)))


@require_POST
@staff_with(Verb.INSPECT_WORKS)
def works_check(request: MemberRequest, reference: str, pk: int) -> HttpResponse:
    """An inspector looked at what was mended."""
    defect, is_good = _defect(request, reference, pk), request.POST.get("is_good") == "yes"
    seen = int(request.POST["seen"]) if request.POST.get("seen", "").isdecimal() else -1
    done = _("It is good.") if is_good else _("It goes back to be mended.")
    return _act(request, reference, done, lambda **given: inspections.check(defect=defect, is_good=is_good, seen=seen, **_but(given)))


@require_POST
@staff_with(Verb.LET_GAS_IN)
def works_gas_on(request: MemberRequest, reference: str) -> HttpResponse:
    """Gas on."""
    application = application_or_404(request.user, reference)
    form, given = GasOnForm(request.POST, application=application), _by(request, application)
    filled, done = Filled(application, "gas_form", form), _("Gas is on. The account is open.")
    return _sent(request, filled, done, lambda: gas_on.let_gas_in(supply=gas_on.Supply(**form.supply()), **given))


@dataclass(frozen=True)
class Filled:
    """A form that was sent for an application; ``name`` is what its page calls it."""

    application: Application
    name: str
    form: Any


def _by(request: MemberRequest, application: Application) -> dict[str, Any]:
    return {"application": application, "by": request.user, "at": business_now()}


def _sent(request: MemberRequest, filled: Filled, done: str, act: Callable[[], object]) -> HttpResponse:
    if filled.form.is_valid():
        try:
            act()
        except REFUSALS as refusal:
            filled.form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("connections:works", filled.application.case.reference)
    return _page(request, filled.application, **{filled.name: filled.form})


def _act(request: MemberRequest, reference: str, done: str, act: Callable[..., object]) -> HttpResponse:
    application = application_or_404(request.user, reference)
    try:
        act(application=application, by=request.user, at=business_now())
    except REFUSALS as refusal:
        return _page(request, application, refusal=str(refusal))
    messages.success(request, done)
    return redirect("connections:works", reference)


def _but(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name != "application"}


def _defect(request: MemberRequest, reference: str, pk: int) -> Defect:
    application = application_or_404(request.user, reference)
    defect = application.defects.filter(pk=pk).first()
    if defect is None:
        raise Http404
    defect.application = application
    return defect


def _fail(application: Application, rows: list[Any], request: MemberRequest, at: datetime) -> None:
    found = [inspections.Found(**row.found()) for row in rows]
    for defect, row in zip(inspections.fail(application=application, found=found, by=request.user, at=at), rows, strict=True):
        if file := row.cleaned_data["photo"]:
            defect.photo = attach(case=application.case, file=file, by=request.user, at=at)
            defect.save(update_fields=["photo"])


def _page(request: MemberRequest, application: Application, **forms: Any) -> HttpResponse:
    at, case = business_now(), application.case
    found = works_of(application)
    verbs = accounts.permissions.verbs_of(request.user, at)
    gas_form = GasOnForm(application=application, initial=_known(application)) if case.status == C.READY else None
    context = {
        "case": case,
        "works": found,
        "may_inspect": Verb.INSPECT_WORKS in verbs,
        "may_let_gas_in": Verb.LET_GAS_IN in verbs,
        "is_line": application.kind == "building_line",
        "dispatch_form": DispatchForm(at=at),
        "installer_form": InstallerForm(at=at),
        "log_form": LogForm(),
        "is_to_call": is_to_call(application),
        "defect_rows": DefectFormSet(prefix="defects"),
        "gas_form": gas_form,
        "now": at,
        **forms,
    }
    return render(request, "connections/works.html", context, status=422 if forms else 200)


def _known(application: Application) -> dict[str, Any]:
    """What the form begins with: as the application says it."""
    case = application.case
    kind = "entity" if application.organisation else "person"
    name = application.organisation or case.contact_name
    return {"name": name, "customer_kind": kind, "phone": case.contact_phone, "address": application.place}
