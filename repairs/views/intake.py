"""Taking a fault down at the desk: with the script and the questions, for an account, for a passer-by, or out of a call's record."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

import repairs.operations.reporting
from accounts.clock import business_now
from accounts.models import Account
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, account_or_404, staff_with
from casework import references
from casework.models import Case
from casework.operations import Ended
from repairs.operations.reporting import Report

from .. import triage, wording
from ..forms.intake import StaffReportForm, answers_in
from ..models import Repair
from ..operations.reporting import NoPlace
from ..safety import STEPS
from .guards import case_or_404


@dataclass(frozen=True)
class Judged:
    """What the answers so far come to, in words."""

    urgency: str
    urgency_label: str
    class_label: str
    reasons: list[str]


@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES)
def repair_new(request: MemberRequest) -> HttpResponse:
    """For a passer-by, or before it is known whose it is."""
    return _take_down(request, None, None)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES, Verb.FIND_ACCOUNTS)
def repair_new_for(request: MemberRequest, number: str) -> HttpResponse:
    """For the customer of an account."""
    return _take_down(request, account_or_404(request.user, number), None)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES)
def repair_from_case(request: MemberRequest, reference: str) -> HttpResponse:
    """Out of the record of a call: the repair is a case of its own, and both know each other."""
    call = case_or_404(request.user, reference)
    return _take_down(request, call.account, call)


@require_POST
@staff_with(Verb.HANDLE_CASES)
def triage_verdict(request: MemberRequest) -> HttpResponse:
    """A piece of the page: what the answers so far come to, while the caller is still speaking."""
    fault = request.POST.get("fault", "")
    return render(request, "repairs/verdict.html", {"judged": _judged(fault, answers_in(request.POST)), "steps": STEPS})


def _take_down(request: MemberRequest, account: Account | None, call: Case | None) -> HttpResponse:
    is_asked = request.method == "POST" and "judge" not in request.POST
    form = StaffReportForm(request.POST or None, account=account, language=get_language() or "", initial=_known(call))
    if is_asked and form.is_valid():
        try:
            repair = _report(request, form, account, call)
        except (NoPlace, Ended) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _said(repair))
            return redirect("casework:case", reference=repair.case.reference)
    if not is_asked and request.method == "POST":
        form = StaffReportForm(account=account, language="", initial={name: request.POST.get(name, "") for name in form.fields})
    fault = request.POST.get("fault", Repair.Fault.LEAK)
    judged = _judged(fault, answers_in(request.POST)) if request.method == "POST" else None
    context = {"form": form, "account": account, "call": call, "judged": judged, "steps": STEPS}
    return render(request, "repairs/repair_new.html", context, status=422 if is_asked and form.errors else 200)


def _report(request: MemberRequest, form: StaffReportForm, account: Account | None, call: Case | None) -> Repair:
    names = ("fault", "channel", "text", "name", "phone", "unread_phone", "language", "urgency", "classification", "is_order", "answers")
    found = Report(account=account, place=form.cleaned_data.get("place", ""), **{name: form.cleaned_data[name] for name in names})
    return repairs.operations.reporting.report(report=found, call=call, by=request.user, at=business_now())


def _said(repair: Repair) -> str:
    said = _("Taken down. Reference %(reference)s; say it to the customer, and the code %(code)s for looking up how it stands.")
    case = repair.case
    return said % {"reference": references.grouped(case.reference), "code": references.grouped(case.tracking_code)}


def _known(call: Case | None) -> dict[str, str]:
    """What the record of the call says already."""
    if call is None:
        return {}
    request = getattr(call, "general_request", None)
    words = request.text if request else call.subject
    return {
        "text": words,
        "name": call.contact_name,
        "phone": call.contact_phone,
        "channel": call.channel,
        "place": str(call.premises or ""),
    }


def _judged(fault: str, answers: dict[str, str]) -> Judged:
    verdict = triage.judge(fault, answers)
    return Judged(
        urgency=verdict.urgency,
        urgency_label=str(Case.Urgency(verdict.urgency).label),
        class_label=str(Repair.Class(verdict.classification).label),
        reasons=wording.reasons_in_words(verdict.reasons),
    )
