"""Pay a charge with its number: no sign-in, nobody's name, and every step works without JavaScript.

The number cannot be guessed (50 bits) and opens nothing but what is to be paid; trying numbers is slowed down.
"""

import secrets
from datetime import datetime
from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

import billing.operations.charge_checkouts
import billing.operations.charge_papers
import billing.operations.questions
import billing.queries.charges
import billing.queries.checkouts
from accounts.actors import System
from accounts.clock import business_date, business_now
from accounts.throttles import Pace, may_ask
from casework.operations import StaleRow, WrongMove

from .. import providers
from ..charge_forms import ChargeWayForm
from ..models import Charge, Checkout
from ..operations.charge_checkouts import ChargeBasket
from ..operations.checkouts import CheckoutOpen
from ..operations.questions import PaidMeanwhile, ProviderSilent
from ..queries.charges import ChargeNotFound
from ..refusals import Refused
from ..states import CheckoutStatus

_LOOK = Pace("charge", "60/min")
#: Whoever has the link; who it is, nobody asks.
PAYER = System("payer")


@require_http_methods(["GET", "POST"])
@cache_control(private=True, no_store=True)
def charge_pay(request: HttpRequest, number: str) -> HttpResponse:
    """What is to be paid and how; or that it is paid."""
    if not may_ask(request, _LOOK):
        return render(request, "billing/charge_pay.html", {"too_often": True}, status=429)
    charge, at = _charge(number), business_now()
    form = ChargeWayForm(request.POST or None, offered=providers.offered(), initial={"key": secrets.token_urlsafe(16)})
    refusal = None
    if form.is_valid():
        provider, product = form.provider_and_product
        try:
            return _begin(request, ChargeBasket(charge=charge, provider=provider, product=product, key=_key(charge, form)), at)
        except CheckoutOpen as other:
            return redirect("billing:charge_payment", number, other.reference)
        except Refused as found:
            refusal = found
    context = {"form": form, "refusal": refusal, **_shown(charge, at)}
    return render(request, "billing/charge_pay.html", context, status=422 if form.errors or refusal else 200)


def _shown(charge: Charge, at: datetime) -> dict[str, Any]:
    return {
        "charge": charge,
        "waiting": billing.queries.charges.open_checkout_of(charge),
        "receipts": charge.receipts.select_related("hall").order_by("pk"),
        "is_overdue": charge.is_open and charge.due_on < business_date(at),
    }


def _key(charge: Charge, form: ChargeWayForm) -> str:
    return f"charge:{charge.pk}:{form.cleaned_data['key']}"


def _begin(request: HttpRequest, basket: ChargeBasket, at: datetime) -> HttpResponse:
    checkout = billing.operations.charge_checkouts.open_charge_checkout(basket=basket, by=PAYER, at=at)
    _present(request, checkout, at)
    return redirect("billing:charge_payment", basket.charge.reference, checkout.reference)


def _present(request: HttpRequest, checkout: Checkout, at: datetime) -> None:
    try:
        billing.operations.questions.present(checkout=checkout, at=at)
    except ProviderSilent as silence:
        messages.error(request, str(silence))


@require_safe
@cache_control(private=True, no_store=True)
def charge_payment(request: HttpRequest, number: str, reference: str) -> HttpResponse:
    """One online payment: how to pay, or what became of it."""
    return _payment(request, number, reference, "billing/charge_payment.html")


@require_safe
@cache_control(private=True, no_store=True)
def charge_payment_live(request: HttpRequest, number: str, reference: str) -> HttpResponse:
    """The part of the page that changes by itself."""
    return _payment(request, number, reference, "billing/charge_payment_live.html")


def _payment(request: HttpRequest, number: str, reference: str, template: str) -> HttpResponse:
    charge, checkout = _payment_of(number, reference)
    # Somebody may have paid at a counter meanwhile, or the charge was withdrawn: a code that is shown would be paid twice.
    is_over = not charge.is_open
    is_waiting = checkout.status == CheckoutStatus.OPEN and not is_over
    code, url = checkout.shown.get("code", ""), checkout.shown.get("url", "")
    # A real code is of the app's own kind (weixin://…); only what a browser can follow becomes a link.
    link = url or (code if code.startswith(("http://", "https://")) else "")
    context = {
        "charge": charge,
        "checkout": checkout,
        "standing": billing.queries.checkouts.standing(checkout),
        "is_waiting": is_waiting,
        "is_over": is_over and checkout.status == CheckoutStatus.OPEN,
        "link": link if is_waiting else "",
        "qr": mark_safe(segno.make(code, error="m", micro=False).svg_inline(border=2, omitsize=True)) if is_waiting and code else None,
        "now": business_now(),
    }
    return render(request, template, context)


@require_GET
def charge_payment_back(request: HttpRequest, number: str, reference: str) -> HttpResponse:
    """Back from the provider's page: ask at once instead of waiting for the callback, which may come in the same moment."""
    checkout = _payment_of(number, reference)[1]
    if checkout.status != CheckoutStatus.PAID and may_ask(request, _LOOK):
        billing.operations.questions.ask(checkout=checkout, at=business_now())
    return redirect("billing:charge_payment", number, reference)


@require_POST
def charge_payment_show(request: HttpRequest, number: str, reference: str) -> HttpResponse:
    """Ask the provider once more how it can be paid."""
    charge, checkout = _payment_of(number, reference)
    if charge.is_open and may_ask(request, _LOOK):
        _present(request, checkout, business_now())
    return redirect("billing:charge_payment", number, reference)


@require_POST
def charge_payment_cancel(request: HttpRequest, number: str, reference: str) -> HttpResponse:
    """Pay another way instead."""
    try:
        cancelled = billing.operations.questions.cancel(checkout=_payment_of(number, reference)[1], by=PAYER, at=business_now())
    except (PaidMeanwhile, WrongMove, StaleRow) as refusal:
        messages.error(request, str(refusal))
        return redirect("billing:charge_payment", number, reference)
    messages.success(request, billing.queries.checkouts.standing(cancelled).sentence)
    return redirect("billing:charge_pay", number)


@require_safe
@cache_control(private=True, no_store=True)
def charge_receipt_pdf(request: HttpRequest, number: str, receipt: str) -> HttpResponse:
    """The receipt, for whoever has the number of the charge: what was paid and for what, and nobody's name."""
    if not may_ask(request, _LOOK):
        return HttpResponse(status=429)
    try:
        found = billing.queries.charges.find_receipt(receipt)
    except ChargeNotFound as unknown:
        raise Http404(str(unknown)) from None
    if found.charge.reference != number:
        raise Http404
    pdf = billing.operations.charge_papers.make_charge_paper(receipt=found, language=request.GET.get("language", ""))
    name = billing.operations.charge_papers.file_name(found)
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


def _charge(number: str) -> Charge:
    try:
        return billing.queries.charges.find_charge(number)
    except ChargeNotFound as unknown:
        raise Http404(str(unknown)) from None


def _payment_of(number: str, reference: str) -> tuple[Charge, Checkout]:
    charge = _charge(number)
    try:
        return charge, billing.queries.charges.checkout_of_charge(charge, reference)
    except ChargeNotFound as unknown:
        raise Http404(str(unknown)) from None
