"""The offer of an application as staff make it: designs, versions of the quote, the contract, and money that goes back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import connections.queries.offers
from accounts.clock import business_date, business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from billing.refusals import Refused
from casework.operations import Ended, NotTaken, ReasonMissing, StaleRow, WrongMove

from ..forms.offers import DesignForm, DoneForm, QuoteForm, SendForm, WithdrawForm
from ..models import Application, Contract
from ..offer_refusals import OfferRefused
from ..operations import designs, offers, withdrawing
from ..queries.offers import Offer, last_contract, status_before_end
from ..queries.refunds import is_before_works, outlook
from ..states import ConnectionStatus
from .guards import application_or_404

REFUSALS = (OfferRefused, Refused, Ended, NotTaken, ReasonMissing, StaleRow, WrongMove)


@require_safe
@staff_with(Verb.HANDLE_CASES)
def offer(request: MemberRequest, reference: str) -> HttpResponse:
    """All of it on one page."""
    return _page(request, application_or_404(request.user, reference))


@require_POST
@staff_with(Verb.HANDLE_CASES)
def offer_design(request: MemberRequest, reference: str) -> HttpResponse:
    """Another version of the drawing."""
    application, form = application_or_404(request.user, reference), DesignForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, application, design_form=form)
    try:
        designs.add_design(application=application, by=request.user, at=business_now(), **form.cleaned_data)
    except REFUSALS as refusal:
        form.add_error("file", str(refusal))
        return _page(request, application, design_form=form)
    messages.success(request, _("The design is kept."))
    return redirect("connections:offer", reference)


@require_POST
@staff_with(Verb.HANDLE_CASES)
def offer_quote(request: MemberRequest, reference: str) -> HttpResponse:
    """Keep the version in work."""
    application = application_or_404(request.user, reference)
    form = _quote_form(application, request.POST)
    if not form.is_valid():
        return _page(request, application, quote_form=form)
    try:
        offers.draft_quote(application=application, wanted=form.new_quote(), by=request.user, at=business_now())
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return _page(request, application, quote_form=form)
    messages.success(request, _("The quote is kept. Nobody has seen it yet."))
    return redirect("connections:offer", reference)


@require_POST
@staff_with(Verb.HANDLE_CASES)
def offer_send(request: MemberRequest, reference: str) -> HttpResponse:
    """Offer the contract to the applicant."""
    application, at = application_or_404(request.user, reference), business_now()
    form, draft = SendForm(request.POST, today=business_date(at)), application.quotes.filter(sent_at=None).first()
    if draft is None or not form.is_valid():
        return _page(request, application, send_form=form)
    draft.application = application
    try:
        contract = offers.send_quote(quote=draft, **form.cleaned_data, by=request.user, at=at)
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return _page(request, application, send_form=form)
    messages.success(request, _("Contract %(number)s goes to the applicant.") % {"number": contract.number})
    return redirect("connections:offer", reference)


@require_POST
@staff_with(Verb.HANDLE_CASES)
def offer_take_back(request: MemberRequest, reference: str) -> HttpResponse:
    """Back to the design."""
    application = application_or_404(request.user, reference)
    return _act(
        request,
        application,
        _("The offer is taken back; the applicant hears of it."),
        lambda: offers.withdraw_offer(application=application, by=request.user, at=business_now()),
    )


@require_POST
@staff_with(Verb.HANDLE_CASES)
def offer_accept(request: MemberRequest, reference: str) -> HttpResponse:
    """The applicant has signed on paper."""
    application = application_or_404(request.user, reference)
    said: dict[str, Any] = {"digest": request.POST.get("digest", ""), "how": Contract.How.PAPER, "by": request.user, "at": business_now()}
    return _act(request, application, _("Noted: accepted on paper."), lambda: offers.accept_contract(application=application, **said))


@require_POST
@staff_with(Verb.HANDLE_CASES)
def offer_end(request: MemberRequest, reference: str) -> HttpResponse:
    """The applicant wants no gas any more."""
    application, form = application_or_404(request.user, reference), WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, application, withdraw_form=form)
    said: dict[str, Any] = {"reason": form.cleaned_data["reason"], "by": request.user, "at": business_now()}
    return _act(request, application, _("The application is withdrawn."), lambda: withdrawing.withdraw(application=application, **said))


@require_POST
@staff_with(Verb.HANDLE_CASES)
def offer_refund(request: MemberRequest, reference: str) -> HttpResponse:
    """Say what was done, and propose the rest to go back."""
    application = application_or_404(request.user, reference)
    contract = last_contract(application)
    form = DoneForm(request.POST, lines=_lines(contract))
    if contract is None or not form.is_valid():
        return _page(request, application, done_form=form)
    said: dict[str, Any] = {"done": form.done(), "by": request.user, "at": business_now()}
    done = _("Proposed. What is kept becomes ours once the rest has gone back.")
    return _act(request, application, done, lambda: withdrawing.propose_refund(application=application, **said))


def _act(request: MemberRequest, application: Application, done: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("connections:offer", application.case.reference)


def _quote_form(application: Application, data: Any = None) -> QuoteForm:
    draft = application.quotes.filter(sent_at=None).prefetch_related("lines").first()
    last = draft or application.quotes.order_by("-number").prefetch_related("lines").first()
    initial = {"note": last.note, "design": getattr(last.design, "design", None), "seen": draft.mark if draft else ""} if last else {}
    fees = list(application.policy.fees.all())
    rows = application.designs.select_related("attachment").order_by("-number")
    return QuoteForm(data, fees=fees, designs=rows, draft=last, initial=initial)


def _send_form(found: Offer, at: datetime) -> SendForm:
    today = business_date(at)
    return SendForm(initial={"valid_until": today + offers.HOLDS, "seen": found.draft.mark if found.draft else ""}, today=today)


def _lines(contract: Contract | None) -> list[Any]:
    return list(contract.quote.lines.select_related("fee")) if contract else []


def _page(request: MemberRequest, application: Application, **forms: Any) -> HttpResponse:
    at = business_now()
    found = connections.queries.offers.offer_of(application, at=at)
    is_refused = any(form.errors for form in forms.values())
    context = {
        "case": application.case,
        "offer": found,
        "design_form": DesignForm(),
        "quote_form": _quote_form(application),
        "send_form": _send_form(found, at),
        "withdraw_form": WithdrawForm(auto_id="withdraw_%s"),
        "may_send": application.case.status == ConnectionStatus.DESIGN,
        "may_withdraw": application.case.is_unfinished and application.case.status != ConnectionStatus.CONNECTED,
        "outlook": outlook(application),
        "done_form": _done_form(application, found),
        **forms,
    }
    return render(request, "connections/offer.html", context, status=422 if is_refused else 200)


def _done_form(application: Application, found: Offer) -> DoneForm | None:
    """Only where money of a withdrawn application waits for it: the works had begun, or what followed from the contract was refused."""
    if application.case.status != ConnectionStatus.CANCELLED or not found.charge or not found.charge.is_paid:
        return None
    contract = last_contract(application)
    returns = list(found.charge.returns.all())
    if any(row.is_waiting or row.is_payable for row in returns):
        return None
    is_needed = bool(returns) or not is_before_works(status_before_end(application))
    return DoneForm(lines=_lines(contract)) if contract and is_needed else None
