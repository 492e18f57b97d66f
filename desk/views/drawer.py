"""The demo card drawer: only where the counters' readers are simulated."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import desk.operations.drawer
import desk.queries.counter
import desk.queries.drawer
from accounts.models import Counter
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from billing import sentences
from billing.devices.cards import CardFault
from billing.models import SimulatedChip

from .. import readers


@require_safe
@staff_with(Verb.SELL_GAS)
def drawer(request: MemberRequest) -> HttpResponse:
    cards = desk.queries.drawer.demo_cards(_my_counter(request))
    return render(request, "desk/drawer.html", {"cards": cards, "faults": SimulatedChip.Fault.choices})


@require_POST
@staff_with(Verb.SELL_GAS)
def drawer_lay(request: MemberRequest, pk: int) -> HttpResponse:
    chip = get_object_or_404(SimulatedChip, pk=pk)
    desk.operations.drawer.lay(chip=chip, counter=_my_counter(request))
    messages.success(request, _("On the reader: %(card)s.") % {"card": _(chip.label)})
    return redirect("desk:counter")


@require_POST
@staff_with(Verb.SELL_GAS)
def drawer_new(request: MemberRequest) -> HttpResponse:
    _my_counter(request)
    desk.operations.drawer.new_chip()
    return redirect("desk:drawer")


@require_POST
@staff_with(Verb.SELL_GAS)
def drawer_take_off(request: MemberRequest, pk: int) -> HttpResponse:
    _my_counter(request)
    desk.operations.drawer.take_off(chip=get_object_or_404(SimulatedChip, pk=pk))
    return redirect("desk:drawer")


@require_POST
@staff_with(Verb.SELL_GAS)
def drawer_fault(request: MemberRequest, pk: int) -> HttpResponse:
    _my_counter(request)
    fault = request.POST.get("fault", "")
    if fault not in SimulatedChip.Fault.values:
        raise Http404
    desk.operations.drawer.script_fault(chip=get_object_or_404(SimulatedChip, pk=pk), fault=fault)
    return redirect("desk:drawer")


@require_POST
@staff_with(Verb.SELL_GAS)
def drawer_load(request: MemberRequest, pk: int) -> HttpResponse:
    _my_counter(request)
    try:
        desk.operations.drawer.carry_home(chip=get_object_or_404(SimulatedChip, pk=pk))
    except CardFault as fault:
        messages.error(request, sentences.of_card(fault))
    return redirect("desk:drawer")


def _my_counter(request: MemberRequest) -> Counter:
    """The clerk's counter, where its reader is simulated; 404 otherwise."""
    till = desk.queries.counter.till(request.user)
    if till is None or not readers.is_simulated():
        raise Http404
    return till.counter
