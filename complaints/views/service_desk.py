"""The page of one application for a service: complete, to whom, when, done."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import business_now
from accounts.permissions import Forbidden, MissingVerb, may
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework import permissions
from casework.operations import Ended, NobodyNamed, NothingSaid, StaleRow, WrongMove
from fieldwork.operations.arranging import why_not

from .. import reception_permissions
from ..forms import reception_acts as acts
from ..forms.reception import item_fields, said_items
from ..models import Item, ServiceApplication
from ..operations import service_applications, service_course, triage
from ..queries.reception_desk import service_page
from ..service_items import NEEDED
from ..states import SERVICE_APPLICATION
from .reception_guards import service_or_404

_REFUSALS = (
    *(Ended, NobodyNamed, NothingSaid, StaleRow, WrongMove, Forbidden, triage.NotThen),
    *(service_applications.NothingMissing, service_applications.AskedTwice, service_course.Incomplete),
)
_FORMS: Mapping[str, type[forms.Form]] = {
    "missing": acts.MissingForm,
    "details": acts.HeardForm,
    "route": acts.RouteForm,
    "agree": acts.AgreeForm,
    "finish": acts.FinishForm,
}
type Act = Callable[[ServiceApplication, forms.Form, dict[str, Any]], object]


@require_safe
@staff_with(Verb.HANDLE_CASES)
def service_desk(request: MemberRequest, reference: str) -> HttpResponse:
    return _page(request, service_or_404(request.user, reference))


def _page(request: MemberRequest, application: ServiceApplication, wrong: Mapping[str, forms.Form] | None = None) -> HttpResponse:
    at, wrong = business_now(), wrong or {}
    page = service_page(application, service_applications.gaps_of(application), at=at)
    initial = {"missing": {"items": page["gaps"]}, "route": {"to": page["suggested"]}}
    shown = {name: _form(name, application, None, at, initial.get(name)) for name in _FORMS}
    case = application.case
    context = {
        **page,
        "forms": {**shown, **wrong},
        "wrong": next(iter(wrong), ""),
        "steps": {move.verb for move in SERVICE_APPLICATION.moves if case.status in move.sources},
        "may_route": may(permissions.check_may_assign, request.user, at=at),
        "may_agree": may(reception_permissions.check_may_agree, request.user, application, at=at),
        "may_visit": not why_not(case),
    }
    return render(request, "complaints/service_desk.html", context, status=422 if wrong else 200)


def _form(name: str, application: ServiceApplication, data: Any, at: Any, initial: Any = None) -> forms.Form:
    more = {"at": at} if name == "route" else {}
    form = _FORMS[name](data, auto_id=f"{name}_%s", initial=initial, **more)
    if name == "details":
        known, needed = application.details, NEEDED[application.service]
        form.fields.update(item_fields([item for item in Item.values if item in needed or item in application.missing or item in known]))
        for item, words in known.items():
            form.initial[f"item_{item}"] = words
    return form


def _act(name: str, done: Callable[[], str], act: Act) -> Callable[..., HttpResponseBase]:
    """The view of one act: read its form, call its operation, say what happened or why not."""

    @require_POST
    @staff_with(Verb.HANDLE_CASES)
    def view(request: MemberRequest, reference: str) -> HttpResponse:
        application, at = service_or_404(request.user, reference), business_now()
        form = _form(name, application, request.POST, at)
        if not form.is_valid():
            return _page(request, application, {name: form})
        try:
            if request.POST.get("version", str(application.case.version)) != str(application.case.version):
                raise StaleRow
            act(application, form, {"by": request.user, "at": at})
        except MissingVerb:
            raise
        except _REFUSALS as refusal:
            form.add_error(None, str(refusal))
            return _page(request, service_or_404(request.user, reference), {name: form})
        messages.success(request, done())
        return redirect("complaints:service_desk", reference=application.case.reference)

    view.__name__, view.__doc__ = name, act.__doc__
    return view


def _details(application: ServiceApplication, form: forms.Form, when: dict[str, Any]) -> None:
    """What staff heard from the client."""
    new = {item: words for item, words in said_items(form).items() if application.details.get(item) != words}
    service_applications.give_details(application=application, details=new, means=form.cleaned_data["means"], **when)


missing = _act(
    "missing",
    lambda: _("The client is asked for all of it. We wait for them."),
    lambda a, f, w: service_applications.ask_for_missing(application=a, **f.cleaned_data, **w),
)
details = _act("details", lambda: _("Written down."), _details)
route = _act(
    "route",
    lambda: _("It is with the specialist in charge now."),
    lambda a, f, w: service_course.route(application=a, to=f.cleaned_data["to"], **w),
)
agree = _act(
    "agree", lambda: _("Agreed; the client has it in writing."), lambda a, f, w: service_course.agree(application=a, **f.cleaned_data, **w)
)
finish = _act("finish", lambda: _("Done."), lambda a, f, w: service_course.finish(application=a, words=f.cleaned_data["words"], **w))
