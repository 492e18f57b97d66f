"""Writing the draft of a plan: begun, changed row by row, published with a day, thrown away."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import ReasonMissing, StaleRow

from ..forms.plans import FORMS, MODELS, PublishForm, RowForm, TextsForm
from ..models import ConnectionKind, PolicyVersion
from ..operations import plans
from ..queries import plan_contents
from .plans import version_page

_REFUSALS = (plans.Dated, plans.KeyTaken, StaleRow)


@require_POST
@staff_with(Verb.EDIT_CONNECTION_PLANS)
def draft_begin(request: MemberRequest, kind: str) -> HttpResponse:
    """A draft that says what is in force now; the one that lies there, if one does."""
    if kind not in ConnectionKind.values:
        raise Http404
    draft = plans.begin_draft(kind=kind, by=request.user, at=business_now())
    return redirect("connections:plan_version", pk=draft.pk)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.EDIT_CONNECTION_PLANS)
def draft_texts(request: MemberRequest, pk: int) -> HttpResponse:
    """The words around the lists."""
    draft = _draft(pk)
    form = TextsForm(draft.texts, request.POST or None, seen=plan_contents.digest(draft))
    if form.is_valid():
        try:
            plans.write_texts(draft=draft, texts=form.texts(), seen=form.cleaned_data["seen"], by=request.user, at=business_now())
        except _REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The words are kept in the draft."))
            return redirect("connections:plan_version", pk=draft.pk)
    return _form(request, draft, form, title=_("Words of the notice"))


@require_http_methods(["GET", "POST"])
@staff_with(Verb.EDIT_CONNECTION_PLANS)
def draft_row_new(request: MemberRequest, pk: int, part: str) -> HttpResponse:
    """One stage, paper or fee more."""
    draft = _draft(pk)
    return _row(request, draft, part, _model(part)(policy=draft, position=1 if part == "stages" else _rows(draft, part).count() + 1))


@require_http_methods(["GET", "POST"])
@staff_with(Verb.EDIT_CONNECTION_PLANS)
def draft_row(request: MemberRequest, pk: int, part: str, row: int) -> HttpResponse:
    """One stage, paper or fee."""
    draft = _draft(pk)
    return _row(request, draft, part, get_object_or_404(_rows(draft, part), pk=row))


@require_POST
@staff_with(Verb.EDIT_CONNECTION_PLANS)
def draft_row_remove(request: MemberRequest, pk: int, part: str, row: int) -> HttpResponse:
    """Out of the plan."""
    draft = _draft(pk)
    found = get_object_or_404(_rows(draft, part), pk=row)
    try:
        plans.remove_row(draft=draft, row=found, seen=request.POST.get("seen", ""), by=request.user, at=business_now())
    except _REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is taken out of the draft."))
    return redirect("connections:plan_version", pk=draft.pk)


@require_POST
@staff_with(Verb.EDIT_CONNECTION_PLANS)
def draft_publish(request: MemberRequest, pk: int) -> HttpResponse:
    """Let it come into force."""
    draft, at = _draft(pk), business_now()
    form = PublishForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            plans.publish(
                draft=draft, effective_from=form.beginning(at), reason=given["reason"], seen=given["seen"], by=request.user, at=at
            )
        except (plans.DayGone, plans.DayTaken) as refusal:
            form.add_error("effective_from", str(refusal))
        except (plans.NotReady, plans.SaysTheSame, ReasonMissing, *_REFUSALS) as refusal:
            form.add_error(None, str(refusal))
        else:
            moment = timezone.localtime(form.beginning(at))
            messages.success(request, _("It holds from %(moment)s on.") % {"moment": f"{moment:%Y-%m-%d %H:%M}"})
            return redirect("connections:plan_story", kind=draft.kind)
    return version_page(request, draft, form)


@require_POST
@staff_with(Verb.EDIT_CONNECTION_PLANS)
def draft_discard(request: MemberRequest, pk: int) -> HttpResponse:
    """Throw it away."""
    draft = _draft(pk)
    try:
        plans.discard(draft=draft, by=request.user, at=business_now())
    except plans.Dated as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The draft is thrown away."))
    return redirect("connections:plan_story", kind=draft.kind)


def _row(request: MemberRequest, draft: PolicyVersion, part: str, row: Any) -> HttpResponse:
    form: RowForm = FORMS[part](row, request.POST or None, seen=plan_contents.digest(draft))
    if form.is_valid():
        try:
            plans.write_row(draft=draft, row=row, fields=form.columns(), seen=form.cleaned_data["seen"], by=request.user, at=business_now())
        except plans.KeyTaken as refusal:
            form.add_error("key", str(refusal))
        except _REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is kept in the draft."))
            return redirect("connections:plan_version", pk=draft.pk)
    titles = {"stages": _("Stage"), "papers": _("Paper"), "fees": _("Fee")}
    return _form(request, draft, form, title=titles[part], row=row if row.pk else None, part=part)


def _form(request: MemberRequest, draft: PolicyVersion, form: forms.Form, **about: object) -> HttpResponse:
    context = {"version": draft, "form": form, "seen": plan_contents.digest(draft), **about}
    return render(request, "connections/plan_form.html", context, status=422 if form.errors else 200)


def _draft(pk: int) -> PolicyVersion:
    """A draft; what has its day is not edited, so its pages for editing do not exist."""
    return get_object_or_404(PolicyVersion, pk=pk, effective_from=None)


def _model(part: str) -> Any:
    if part not in MODELS:
        raise Http404
    return MODELS[part]


def _rows(draft: PolicyVersion, part: str) -> Any:
    return _model(part).objects.filter(policy=draft)
