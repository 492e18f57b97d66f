"""Connected meters, for staff: how one stands, what is on its way to it, and its valve; and those that want somebody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import accounts.permissions
import billing.queries.connected_meters
import billing.queries.meter_fleet
from accounts.clock import business_date, business_now
from accounts.models import Account
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, account_or_404, staff_with
from casework.operations import StaleRow, WrongMove

from .. import usage_bars
from ..meter_forms import ValveForm
from ..models import MeterCommand
from ..operations import meter_commands, valve_orders
from ..queries.connected_meters import Standing
from ..refusals import Refused

SHOWN_DAYS = timedelta(days=62)


@require_safe
@staff_with(Verb.FIND_ACCOUNTS)
def account_meter(request: MemberRequest, number: str) -> HttpResponse:
    """Everything about the account's connected meter."""
    return _show(request, account_or_404(request.user, number), ValveForm())


@require_POST
@staff_with(Verb.MANAGE_DEVICES)
def valve(request: MemberRequest, number: str) -> HttpResponse:
    """Order the valve closed, or let it be opened."""
    account, form = account_or_404(request.user, number), ValveForm(request.POST)
    if not form.is_valid():
        return _show(request, account, form)
    order = valve_orders.open_valve if form.cleaned_data["act"] == "open" else valve_orders.close_valve
    try:
        order(meter=_standing(account).meter, reason=form.cleaned_data["reason"], by=request.user, at=business_now())
    except (Refused, StaleRow, WrongMove) as refusal:
        form.add_error(None, str(refusal))
        return _show(request, account, form)
    messages.success(request, _("The command waits for the meter to connect."))
    return redirect("billing:account_meter", number)


@require_POST
@staff_with(Verb.MANAGE_DEVICES)
def command_requeue(request: MemberRequest, number: str, command: int) -> HttpResponse:
    """Try an expired command again."""
    return _act(request, number, command, meter_commands.requeue, _("The command waits for the meter again."))


@require_POST
@staff_with(Verb.MANAGE_DEVICES)
def command_withdraw(request: MemberRequest, number: str, command: int) -> HttpResponse:
    """Take a command back that was never sent."""
    return _act(request, number, command, meter_commands.withdraw, _("The command is withdrawn."))


@require_safe
@staff_with(Verb.MANAGE_DEVICES)
def meter_list(request: MemberRequest) -> HttpResponse:
    """Connected meters that want somebody, the worst first; or all of them."""
    at, show_all = business_now(), request.GET.get("show") == "all"
    found = billing.queries.meter_fleet.meters(at=at, only_troubled=not show_all)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    counts = billing.queries.meter_fleet.counts(at=at)
    return render(request, "billing/meter_list.html", {"page": page, "counts": counts, "show_all": show_all})


def _act(request: MemberRequest, number: str, key: int, act: Callable[..., Any], done: str) -> HttpResponse:
    account = account_or_404(request.user, number)
    command = MeterCommand.objects.filter(pk=key, meter__account=account).first()
    if command is None:
        raise Http404
    try:
        act(command=command, by=request.user, at=business_now())
    except (Refused, StaleRow, WrongMove) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("billing:account_meter", number)


def _standing(account: Account) -> Standing:
    found = billing.queries.connected_meters.standing(account, at=business_now())
    if found is None:
        raise Http404
    return found


def _show(request: MemberRequest, account: Account, form: ValveForm) -> HttpResponse:
    at, standing = business_now(), _standing(account)
    days = billing.queries.connected_meters.days_of_use(standing.meter, since=business_date(at) - SHOWN_DAYS)
    context = {
        "account": account,
        "standing": standing,
        "chart": usage_bars.bars([(one.day, one.used_litres) for one in days]),
        "form": form,
        "manage": accounts.permissions.may(accounts.permissions.check_verb, request.user, Verb.MANAGE_DEVICES, at=at),
    }
    return render(request, "billing/account_meter.html", context, status=422 if form.errors else 200)
