"""Webhooks, for administrators. A secret is shown on the page that made it and nowhere else."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from .. import operations, queries
from ..forms import SubscriptionForm
from ..models import Subscription

_REFUSALS = (operations.BadUrl, operations.BadVerbs, operations.NameTaken)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_with(Verb.MANAGE_WEBHOOKS)
def webhook_list(request: MemberRequest) -> HttpResponse:
    """Everybody who listens; a form for one more."""
    form = SubscriptionForm(request.POST or None)
    if form.is_valid():
        try:
            made, secret = operations.subscribe(wish=operations.Wish(**form.cleaned_data), by=request.user, at=business_now())
        except _REFUSALS as refusal:
            form.add_error(_field(refusal), str(refusal))
        else:
            return render(request, "notices/webhook_secret.html", {"webhook": made, "secret": secret}, status=201)
    context = {"webhooks": queries.webhooks(), "form": form}
    return render(request, "notices/webhook_list.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.MANAGE_WEBHOOKS)
def webhook(request: MemberRequest, pk: int) -> HttpResponse:
    """One webhook: what it hears, how the last calls went."""
    found = get_object_or_404(Subscription, pk=pk)
    form = SubscriptionForm(request.POST) if request.method == "POST" else SubscriptionForm.of(found)
    if form.is_valid():
        try:
            operations.change_subscription(
                subscription=found, wish=operations.Wish(**form.cleaned_data), by=request.user, at=business_now()
            )
        except _REFUSALS as refusal:
            form.add_error(_field(refusal), str(refusal))
        else:
            messages.success(request, _("The webhook is changed."))
            return redirect("notices:webhook", pk=pk)
    context = {"webhook": found, "form": form, "calls": queries.last_calls(found), "now": business_now()}
    return render(request, "notices/webhook.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
@staff_with(Verb.MANAGE_WEBHOOKS)
def webhook_rotate(request: MemberRequest, pk: int) -> HttpResponse:
    """A new secret; the old one signs along for a day."""
    found = get_object_or_404(Subscription, pk=pk)
    secret = operations.rotate_secret(subscription=found, by=request.user, at=business_now())
    return render(request, "notices/webhook_secret.html", {"webhook": found, "secret": secret, "is_rotation": True})


@require_POST
@staff_with(Verb.MANAGE_WEBHOOKS)
def webhook_switch(request: MemberRequest, pk: int) -> HttpResponse:
    """Off, or on again."""
    found = get_object_or_404(Subscription, pk=pk)
    if "off" in request.POST:
        operations.switch_off(subscription=found, by=request.user, at=business_now())
        messages.success(request, _("The webhook is switched off."))
    else:
        operations.switch_on(subscription=found, by=request.user, at=business_now())
        messages.success(request, _("The webhook is switched on."))
    return redirect("notices:webhook", pk=pk)


@require_POST
@staff_with(Verb.MANAGE_WEBHOOKS)
def webhook_test(request: MemberRequest, pk: int) -> HttpResponse:
    """Send an event that means nothing; or everything that was given up, once more."""
    found, at = get_object_or_404(Subscription, pk=pk), business_now()
    if "again" in request.POST:
        operations.resend_all(messages=found.messages.all(), at=at)
        messages.success(request, _("What was given up is on its way again."))
    else:
        operations.owe_test(subscription=found, at=at)
        messages.success(request, _("A test event is on its way. Its outcome appears below within seconds."))
    return redirect("notices:webhook", pk=pk)


def _field(refusal: Exception) -> str:
    return {operations.BadUrl: "url", operations.BadVerbs: "verbs"}.get(type(refusal), "name")
