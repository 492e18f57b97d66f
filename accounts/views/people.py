"""Staff pages about staff: who works here as what, who is away, who is on duty."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import forms, models, operations, queries
from ..clock import business_now
from ..operations import Period
from ..roles import Role, Verb
from .guards import MemberRequest, staff_with


@require_http_methods(["GET", "POST"])
@staff_with(Verb.MANAGE_STAFF)
def people(request: MemberRequest) -> HttpResponse:
    """Everybody who works here; a form for somebody new."""
    at = business_now()
    form = forms.HireForm(request.POST or None)
    if form.is_valid():
        try:
            staff = operations.hire_staff(person=operations.NewStaff(**form.cleaned_data), by=request.user, at=at)
        except operations.NumberTaken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s can sign in now and sets up the second step then.") % {"name": staff.name})
            return redirect("accounts:person", number=staff.number)
    return render(request, "accounts/people.html", {"people": queries.staff_list(at), "form": form})


@require_safe
@staff_with(Verb.MANAGE_STAFF)
def person(request: MemberRequest, number: str) -> HttpResponse:
    return _person(request, number, forms.GrantForm(initial={"since": timezone.localtime(business_now())}))


@require_POST
@staff_with(Verb.MANAGE_STAFF)
def role_grant(request: MemberRequest, number: str) -> HttpResponse:
    form = forms.GrantForm(request.POST)
    if not form.is_valid():
        return _person(request, number, form)
    period = Period(form.cleaned_data["since"], form.cleaned_data["until"])
    try:
        role = Role(form.cleaned_data["role"])
        operations.grant_role(staff=_staff(number), role=role, period=period, by=request.user, at=business_now())
    except operations.BadPeriod as refusal:
        form.add_error("until", str(refusal))
        return _person(request, number, form)
    messages.success(request, _("The role is granted."))
    return redirect("accounts:person", number=number)


@require_POST
@staff_with(Verb.MANAGE_STAFF)
def role_end(request: MemberRequest, number: str, pk: int) -> HttpResponse:
    grant = get_object_or_404(models.RoleGrant, pk=pk, staff__number=number)
    operations.end_grant(grant=grant, by=request.user, at=business_now())
    messages.success(request, _("The role is taken back."))
    return redirect("accounts:person", number=number)


@require_POST
@staff_with(Verb.MANAGE_STAFF)
def dismiss(request: MemberRequest, number: str) -> HttpResponse:
    """They left: from now on the sign-in is closed, in all browsers and devices."""
    staff = _staff(number)
    try:
        operations.dismiss_staff(staff=staff, by=request.user, at=business_now())
    except operations.Yourself as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts:person", number=number)
    messages.success(request, _("%(name)s has left and cannot sign in any more.") % {"name": staff.name})
    return redirect("accounts:people")


@require_http_methods(["GET", "POST"])
@staff_with(Verb.EDIT_ROSTER)
def roster(request: MemberRequest) -> HttpResponse:
    """A fortnight of duties; forms for one more and for an absence."""
    at = business_now()
    form = forms.DutyForm(request.POST or None)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            period = Period(asked["since"], asked["until"])
            operations.plan_duty(staff=asked["staff"], hall=asked["hall"], period=period, by=request.user, at=at)
        except operations.BadPeriod as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("accounts:roster")
    return _roster(request, form, forms.AbsenceForm(prefix="away"))


@require_POST
@staff_with(Verb.EDIT_ROSTER)
def absence_record(request: MemberRequest) -> HttpResponse:
    form = forms.AbsenceForm(request.POST, prefix="away")
    if form.is_valid():
        asked = form.cleaned_data
        try:
            period = Period(asked["since"], asked["until"])
            operations.record_absence(staff=asked["staff"], deputy=asked["deputy"], period=period, by=request.user, at=business_now())
        except operations.BadPeriod as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The absence is written down; the deputy stands in."))
            return redirect("accounts:roster")
    return _roster(request, forms.DutyForm(), form)


@require_POST
@staff_with(Verb.EDIT_ROSTER)
def duty_remove(request: MemberRequest, pk: int) -> HttpResponse:
    operations.remove_duty(duty=get_object_or_404(models.Duty, pk=pk), by=request.user, at=business_now())
    return redirect("accounts:roster")


def _staff(number: str) -> models.Staff:
    try:
        return queries.get_staff(number)
    except queries.StaffNotFound as unknown:
        raise Http404 from unknown


def _person(request: MemberRequest, number: str, form: forms.GrantForm) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "accounts/person.html", {"staff": _staff(number), "form": form, "now": business_now()}, status=status)


def _roster(request: MemberRequest, form: forms.DutyForm, away: forms.AbsenceForm) -> HttpResponse:
    at = business_now()
    context = {
        "duties": queries.roster(at - timedelta(days=1), at + timedelta(days=14)),
        "absences": queries.absences(at),
        "form": form,
        "away_form": away,
    }
    return render(request, "accounts/roster.html", context, status=422 if form.errors or away.errors else 200)
