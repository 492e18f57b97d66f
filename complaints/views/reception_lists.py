"""The reception's lists, letters that came by e-mail or post, and the rules by which things go to whom."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import accounts.permissions
import accounts.queries
import complaints.operations.appeals
import complaints.operations.service_applications
from accounts.clock import business_now
from accounts.queries.named_places import named_in
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework import references
from casework.models import Case
from casework.operations import Answer, NotTaken, answer_once

from ..forms.reception_acts import LetterIntakeForm, RuleForm, ServiceIntakeForm
from ..models import ReceptionRoute
from ..operations import reception_routes
from ..operations.appeals import NewAppeal
from ..operations.service_applications import NewService
from ..queries.reception_lists import LISTS, reception_counts, reception_list

_NAMES = {
    "new": gettext_lazy("To be looked at"),
    "asked": gettext_lazy("I am asked"),
    "forwarded": gettext_lazy("With departments"),
    "drafting": gettext_lazy("To be answered"),
    "waiting": gettext_lazy("Waiting for who wrote"),
    "services": gettext_lazy("Services"),
}


@require_safe
@staff_with(Verb.HANDLE_CASES)
def reception_work(request: MemberRequest) -> HttpResponse:
    """One of the lists, what is due first at the top."""
    at, staff = business_now(), accounts.queries.current_staff(request.user)
    counts = reception_counts(staff, at=at)
    chosen = request.GET.get("list", "")
    if chosen not in LISTS:
        chosen = "asked" if counts["asked"] else "new"
    page = Paginator(reception_list(chosen, staff, at=at), 50).get_page(request.GET.get("page"))
    tabs = [{"key": key, "name": _NAMES[key], "count": counts[key], "is_here": key == chosen} for key in LISTS]
    may_route = Verb.ROUTE_APPEALS in accounts.permissions.verbs_of(request.user, at)
    context = {"tabs": tabs, "chosen": chosen, "list_name": _NAMES[chosen], "page": page, "query": f"list={chosen}&", "now": at}
    return render(request, "complaints/reception_work.html", {**context, "may_route": may_route})


@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES)
def letter_intake(request: MemberRequest) -> HttpResponse:
    """A letter that came by e-mail or by post."""
    form = LetterIntakeForm(*_posted(request), form="", initial={"language": get_language()})

    def take(at: datetime) -> Case:
        given = form.cleaned_data
        names = ("topic", "text", "place", "name", "phone", "email", "is_publishable", "channel", "language", "origin")
        new = NewAppeal(form=given["kind"], **{name: given[name] for name in names})
        return complaints.operations.appeals.send_appeal(new=new, file=given["file"], by=request.user, at=at).case

    return _take_down(request, form, take, "complaints:reception_desk")


@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES)
def service_intake(request: MemberRequest) -> HttpResponse:
    """An application that came by e-mail or by post."""
    form = ServiceIntakeForm(*_posted(request), initial={"language": get_language()})

    def take(at: datetime) -> Case:
        given = form.cleaned_data
        names = ("service", "wishes", "name", "phone", "email", "channel", "language")
        new = NewService(details=form.details(), **{name: given[name] for name in names})
        return complaints.operations.service_applications.apply_for_service(new=new, file=given["file"], by=request.user, at=at).case

    return _take_down(request, form, take, "complaints:service_desk")


@require_http_methods(["GET", "POST"])
@staff_with(Verb.ROUTE_APPEALS)
def reception_rules(request: MemberRequest) -> HttpResponse:
    """Who answers for what where: the rules, and one more."""
    at = business_now()
    form = RuleForm(request.POST if request.method == "POST" else None, at=at)
    if form.is_valid() and _keep_rule(request, form, at):
        messages.success(request, _("The rule holds from now on."))
        return redirect("complaints:reception_rules")
    rules = ReceptionRoute.objects.select_related("territory", "staff").order_by("topic", "territory__path", "pk")
    return render(request, "complaints/reception_rules.html", {"form": form, "rules": rules}, status=422 if form.errors else 200)


@require_POST
@staff_with(Verb.ROUTE_APPEALS)
def reception_rule_drop(request: MemberRequest, pk: int) -> HttpResponse:
    """Hold a rule no longer."""
    reception_routes.drop_route(route=get_object_or_404(ReceptionRoute, pk=pk), by=request.user, at=business_now())
    messages.success(request, _("The rule is gone; the next wider one holds."))
    return redirect("complaints:reception_rules")


def _keep_rule(request: MemberRequest, form: RuleForm, at: datetime) -> bool:
    given = form.cleaned_data
    territory = named_in(given["place"])
    if given["place"] and territory is None:
        form.add_error("place", _("We know no such place, or more than one. Name the larger place too."))
        return False
    try:
        reception_routes.keep_route(topic=given["topic"], territory=territory, to=form.target(), by=request.user, at=at)
    except reception_routes.NoTarget as refusal:
        form.add_error("role", str(refusal))
        return False
    return True


def _posted(request: MemberRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _take_down(request: MemberRequest, form: Any, take: Callable[[datetime], Case], desk: str) -> HttpResponse:
    """Take it once however often the form is sent, and go on with it."""
    once = request.POST.get("once", "")[:32]
    once = once if once.isalnum() else secrets.token_hex(16)
    if form.is_valid():
        try:
            case = _take_once(request, take, once)
        except NotTaken as refusal:
            form.add_error("file", str(refusal))
        else:
            said = _("Taken down. Reference %(reference)s, code %(code)s.")
            reference, code = references.grouped(case.reference), references.grouped(case.tracking_code)
            messages.success(request, said % {"reference": reference, "code": code})
            return redirect(desk, case.reference)
    context = {"form": form, "once": once, "is_letter": isinstance(form, LetterIntakeForm)}
    return render(request, "complaints/reception_intake.html", context, status=422 if form.errors else 200)


def _take_once(request: MemberRequest, take: Callable[[datetime], Case], once: str) -> Case:
    at = business_now()

    def act() -> Answer:
        case = take(at)
        return Answer(201, {"case": case.pk}, about=case.reference)

    answer = answer_once(caller=request.user.actor_label, key=f"reception:{once}", fingerprint="", at=at, act=act)
    return get_object_or_404(Case, pk=answer.body["case"] if answer.body else 0)
