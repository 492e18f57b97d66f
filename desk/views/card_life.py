"""Small pages about one customer's card and meter, reached from the counter. Each asks once, acts once, and goes back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

import accounts.operations
import accounts.queries
import billing.queries.connected_meters
import billing.queries.final_bills
import billing.queries.readings
import desk.queries.card_menu
import desk.queries.counter
from accounts.clock import business_now
from accounts.models import Account
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from billing import wording
from billing.devices.cards import CardFault
from billing.models import TopUp
from billing.refusals import Refused
from casework.operations import StaleRow, WrongMove

from ..forms.card_life import (
    ConnectedMeterForm,
    GiftForm,
    MeterCounterForm,
    MeterForm,
    NothingForm,
    PlateForm,
    ReasonForm,
    ReplacementForm,
    TakeBackForm,
)
from ..operations import card_life
from ..visits import Visit
from .counter import address_of, sentence_of


@dataclass(frozen=True, kw_only=True)
class Page:
    """How a page looks and what its button does; ``act`` gets the cleaned fields and answers with a sentence.

    The text of a page about a purchase may name its ``%(sum)s``.

    ``leads_on`` says where to go next if not back to the customer, from the account, the card seen and what was entered.
    """

    title: str | Promise
    text: str | Promise
    label: str | Promise
    form: type[forms.Form]
    act: Callable[..., str]
    verb: Verb = Verb.ISSUE_CARDS
    needs_old_card: bool = False
    is_grave: bool = False
    leads_to_sale: bool = False
    leads_on: Callable[[Account, Mapping[str, Any]], str] | None = None


FIRST_CARD = Page(
    title=_("First card"),
    text=_("Put a new card on the reader. It is made for this account and carries nothing yet."),
    label=_("Make the card"),
    form=NothingForm,
    act=card_life.first_card,
)


def _after_replacement(account: Account, known: Mapping[str, Any]) -> str:
    """Where the old card could not be read, its last purchase may never have reached the meter: ask about it at once."""
    if known["seen"] is not None:
        return ""
    top_up = desk.queries.card_menu.perhaps_lost(account)
    shown = known["meter_counter"]
    if top_up is None or (shown is not None and shown >= top_up.counter):
        return ""
    return reverse("desk:lost_with_card", args=[top_up.reference]) + ("" if shown is None else f"?shown={shown}")


REPLACEMENT = Page(
    title=_("Replace the card"),
    text=_("If the old card can be read, read it first: the new one then carries on where it stopped. Then put a new card on the reader."),
    label=_("Make the new card"),
    form=ReplacementForm,
    act=card_life.replacement,
    needs_old_card=True,
    leads_on=_after_replacement,
)
LOSS = Page(
    title=_("Report the card lost"),
    text=_("From then on the card is refused everywhere. Gas that is paid and not loaded is not lost: it goes on a new card."),
    label=_("Report it lost"),
    form=NothingForm,
    act=card_life.loss,
    is_grave=True,
)
GIFT = Page(
    title=_("Give volume"),
    text=_("Volume without money, for example as compensation. It is written to the card like a purchase and does not count in the tiers."),
    label=_("Give it"),
    form=GiftForm,
    act=card_life.gift,
    verb=Verb.APPROVE_ALLOWANCES,
)


def _change_meter(**entered: Any) -> str:
    # Of a connected meter its display is the witness, where a card meter has its card.
    entered.setdefault("seen", entered.pop("last_command", None))
    own = {name: entered.pop(name) for name in ("account", "residual_litres", "seen", "by", "at")}
    return card_life.meter_change(new=accounts.operations.NewMeter(**entered), **own)


METER_CHANGE = Page(
    title=_("Change the meter"),
    text=_(
        "Enter the plate of the new meter and what the old one still shows. Read the old card first, then put a new card on the reader. "
        "A connected meter needs no card: the credit goes to it by air."
    ),
    label=_("Note the new meter"),
    form=MeterForm,
    act=_change_meter,
    needs_old_card=True,
)
FROM_CONNECTED = replace(
    METER_CHANGE,
    text=_(
        "Enter the plate of the new meter and what the old one still shows. Paid gas that never reached the old meter goes to the new "
        "one. For a card meter put a new card on the reader."
    ),
    needs_old_card=False,
)
FROM_READ = replace(
    METER_CHANGE,
    text=_(
        "The old meter is billed by what it shows: take its last reading and make the final bill first. Then enter the plate of the new "
        "one. For a card meter put a new card on the reader."
    ),
    form=PlateForm,
    needs_old_card=False,
)
#: Where gas was sent to it and not confirmed: only its display knows.
FROM_UNSURE = replace(FROM_CONNECTED, form=ConnectedMeterForm)
LOST_GAS = Page(
    title=_("Write lost gas again"),
    text=_("When the volume vanished between card and meter. The purchase counter stays, so that the meter takes it only once."),
    label=_("Write it again"),
    form=ReasonForm,
    act=card_life.lost_gas,
)
LOST_WITH_CARD = Page(
    title=_("Did the meter take the last purchase?"),
    text=_(
        "The old card could not be read. If the meter has not taken this purchase yet, the gas was on that card and is written "
        "again now. The meter's display tells: it counts the purchases it has taken."
    ),
    label=_("Write it again if the meter has not taken it"),
    form=MeterCounterForm,
    act=card_life.lost_with_card,
)
TAKE_BACK = Page(
    title=_("Take the purchase back"),
    text=_("The volume comes off the card and %(sum)s go back, with a red-letter receipt. Larger sums need somebody else's approval."),
    label=_("Ask for it"),
    form=TakeBackForm,
    act=card_life.take_back,
    verb=Verb.REQUEST_REVERSAL,
    is_grave=True,
    leads_to_sale=True,
)
CARRY_OUT = Page(
    title=_("Carry the reversal out"),
    text=_("Put the card on the reader. The volume comes off it, then %(sum)s go back out of your till."),
    label=_("Take it off and give the money back"),
    form=NothingForm,
    act=card_life.carry_out,
    verb=Verb.REQUEST_REVERSAL,
    is_grave=True,
    leads_to_sale=True,
)


def _about_account(page: Page) -> Callable[..., HttpResponseBase]:
    @require_http_methods(["GET", "HEAD", "POST"])
    @staff_with(page.verb)
    def view(request: MemberRequest, number: str) -> HttpResponse:
        try:
            account = accounts.queries.get_account(number)
        except accounts.queries.AccountNotFound as unknown:
            raise Http404 from unknown
        at = business_now()
        if page is METER_CHANGE and (answer := _change_without_card(request, account, at)) is not None:
            return answer
        visit = Visit.of(request.session, number)
        subject = {"account": account, **({"seen": visit.seen(at=at)} if page.needs_old_card else {})}
        return _page(request, page, account, subject)

    return view


def _change_without_card(request: MemberRequest, account: Account, at: datetime) -> HttpResponse | None:
    """The page of a change where no card tells what the old meter has; None where one does."""
    if billing.queries.readings.read_meter(account) is not None:
        is_open = not billing.queries.final_bills.is_billed_to_the_end(account)
        return _page(request, FROM_READ, account, {"account": account}, wants_final_bill=is_open)
    standing = billing.queries.connected_meters.standing(account, at=at)
    if standing is None:
        return None
    is_unsure = billing.queries.connected_meters.may_have_more(standing.meter)
    other = FROM_UNSURE if is_unsure else FROM_CONNECTED
    return _page(request, other, account, {"account": account}, standing=standing, is_unsure=is_unsure)


def _about_purchase(page: Page) -> Callable[..., HttpResponseBase]:
    @require_http_methods(["GET", "HEAD", "POST"])
    @staff_with(page.verb)
    def view(request: MemberRequest, reference: str) -> HttpResponse:
        try:
            top_up: TopUp = desk.queries.counter.get_top_up(reference)
        except desk.queries.counter.TopUpNotFound as unknown:
            raise Http404 from unknown
        return _page(request, page, top_up.account, {"top_up": top_up})

    return view


def _page(request: MemberRequest, page: Page, account: Account, subject: dict[str, Any], **shown: Any) -> HttpResponse:
    """Show the form, with what else is ``shown``; on POST act, and go back with the sentence of what became of it."""
    lost = desk.queries.counter.cards_of(account)[1] if page.needs_old_card else None
    known = {"reason": lost.get_status_display() if lost else None, "meter_counter": request.GET.get("shown")}
    form = page.form(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, page.act(**subject, **form.cleaned_data, by=request.user, at=business_now()))
            Visit.of(request.session, account.number).without_card().keep(request.session)
            return redirect(_next(page, account, {**subject, **form.cleaned_data}))
        except (Refused, CardFault, StaleRow, WrongMove) as refusal:
            form.add_error(None, sentence_of(refusal))
        except accounts.operations.MeterInUse as refusal:
            form.add_error("serial", str(refusal))
    text = str(page.text) % {"sum": wording.money(subject["top_up"].amount)} if "top_up" in subject else page.text
    context = {"page": page, "text": text, "form": form, "account": account, "lost": lost, **subject, **shown}
    return render(request, "desk/card_act.html", context)


def _next(page: Page, account: Account, known: Mapping[str, Any]) -> str:
    if page.leads_to_sale:
        return reverse("desk:counter_sold", args=[known["top_up"].reference])
    return (page.leads_on(account, known) if page.leads_on else "") or address_of(account.number)


first_card = _about_account(FIRST_CARD)
replacement = _about_account(REPLACEMENT)
loss = _about_account(LOSS)
gift = _about_account(GIFT)
meter_change = _about_account(METER_CHANGE)
lost_gas = _about_purchase(LOST_GAS)
lost_with_card = _about_purchase(LOST_WITH_CARD)
take_back = _about_purchase(TAKE_BACK)
carry_out = _about_purchase(CARRY_OUT)
