"""The offer as its applicant reads, accepts and pays it, in the cabinet and with reference and code; and the way out."""

from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

import connections.queries.offers
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, customer_only, staff_with
from casework.downloads import handed_out
from casework.operations import ReasonMissing, StaleRow, WrongMove

from ..forms.offers import WithdrawForm
from ..models import Contract
from ..offer_refusals import OfferRefused
from ..operations import contract_papers, offers, withdrawing
from ..queries.offers import last_contract, standing_contract
from ..queries.refunds import outlook
from ..states import CONNECTION
from .doors import Door, cabinet_door, staff_door, tracked_door


@never_cache
@require_http_methods(["GET", "POST"])
@customer_only
def cabinet_offer(request: MemberRequest, reference: str) -> HttpResponse:
    """In the cabinet."""
    return _offer(request, cabinet_door(request, reference))


@never_cache
@require_http_methods(["GET", "POST"])
def tracked_offer(request: HttpRequest) -> HttpResponse:
    """With reference and code."""
    door = tracked_door(request)
    return _offer(request, door) if door else redirect("casework:track")


def _offer(request: HttpRequest, door: Door) -> HttpResponse:
    """Read it; accept what was read."""
    at, refusal = business_now(), ""
    if request.method == "POST":
        how = Contract.How.CABINET if door.is_cabinet else Contract.How.LINK
        try:
            offers.accept_contract(application=door.application, digest=request.POST.get("digest", ""), how=how, by=door.by, at=at)
        except OfferRefused as found:
            refusal = str(found)
        else:
            messages.success(request, _("Thank you. The contract is accepted; now it is to be paid."))
            return redirect(door.to("offer"))
    contract = standing_contract(door.application)
    context = {
        "case": door.application.case,
        "offer": connections.queries.offers.offer_of(door.application, at=at),
        "sheet": contract_papers.contract_sheet(contract) if contract else None,
        "refusal": refusal,
        "door": _doors(door),
    }
    return render(request, "connections/my_offer.html", context, status=422 if refusal else 200)


def _doors(door: Door) -> dict[str, Any]:
    return {page: door.to(page) for page in ("offer", "contract", "end", "design")} | {"back": door.back}


@never_cache
@require_http_methods(["GET", "POST"])
@customer_only
def cabinet_end(request: MemberRequest, reference: str) -> HttpResponse:
    """In the cabinet."""
    return _end(request, cabinet_door(request, reference))


@never_cache
@require_http_methods(["GET", "POST"])
def tracked_end(request: HttpRequest) -> HttpResponse:
    """With reference and code."""
    door = tracked_door(request)
    return _end(request, door) if door else redirect("casework:track")


def _end(request: HttpRequest, door: Door) -> HttpResponse:
    """What withdrawing means, before it is done; then do it."""
    application, at = door.application, business_now()
    if CONNECTION.find("cancel", application.case.status) is None:
        messages.error(request, _("This application cannot be withdrawn any more."))
        return redirect(door.back)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            withdrawing.withdraw(application=application, reason=form.cleaned_data["reason"], by=door.by, at=at)
        except (ReasonMissing, StaleRow, WrongMove) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your application is withdrawn."))
            return redirect(door.back)
    context = {"form": form, "door": _doors(door), "case": application.case, "outlook": outlook(application)}
    return render(request, "connections/my_end.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@customer_only
def cabinet_contract(request: MemberRequest, reference: str) -> HttpResponse:
    """In the cabinet."""
    return _contract(request, cabinet_door(request, reference))


@never_cache
@require_safe
def tracked_contract(request: HttpRequest) -> HttpResponse:
    """With reference and code."""
    door = tracked_door(request)
    return _contract(request, door) if door else redirect("casework:track")


@never_cache
@require_safe
@staff_with(Verb.HANDLE_CASES)
def case_contract(request: MemberRequest, reference: str) -> HttpResponse:
    """For staff."""
    return _contract(request, staff_door(request, reference))


def _contract(request: HttpRequest, door: Door) -> HttpResponse:
    """The contract as PDF, in its own language or the one asked for."""
    contract = standing_contract(door.application) or (last_contract(door.application) if door.is_staff else None)
    if contract is None:
        raise Http404
    pdf = contract_papers.make_contract_paper(contract=contract, language=request.GET.get("language", ""))
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{contract.number}.pdf"'})


@never_cache
@require_safe
@customer_only
def cabinet_design(request: MemberRequest, reference: str) -> HttpResponseBase:
    """In the cabinet."""
    return _design(cabinet_door(request, reference))


@never_cache
@require_safe
def tracked_design(request: HttpRequest) -> HttpResponseBase:
    """With reference and code."""
    door = tracked_door(request)
    return _design(door) if door else redirect("casework:track")


def _design(door: Door) -> HttpResponseBase:
    """The drawing that the standing offer rests on."""
    contract = standing_contract(door.application)
    drawing = contract.quote.design if contract else None
    if drawing is None or drawing.erased_at is not None:
        raise Http404
    return handed_out(drawing, default_storage.open(drawing.file))
