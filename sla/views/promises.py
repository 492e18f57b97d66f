"""The book of promises for staff: every promise with its story, and new versions."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import business_now
from accounts.permissions import may, verbs_of
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from .. import forms, heard, permissions
from ..models import Promise, PromiseVersion
from ..operations import book
from ..promise_forms import PromiseForm
from ..queries import catalog, movable, policies


@require_safe
@staff_with(Verb.SEE_PROMISES)
def promise_list(request: MemberRequest) -> HttpResponse:
    """Every promise, or those of one nature or document."""
    at = business_now()
    lines = catalog.promise_lines(at)
    nature, source = request.GET.get("nature", ""), request.GET.get("source", "")
    shown = [one for one in lines if nature in {"", one.policy.nature} and source in {"", one.policy.source}]
    chosen = {"nature": nature, "source": source}
    context = {"lines": shown, "total": len(lines), "chosen": chosen, "may_look_back": _may_look_back(request, at)}
    return render(request, "sla/promise_list.html", context)


@require_safe
@staff_with(Verb.SEE_PROMISES)
def promise_detail(request: MemberRequest, key: str) -> HttpResponse:
    return _detail(request, key, forms.DateForm())


@require_http_methods(["GET", "POST"])
@staff_with(Verb.EDIT_PROMISES)
def version_new(request: MemberRequest, key: str) -> HttpResponse:
    """Write the next version, beginning from what the newest one says."""
    at = business_now()
    promise = get_object_or_404(Promise, pk=key)
    newest = promise.versions.order_by("-number").first()
    if newest is None:
        raise Http404
    held = policies.policies_at(at).policies()
    form = PromiseForm(newest, policies.calendar_rows(at), held, request.POST or None)
    if form.is_valid():
        new = book.NewVersion(changes=form.changes(), effective_from=form.beginning(), reason=form.cleaned_data["reason"])
        try:
            version = book.write_version(promise=promise, new=new, by=request.user, at=at)
        except book.BadPromise as refusal:
            form.add_error(_FIELDS.get(refusal.code), str(refusal))
        else:
            messages.success(request, _written(version))
            for caution in heard.cautions(version, newest):
                messages.warning(request, caution)
            return redirect("sla:promise_detail", key=key)
    context = {"form": form, "policy": policies.policy_of(newest)}
    return render(request, "sla/version_new.html", context, status=422 if form.errors else 200)


#: Which field of the form a refusal belongs to; the others stand above it.
_FIELDS = {
    "limit": "limit",
    "number": "limit",
    "order": "target",
    "ladder": "ladder",
    "safety": "may_extend",
    "extension": "times",
    "approver": "approvers",
    "compensation": "amount",
    "past": "effective_from",
    "taken": "effective_from",
    "reason": "reason",
}


@require_POST
@staff_with(Verb.EDIT_PROMISES)
def draft_date(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a draft come into force at a moment."""
    draft = get_object_or_404(PromiseVersion, pk=pk)
    form = forms.DateForm(request.POST)
    if form.is_valid():
        try:
            book.date_version(version=draft, effective_from=form.cleaned_data["effective_from"], by=request.user, at=business_now())
        except book.BadPromise as refusal:
            form.add_error("effective_from", str(refusal))
        else:
            messages.success(request, _("The draft has its date."))
            return redirect("sla:promise_detail", key=draft.promise_id)
    return _detail(request, draft.promise_id, form)


@require_POST
@staff_with(Verb.EDIT_PROMISES)
def draft_discard(request: MemberRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(PromiseVersion, pk=pk)
    try:
        book.discard_draft(version=draft, by=request.user, at=business_now())
    except book.BadPromise as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The draft is thrown away."))
    return redirect("sla:promise_detail", key=draft.promise_id)


def _detail(request: MemberRequest, key: str, form: forms.DateForm) -> HttpResponse:
    at = business_now()
    try:
        story = catalog.promise_story(key, at)
    except catalog.PromiseNotFound:
        raise Http404 from None
    edit = may(permissions.check_may_edit_promises, request.user, at=at)
    look = _may_look_back(request, at)
    context = {
        "story": story,
        "policy": story.policy,
        "may_edit": edit,
        "may_look_back": look,
        "has_older_clocks": movable.older(story.policy).exists(),
        "form": form,
    }
    return render(request, "sla/promise_detail.html", context, status=422 if form.errors else 200)


def _may_look_back(request: MemberRequest, at: datetime) -> bool:
    return Verb.SEE_OPERATION in verbs_of(request.user, at)


def _written(version: PromiseVersion) -> str:
    if version.effective_from is None:
        return _("Draft number %(number)s is kept.") % {"number": version.number}
    moment = timezone.localtime(version.effective_from)
    return _("Version %(number)s holds from %(moment)s on.") % {"number": version.number, "moment": f"{moment:%Y-%m-%d %H:%M}"}
