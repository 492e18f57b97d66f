"""Gas from the sofa: choose, see the price, pay, and see what becomes of it. Every page says how it stands without JavaScript too."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

import billing.operations.checkouts
import billing.operations.questions
import billing.queries.checkouts
import desk.queries.buying
import desk.queries.cabinet
import desk.queries.ways_to_pay
from accounts.clock import business_now
from accounts.views.guards import MemberRequest, customer_only
from billing.models import Bill, Checkout
from billing.operations.checkouts import Basket, CheckoutOpen
from billing.operations.questions import PaidMeanwhile, ProviderSilent
from billing.refusals import Refused
from billing.states import CheckoutStatus
from casework.operations import StaleRow, WrongMove
from desk.forms.buying import BuyForm, WayForm
from desk.forms.counter import QuoteForm
from desk.queries.buying import Offer
from desk.queries.cabinet import Cabinet

from .cabinet import CHOSEN, cabinet_of


@require_http_methods(["GET", "POST"])
@customer_only
def buy(request: MemberRequest) -> HttpResponse:
    """Choose a volume or an amount and see what it costs and why; then order it."""
    cabinet = cabinet_of(request)
    if cabinet is None:
        return redirect("desk:cabinet")
    if request.method == "POST":
        return _order(request, cabinet)
    asked = "volume" in request.GET or "amount" in request.GET
    quote_form = QuoteForm(request.GET if asked else None)
    shown = desk.queries.buying.offer(cabinet.account, at=business_now(), **quote_form.wish())
    return _buy_page(request, cabinet, quote_form, shown)


def _buy_page(request: MemberRequest, cabinet: Cabinet, quote_form: QuoteForm, shown: Offer, **more: Any) -> HttpResponse:
    offered = _ways(request)
    quoted = {"litres": shown.quote.litres, "fingerprint": shown.quote.fingerprint} if shown.quote else {}
    ways = BuyForm(offered=offered, initial={"key": secrets.token_urlsafe(16), **quoted})
    context = {"cabinet": cabinet, "quote_form": quote_form, "offer": shown, "way_form": ways, "is_offered": bool(offered), **more}
    is_part = request.headers.get("HX-Request") == "true" and request.method == "GET"
    template = "desk/cabinet_offer.html" if is_part else "desk/cabinet_buy.html"
    return render(request, template, context, status=422 if more or quote_form.errors else 200)


def _order(request: MemberRequest, cabinet: Cabinet) -> HttpResponse:
    """The price was shown; hold it. A price that has changed is shown anew and nothing is held."""
    form, at = BuyForm(request.POST, offered=_ways(request)), business_now()
    refusal: Refused | None = None
    if form.is_valid():
        wanted = {"litres": form.cleaned_data["litres"], "fingerprint": form.cleaned_data["fingerprint"]}
        try:
            return _begin(request, _basket(cabinet, form, wanted), at)
        except CheckoutOpen as other:
            messages.info(request, str(other))
            return redirect("desk:cabinet_payment", other.reference)
        except Refused as found:
            refusal = found
    volume = QuoteForm({"volume": request.POST.get("volume", ""), "amount": request.POST.get("amount", "")})
    shown = desk.queries.buying.offer(cabinet.account, at=at, **volume.wish())
    return _buy_page(request, cabinet, volume, shown, way_form=_again(request, form, shown), refusal=refusal)


def _again(request: MemberRequest, form: BuyForm, shown: Offer) -> BuyForm:
    """What was chosen, for the price as it is now."""
    if not shown.quote:
        return form
    new = {"litres": shown.quote.litres, "fingerprint": shown.quote.fingerprint, "key": secrets.token_urlsafe(16)}
    return BuyForm({"way": request.POST.get("way", ""), **new}, offered=_ways(request))


def _basket(cabinet: Cabinet, form: WayForm, bought: dict[str, Any]) -> Basket:
    return Basket(
        account=cabinet.account,
        provider=form.provider,
        product=form.product,
        channel=Checkout.Channel.CABINET,
        key=f"cabinet:{cabinet.user.pk}:{form.cleaned_data['key']}",
        **bought,
    )


def _begin(request: MemberRequest, basket: Basket, at: Any) -> HttpResponse:
    """Hold the order, then ask the provider how it can be paid; a silent one can be asked again from the page of the order."""
    checkout = billing.operations.checkouts.open_checkout(basket=basket, by=request.user, at=at)
    _present(request, checkout, at)
    return redirect("desk:cabinet_payment", checkout.reference)


def _ways(request: MemberRequest) -> dict[str, tuple[str, ...]]:
    return desk.queries.ways_to_pay.ways_for(request.user, browser=request.headers.get("User-Agent", ""))


def _present(request: MemberRequest, checkout: Checkout, at: Any) -> None:
    payer = desk.queries.ways_to_pay.payer_of(request.user) if checkout.product == Checkout.Product.APP else ""
    try:
        billing.operations.questions.present(checkout=checkout, payer=payer, at=at)
    except ProviderSilent as silence:
        messages.error(request, str(silence))


@require_http_methods(["GET", "POST"])
@customer_only
def pay_bill(request: MemberRequest, number: str) -> HttpResponse:
    """Pay a bill: only the way to pay is to be chosen."""
    cabinet = cabinet_of(request)
    bill = cabinet and Bill.objects.filter(account=cabinet.account, number=number).first()
    if cabinet is None or not bill:
        raise Http404
    if not bill.is_open:
        return redirect("desk:cabinet_bill", number)
    offered = _ways(request)
    form = WayForm(request.POST or None, offered=offered, initial={"key": secrets.token_urlsafe(16)})
    refusal = None
    if form.is_valid():
        try:
            return _begin(request, _basket(cabinet, form, {"bill": bill}), business_now())
        except CheckoutOpen as other:
            return redirect("desk:cabinet_payment", other.reference)
        except Refused as found:
            refusal = found
    context = {"cabinet": cabinet, "bill": bill, "way_form": form, "refusal": refusal, "is_offered": bool(offered)}
    return render(request, "desk/cabinet_pay_bill.html", context, status=422 if form.errors or refusal else 200)


@require_safe
@customer_only
def payment_list(request: MemberRequest) -> HttpResponse:
    """Every online payment of the account and how it stands."""
    cabinet = cabinet_of(request)
    if cabinet is None:
        return redirect("desk:cabinet")
    found = list(billing.queries.checkouts.checkouts_of(cabinet.account)[:50])
    return render(request, "desk/cabinet_payments.html", {"cabinet": cabinet, "checkouts": found})


@require_safe
@customer_only
def payment(request: MemberRequest, reference: str) -> HttpResponse:
    """One online payment: how to pay, or what became of it. From now on the pages are about its account."""
    cabinet = _cabinet_with(request, reference)
    request.session[CHOSEN] = cabinet.account.number
    return _payment_page(request, cabinet, reference, "desk/cabinet_payment.html")


@require_safe
@customer_only
def payment_live(request: MemberRequest, reference: str) -> HttpResponse:
    """The part of the page that changes by itself."""
    return _payment_page(request, _cabinet_with(request, reference), reference, "desk/cabinet_payment_live.html")


def _payment_page(request: MemberRequest, cabinet: Cabinet, reference: str, template: str) -> HttpResponse:
    at = business_now()
    screen = desk.queries.buying.payment_screen(cabinet, reference, at=at)
    return render(request, template, {"cabinet": cabinet, "screen": screen, "now": at})


@require_GET
@customer_only
def payment_back(request: MemberRequest, reference: str) -> HttpResponse:
    """Back from the provider's page: ask at once instead of waiting for the callback, which may come in the same moment."""
    checkout = _own(request, reference)
    if checkout.status != CheckoutStatus.PAID:
        billing.operations.questions.ask(checkout=checkout, at=business_now())
    return redirect("desk:cabinet_payment", reference)


@require_POST
@customer_only
def payment_show(request: MemberRequest, reference: str) -> HttpResponse:
    """Ask the provider once more how it can be paid."""
    _present(request, _own(request, reference), business_now())
    return redirect("desk:cabinet_payment", reference)


@require_POST
@customer_only
def payment_cancel(request: MemberRequest, reference: str) -> HttpResponse:
    try:
        cancelled = billing.operations.questions.cancel(checkout=_own(request, reference), by=request.user, at=business_now())
    except (PaidMeanwhile, WrongMove, StaleRow) as refusal:
        messages.error(request, str(refusal))
    else:
        # Money may have come in that could not be used: the page says the same.
        messages.success(request, billing.queries.checkouts.standing(cancelled).sentence)
    return redirect("desk:cabinet_payment", reference)


def _own(request: MemberRequest, reference: str) -> Checkout:
    return billing.queries.checkouts.checkout_of(_cabinet_with(request, reference).account, reference)


def _cabinet_with(request: MemberRequest, reference: str) -> Cabinet:
    """The cabinet at the account of this payment: on the way to the provider and back another may have been chosen. Raises Http404."""
    number = billing.queries.checkouts.account_number_of(reference)
    found = desk.queries.cabinet.open_cabinet(request.user, number, at=business_now())
    if found is None or found.account.number != number:
        raise Http404
    return found
