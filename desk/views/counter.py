"""The counter's screen. Everything works as plain pages; js/counter.js and htmx only make it quicker."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import accounts.queries
import desk.operations.counter
import desk.queries.counter
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from billing import sentences
from billing.devices.cards import CardFault
from billing.diagnoses import Diagnosis
from billing.queries.quotes import StaleQuote
from billing.refusals import Refused
from casework.operations import StaleRow, WrongMove

from .. import readers
from ..forms import PapersForm, PayForm, QuoteForm
from ..visits import Visit, forget

MOST_FOUND = 20


@require_safe
@staff_with(Verb.SELL_GAS)
def counter(request: MemberRequest) -> HttpResponse:
    """Without an account: waiting for the next customer. With one: who, what, pay."""
    return _show(request, request.GET)


@require_safe
@staff_with(Verb.SELL_GAS)
def counter_quote(request: MemberRequest) -> HttpResponse:
    """The price as it is typed: the part of the screen that changes."""
    return render(request, "desk/counter/quote_answer.html", _context(request, request.GET))


@require_POST
@staff_with(Verb.SELL_GAS)
def counter_find(request: MemberRequest) -> HttpResponse:
    """The one search box. POST, because names and phones have no business in a URL. Empty: read the card."""
    text = request.POST.get("text", "").strip()
    if not text:
        return _read(request)
    found = accounts.queries.search_accounts(text, limit=MOST_FOUND)
    if len(found) == 1:
        desk.operations.counter.serve(account=found[0], by=request.user, at=business_now())
        return redirect(address_of(found[0].number))
    return _show(request, QueryDict(), candidates=found, searched=text, are_first=len(found) == MOST_FOUND)


@require_POST
@staff_with(Verb.SELL_GAS)
def counter_open(request: MemberRequest) -> HttpResponse:
    """One of several who were found: this one stands here."""
    try:
        account = accounts.queries.get_account(request.POST.get("account", ""))
    except accounts.queries.AccountNotFound as unknown:
        raise Http404 from unknown
    desk.operations.counter.serve(account=account, by=request.user, at=business_now())
    return redirect(address_of(account.number))


@require_POST
@staff_with(Verb.SELL_GAS)
def counter_leave(request: MemberRequest) -> HttpResponse:
    """The customer has gone, and bought nothing."""
    try:
        desk.operations.counter.see_off(account=request.POST.get("account", ""), by=request.user, at=business_now())
    except accounts.queries.AccountNotFound as unknown:
        raise Http404 from unknown
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:counter")


@require_safe
@staff_with(Verb.SELL_GAS)
def counter_stay(request: MemberRequest) -> HttpResponse:
    """By when this customer is to have card and receipt back: the part of the screen that counts down."""
    try:
        stay = desk.queries.counter.stay(request.user, request.GET.get("account", ""))
    except accounts.queries.AccountNotFound as unknown:
        raise Http404 from unknown
    return render(request, "desk/counter/stay.html", {"stay": stay, "number": request.GET.get("account", ""), "now": business_now()})


@require_POST
@staff_with(Verb.SELL_GAS)
def counter_read(request: MemberRequest) -> HttpResponse:
    """Read the card on this counter's reader: it says who is here, and settles what was left open."""
    return _read(request)


@require_POST
@staff_with(Verb.SELL_GAS)
def counter_papers(request: MemberRequest) -> HttpResponse:
    """The check-list of a government hall."""
    form = PapersForm(request.POST)
    if not form.is_valid():
        return _show(request, request.POST, papers_form=form)
    visit = Visit.of(request.session, form.cleaned_data["account"])
    number = form.cleaned_data["queue_number"]
    try:
        desk.operations.counter.check_papers(account=visit.account, queue_number=number, by=request.user, at=business_now())
    except accounts.queries.AccountNotFound as unknown:
        raise Http404 from unknown
    except Refused as refusal:
        return _show(request, request.POST, papers_form=form, refusal=str(refusal))
    visit.with_papers(number).keep(request.session)
    return redirect(address_of(visit.account))


@require_POST
@staff_with(Verb.SELL_GAS)
def counter_sell(request: MemberRequest) -> HttpResponse:
    """Take the payment and write the card, in one go. A refusal keeps everything that was typed."""
    form = PayForm(request.POST)
    if not form.is_valid():
        return _show(request, request.POST, pay_form=form, refusal="" if form.is_priced else _("Enter a volume or an amount first."))
    visit = Visit.of(request.session, form.cleaned_data["account"])
    sale = desk.operations.counter.Sale(**form.cleaned_data)
    try:
        top_up = desk.operations.counter.sell(sale=sale, visit=visit, by=request.user, at=business_now())
    except StaleQuote:
        return _show(request, request.POST, pay_form=form, stale=sale)
    except accounts.queries.AccountNotFound as unknown:
        raise Http404 from unknown
    except (Refused, CardFault) as refusal:
        return _show(request, request.POST, pay_form=form, refusal=sentence_of(refusal))
    forget(request.session)
    return redirect("desk:counter_sold", top_up.reference)


@require_POST
@staff_with(Verb.SELL_GAS)
def counter_write(request: MemberRequest, reference: str) -> HttpResponse:
    """Write a paid order that is not on the card yet."""
    try:
        desk.operations.counter.write(reference=reference, by=request.user, at=business_now())
    except desk.queries.counter.TopUpNotFound as unknown:
        raise Http404 from unknown
    except (Refused, CardFault, StaleRow, WrongMove) as refusal:
        messages.error(request, sentence_of(refusal))
    return redirect("desk:counter_sold", reference)


@require_safe
@staff_with(Verb.SELL_GAS)
def counter_sold(request: MemberRequest, reference: str) -> HttpResponse:
    """What became of a sale, and what to hand back."""
    at = business_now()
    try:
        sold = desk.queries.counter.sold(reference, at=at)
    except desk.queries.counter.TopUpNotFound as unknown:
        raise Http404 from unknown
    return render(request, "desk/counter_sold.html", {"sold": sold, "till": desk.queries.counter.till(request.user), "now": at})


def _read(request: MemberRequest) -> HttpResponse:
    at = business_now()
    try:
        reading = desk.operations.counter.read_card(by=request.user, at=at)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:counter")
    sale = request.POST.get("sale", "")
    if sale in {top_up.reference for top_up in reading.settled}:
        return redirect("desk:counter_sold", sale)
    for top_up in reading.settled:
        words = {"reference": top_up.reference, "status": top_up.get_status_display()}
        messages.info(request, _("The card shows: purchase %(reference)s is %(status)s.") % words)
    if reading.account is None or reading.card is None or reading.image is None:
        messages.error(request, reading.sentence)
        return redirect("desk:counter")
    if reading.diagnosis != Diagnosis.READY:
        messages.warning(request, reading.sentence)
    visit = Visit.of(request.session, reading.account.number)
    visit.with_card(reading.image, at=at).keep(request.session)
    return redirect(address_of(reading.account.number))


def _show(request: MemberRequest, typed: QueryDict, **more: Any) -> HttpResponse:
    return render(request, "desk/counter.html", _context(request, typed) | more)


def _context(request: MemberRequest, typed: QueryDict) -> dict[str, Any]:
    """The screen for what was typed, on this page or on the one that was refused."""
    volume_form = QuoteForm(typed if {"volume", "amount"} & typed.keys() else None, focus=request.method == "GET")
    wish = desk.queries.counter.Wish(**volume_form.wish())
    number = typed.get("account", "")
    visit, at = Visit.of(request.session, number), business_now()
    try:
        screen = desk.queries.counter.screen(request.user, visit=visit, wish=wish, at=at)
    except accounts.queries.AccountNotFound as unknown:
        raise Http404 from unknown
    return {
        "screen": screen,
        "quote_form": volume_form,
        "pay_form": PayForm(initial={"method": "cash"}),
        "papers_form": PapersForm(initial={"account": number}),
        "candidates": None,
        "simulated_readers": readers.is_simulated(),
        "now": at,
        "page_address": address_of(number) if number else reverse("desk:counter"),
    }


def address_of(number: str) -> str:
    """The counter with this customer."""
    return f"{reverse('desk:counter')}?account={number}"


def sentence_of(refusal: Exception) -> str:
    """Why not, for the reader."""
    return sentences.of_card(refusal) if isinstance(refusal, CardFault) else str(refusal)
