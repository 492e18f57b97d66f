"""One call: who it is, what to say, the record, and the way to an order."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import accounts.queries
import desk.queries.search
from accounts import kept_words
from accounts.clock import business_now
from accounts.models import Account
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, account_or_404, staff_with
from casework.operations import StaleRow, WrongMove
from casework.references import grouped

from ..forms.hotline import JotForm, RecordForm
from ..models import Call
from ..operations import call_orders, call_records, calls
from ..operations.call_holding import NotYourCall
from ..queries.call_page import call_for, order_route, screen_of
from ..queries.calls import CallNotFound

_REFUSALS = (NotYourCall, call_orders.NotTheOrder, call_records.StillRinging, calls.NotAsked, WrongMove, StaleRow)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_with(Verb.ANSWER_CALLS)
def call(request: MemberRequest, reference: str) -> HttpResponse:
    """The call; what is typed into the box finds the caller (sent by POST: it is somebody's data)."""
    text = request.POST.get("q", "")
    return _page(request, _call_or_404(request, reference), text=text)


@require_safe
@staff_with(Verb.ANSWER_CALLS)
def call_live(request: MemberRequest, reference: str) -> HttpResponse:
    """A piece of the page, fetched anew: how the call stands and what to say now."""
    found = _call_or_404(request, reference)
    return render(request, "desk/hotline/call_live.html", _context(request, found))


@require_POST
@staff_with(Verb.ANSWER_CALLS)
def hold(request: MemberRequest, reference: str) -> HttpResponse:
    """The caller agreed to wait."""
    is_agreed = "is_agreed" in request.POST
    return _acted(request, reference, lambda found: calls.hold(call=found, is_agreed=is_agreed, by=request.user, at=business_now()))


@require_POST
@staff_with(Verb.ANSWER_CALLS)
def resume(request: MemberRequest, reference: str) -> HttpResponse:
    """Back to the caller."""
    return _acted(request, reference, lambda found: calls.resume(call=found, by=request.user, at=business_now()))


@require_POST
@staff_with(Verb.ANSWER_CALLS)
def join(request: MemberRequest, reference: str) -> HttpResponse:
    """A supervisor has come into the call."""
    staff = accounts.queries.current_staff(request.user)
    return _acted(request, reference, lambda found: calls.join(call=found, staff=staff, by=request.user, at=business_now()))


@require_POST
@staff_with(Verb.ANSWER_CALLS, Verb.FIND_ACCOUNTS)
def identify(request: MemberRequest, reference: str) -> HttpResponse:
    """One of those that were found, or nobody we know."""
    number = request.POST.get("account", "")
    account: Account | None = account_or_404(request.user, number) if number else None
    return _acted(request, reference, lambda found: call_records.identify(call=found, account=account, by=request.user, at=business_now()))


@require_POST
@staff_with(Verb.ANSWER_CALLS)
def jot(request: MemberRequest, reference: str) -> HttpResponse:
    """What is typed so far, kept while the caller speaks."""
    form, found = JotForm(request.POST), _call_or_404(request, reference)
    if form.is_valid():
        call_records.jot(call=found, by=request.user, at=business_now(), **form.cleaned_data)
    return HttpResponse(status=204)


@require_POST
@staff_with(Verb.ANSWER_CALLS)
def save(request: MemberRequest, reference: str) -> HttpResponse:
    """The call is over and written down; "and make the order now" leads on to the form for it."""
    found, form = _call_or_404(request, reference), RecordForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    try:
        saved = call_records.save(call=found, record=call_records.Record(**form.cleaned_data), by=request.user, at=business_now())
    except _REFUSALS as refusal:
        form.add_error(None, str(refusal))
        # Who went back to a call that is written down finds no form there any more, but why, and the words.
        context = {**_context(request, found), "form": form, "refused": str(refusal), "kept": kept_words.words(request)}
        return render(request, "desk/hotline/call.html", context, status=422)
    messages.success(request, _("The call is written down."))
    if saved.is_order_wanted and "make_now" in request.POST:
        return order_page(saved)
    return redirect("desk:hotline")


@require_POST
@staff_with(Verb.ANSWER_CALLS)
def drop_order(request: MemberRequest, reference: str) -> HttpResponse:
    """No order after all."""
    found = _call_or_404(request, reference)
    try:
        call_orders.drop_order(call=found, by=request.user, at=business_now())
    except _REFUSALS as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:hotline")


@require_POST
@staff_with(Verb.ANSWER_CALLS)
def take_order(request: MemberRequest, reference: str) -> HttpResponse:
    """This case is the order of a caller we do not know."""
    found, at = _call_or_404(request, reference), business_now()
    try:
        case = call_orders.take_order(call=found, reference=request.POST.get("case", ""), by=request.user, at=at)
    except _REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(case)s is the order of this call.") % {"case": grouped(case.reference)})
    return redirect("desk:hotline")


@require_POST
@staff_with(Verb.ANSWER_CALLS)
def make_order(request: MemberRequest, reference: str) -> HttpResponse:
    """To the form of what the call was about; the case that comes of it belongs to the call."""
    found = _call_or_404(request, reference)
    if not found.call_type:
        messages.error(request, str(call_records.TypeMissing()))
        return redirect("desk:call", reference=reference)
    return order_page(found)


def order_page(call: Call) -> HttpResponse:
    """Where an order is made of this call."""
    route, arguments = order_route(call, call.call_type)
    return redirect(route, *arguments)


def _acted(request: MemberRequest, reference: str, act: Callable[[Call], object]) -> HttpResponse:
    found = _call_or_404(request, reference)
    try:
        act(found)
    except _REFUSALS as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:call", reference=reference)


def _page(request: MemberRequest, found: Call, *, text: str = "", form: RecordForm | None = None, status: int = 200) -> HttpResponse:
    context = _context(request, found)
    if text:
        context["found"] = desk.queries.search.find(text, request.user, at=business_now())
    typed = {"call_type": found.call_type, "content": found.content, "is_order_wanted": found.is_order_wanted}
    context |= {"text": text, "form": form or RecordForm(initial=typed)}
    return render(request, "desk/hotline/call.html", context, status=status)


def _context(request: MemberRequest, found: Call) -> dict[str, object]:
    at = business_now()
    return {"screen": screen_of(found, request.user, at=at), "call": found, "now": at}


def _call_or_404(request: MemberRequest, reference: str) -> Call:
    try:
        return call_for(reference, request.user, at=business_now())
    except CallNotFound as unknown:
        raise Http404 from unknown
