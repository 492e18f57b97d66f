"""Moving open clocks to the version in force: first what it would do, then with a reason."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..models import PromiseVersion
from ..operations import moving
from ..queries import movable


class MoveForm(forms.Form):
    """To which version, as the preview said, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("It is kept with the version."))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_with(Verb.EDIT_PROMISES)
def clocks_move(request: MemberRequest, key: str) -> HttpResponse:
    """How many clocks, and how their moments change; sent with a reason, they are moved."""
    at = business_now()
    form = MoveForm(request.POST or None)
    if form.is_valid():
        version = get_object_or_404(PromiseVersion.objects.select_related("promise"), pk=form.cleaned_data["version"], promise=key)
        try:
            count = moving.move_to_version(version=version, reason=form.cleaned_data["reason"], by=request.user, at=at)
        except moving.CannotMove as refusal:
            form.add_error("reason" if refusal.code == "reason" else None, str(refusal))
        else:
            said = ngettext("%(count)d clock was moved.", "%(count)d clocks were moved.", count)
            messages.success(request, said % {"count": count})
            return redirect("sla:clocks_move" if count >= movable.MOST else "sla:promise_detail", key)
    return _page(request, key, form, at)


def _page(request: MemberRequest, key: str, form: MoveForm, at: datetime) -> HttpResponse:
    found = movable.preview(key, at=at)
    if found is None:
        raise Http404
    # What is confirmed is what is shown, also when another version has come into force since.
    fresh = form if form.errors else MoveForm(initial={"version": found.policy.version})
    context = {
        "preview": found,
        "policy": found.policy,
        "form": fresh,
        "version": found.policy.version,
        "most": movable.MOST,
        "now": at,
    }
    return render(request, "sla/clocks_move.html", context, status=422 if form.errors else 200)
