"""Plan crews: what each is, who is in it, and when it goes out no more."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import business_now
from accounts.models import Staff
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import StaleRow

from .. import operations
from ..forms.crews import CrewForm, JoinForm
from ..models import Crew
from ..queries import crew_plans


@require_safe
@staff_with(Verb.PLAN_CREWS)
def crew_list(request: MemberRequest) -> HttpResponse:
    """Every crew with its people and next shifts."""
    at = business_now()
    return render(request, "fieldwork/crews/list.html", {"lines": crew_plans.planned(at), "retired": crew_plans.retired(), "now": at})


@require_safe
@staff_with(Verb.PLAN_CREWS)
def crew(request: MemberRequest, pk: int) -> HttpResponse:
    """One crew."""
    return _page(request, _crew(pk), JoinForm(at=business_now()))


@require_http_methods(["GET", "POST"])
@staff_with(Verb.PLAN_CREWS)
def crew_new(request: MemberRequest) -> HttpResponse:
    """A crew that was not there before; people come into it on its own page."""
    form = CrewForm(request.POST or None)
    if form.is_valid():
        formed = _write(form, lambda: operations.form_crew(**form.plan(), by=request.user, at=business_now()))
        if formed is not None:
            messages.success(request, _("The crew is there. Put people into it, and put it on the roster."))
            return redirect("fieldwork:crew", pk=formed.pk)
    return _form_page(request, form, None)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.PLAN_CREWS)
def crew_change(request: MemberRequest, pk: int) -> HttpResponse:
    """Another name, hall, skills or territories."""
    found = _crew(pk)
    form = CrewForm(request.POST or None, crew=found)
    if form.is_valid():
        changed = _write(form, lambda: operations.change_crew(crew=form.looked_at(), **form.plan(), by=request.user, at=business_now()))
        if changed is not None:
            messages.success(request, _("The crew is changed."))
            return redirect("fieldwork:crew", pk=pk)
    return _form_page(request, form, found)


@require_POST
@staff_with(Verb.PLAN_CREWS)
def crew_retire(request: MemberRequest, pk: int) -> HttpResponse:
    """It goes out no more; what it did stays."""
    try:
        operations.retire_crew(crew=_crew(pk), by=request.user, at=business_now())
    except operations.StillAtWork as refusal:
        messages.error(request, str(refusal))
        return redirect("fieldwork:crew", pk=pk)
    messages.success(request, _("The crew goes out no more. Its people are free for others."))
    return redirect("fieldwork:crew_list")


@require_POST
@staff_with(Verb.PLAN_CREWS)
def crew_join(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody comes into the crew, or leads it from now on."""
    found, at = _crew(pk), business_now()
    form = JoinForm(request.POST, at=at)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        operations.join_crew(crew=found, **form.cleaned_data, by=request.user, at=at)
    except operations.CrewRetired as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, form)
    messages.success(request, _("%(name)s is in this crew now.") % {"name": form.cleaned_data["staff"].name})
    return redirect("fieldwork:crew", pk=pk)


@require_POST
@staff_with(Verb.PLAN_CREWS)
def crew_leave(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody is in no crew from now on."""
    found, staff = _crew(pk), get_object_or_404(Staff, number=request.POST.get("staff", ""))
    try:
        operations.leave_crew(crew=found, staff=staff, by=request.user, at=business_now())
    except operations.NotAMember as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s is in no crew now.") % {"name": staff.name})
    return redirect("fieldwork:crew", pk=pk)


def _crew(pk: int) -> Crew:
    return get_object_or_404(Crew, pk=pk)


def _write(form: CrewForm, act: Callable[[], Crew]) -> Crew | None:
    try:
        return act()
    except StaleRow:
        form.look_again()
    except operations.CodeTaken as refusal:
        form.add_error("code", str(refusal))
    except (operations.UnknownSkill, operations.CrewRetired) as refusal:
        form.add_error(None, str(refusal))
    return None


def _form_page(request: MemberRequest, form: CrewForm, found: Crew | None) -> HttpResponse:
    return render(request, "fieldwork/crews/form.html", {"form": form, "crew": found}, status=422 if form.errors else 200)


def _page(request: MemberRequest, found: Crew, form: JoinForm) -> HttpResponse:
    at = business_now()
    line = crew_plans.planned(at, found)[0]
    return render(request, "fieldwork/crews/crew.html", {"line": line, "form": form, "now": at}, status=422 if form.errors else 200)
