"""One visit for dispatchers: who could go and why, who was asked, what is done with it, what its crew says over the radio.

Note [An old page]. Every button carries the version of the visit as it was shown. Of two dispatchers who send at the same moment one
wins; the other, and whoever comes back to a page left open since yesterday, is told and sees the visit as it is now.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import business_now
from accounts.operations.periods import BadPeriod
from accounts.permissions import Forbidden, MissingVerb
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import StaleRow, WrongMove

from .. import operations
from ..forms.dispatch import SendForm, TakeBackForm
from ..forms.radio import RadioForm
from ..models import Crew, Visit
from ..operations import deeds, radio
from ..queries.candidates import outlook as outlook_of
from ..sayings import sayable

_REFUSALS = (StaleRow, WrongMove, Forbidden, BadPeriod, operations.CrewRetired, operations.NobodyInCrew, operations.SameCrew)
_UNSAID: tuple[type[Exception], ...] = (StaleRow, *deeds.REFUSALS)
#: How long a crew that was fetched from home is out, unless its roster says more.
_CALLED_IN = timedelta(hours=4)

type Act = Callable[[Visit, MemberRequest, dict[str, Any]], object]


@require_safe
@staff_with(Verb.DISPATCH)
def visit_page(request: MemberRequest, pk: int) -> HttpResponse:
    """One visit: who could go and why, who was asked, and what can be done."""
    return _page(request, _visit_or_404(pk))


@require_POST
@staff_with(Verb.DISPATCH)
def write_down(request: MemberRequest, pk: int) -> HttpResponse:
    """A step of the crew that was told over the radio. Refused, what was typed stays, and the visit is shown as it is now."""
    visit, at = _visit_or_404(pk), business_now()
    form = RadioForm(request.POST, visit=visit, at=at)
    try:
        if request.POST.get("version") != str(visit.version):
            raise StaleRow
        if form.is_valid():
            radio.write_down(visit=visit, said=radio.Radioed(**form.radioed()), by=request.user, at=at)
            messages.success(request, _("Written down, with who told you."))
            return redirect("fieldwork:dispatch_visit", pk=pk)
    except MissingVerb:
        raise
    except _UNSAID as refusal:
        form.add_error(None, str(refusal))
    return _page(request, _visit_or_404(pk), form)


def _page(request: MemberRequest, visit: Visit, wrong: RadioForm | None = None) -> HttpResponse:
    at, is_open = business_now(), visit.ended_at is None
    outlook = outlook_of(visit, at) if is_open else None
    crews = Crew.objects.in_bulk([one.crew for one in outlook.suggestions]) if outlook else {}
    ways = [(way, crews.get(way.crew or 0)) for way in outlook.forecast.ways] if outlook and outlook.forecast else []
    context = {
        "visit": visit,
        "is_open": is_open,
        "suggestions": [(one, crews[one.crew]) for one in outlook.suggestions] if outlook else [],
        "forecast": outlook.forecast if outlook else None,
        "ways": ways,
        "offers": visit.offers.select_related("crew").order_by("-at", "-pk"),
        "may_offer": visit.status == Visit.Status.ASKED,
        "may_recall": visit.status in {Visit.Status.OFFERED, Visit.Status.ACCEPTED, Visit.Status.ON_THE_WAY},
        "radio": _radio(visit, wrong, at) if visit.crew and sayable(visit) else None,
        "wrong": wrong,
        "now": at,
    }
    return render(request, "fieldwork/dispatch/visit.html", context, status=422 if wrong else 200)


def _radio(visit: Visit, wrong: RadioForm | None, at: datetime) -> RadioForm:
    """The form; after a refusal with what was typed, for the visit as it is now."""
    if wrong is None:
        return RadioForm(visit=visit, at=at)
    typed = wrong.data.copy() if isinstance(wrong.data, QueryDict) else QueryDict(mutable=True)
    typed["version"] = str(visit.version)
    return RadioForm(typed, visit=visit, at=at)


def _act(name: str, form: type[SendForm] | type[TakeBackForm], done: Callable[[], str], act: Act) -> Callable[..., HttpResponseBase]:
    """The view of one act on a visit: see Note [An old page]."""

    @require_POST
    @staff_with(Verb.DISPATCH)
    def view(request: MemberRequest, pk: int) -> HttpResponse:
        visit, sent = _visit_or_404(pk), form(request.POST)
        try:
            if not sent.is_valid() or sent.cleaned_data["version"] != visit.version:
                raise StaleRow
            act(visit, request, sent.cleaned_data)
        except MissingVerb:
            raise
        except _REFUSALS as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done())
        return redirect("fieldwork:dispatch_visit", pk=visit.pk)

    view.__name__ = name
    return view


def _send(visit: Visit, request: MemberRequest, given: dict[str, Any]) -> None:
    """Ask a crew, instead of another one where one has it."""
    operations.reassign(visit=visit, crew=_crew_or_404(given["crew"]), reason=given["reason"], by=request.user, at=business_now())


def _call_in(visit: Visit, request: MemberRequest, given: dict[str, Any]) -> None:
    """Fetch a crew from home and ask it."""
    crew, at = _crew_or_404(given["crew"]), business_now()
    operations.call_in_for(visit=visit, crew=crew, until=at + _CALLED_IN, reason=given["reason"], by=request.user, at=at)


def _recall(visit: Visit, request: MemberRequest, given: dict[str, Any]) -> None:
    operations.recall(visit=visit, reason=given["reason"], by=request.user, at=business_now())


def _cancel(visit: Visit, request: MemberRequest, given: dict[str, Any]) -> None:
    operations.cancel(visit=visit, by=request.user, at=business_now())


send = _act("send", SendForm, lambda: _("The crew is asked."), _send)
call_in = _act("call_in", SendForm, lambda: _("The crew is called in and asked."), _call_in)
recall = _act("recall", TakeBackForm, lambda: _("Taken back. Nobody has this visit now."), _recall)
cancel = _act("cancel", TakeBackForm, lambda: _("Called off. The crew is told."), _cancel)


def _visit_or_404(pk: int) -> Visit:
    related = ("timeline", "crew", "territory", "case__premises", "case__account__customer")
    visit = Visit.objects.with_agreed_time().select_related(*related).filter(pk=pk).first()
    if visit is None:
        raise Http404
    return visit


def _crew_or_404(code: str) -> Crew:
    crew = Crew.objects.filter(code=code, retired_at=None).first()
    if crew is None:
        raise Http404
    return crew
