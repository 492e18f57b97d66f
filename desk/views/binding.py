"""Adding an account to one's cabinet, in two steps, and taking it out again."""

import time

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

import accounts.operations
import desk.operations.binding
from accounts.clock import business_now
from accounts.forms import BindingForm, CodeForm
from accounts.operations import NotBound, TooManyAttempts, WrongCode
from accounts.views.guards import MemberRequest, account_or_404, customer_only

from .cabinet import CHOSEN

_ATTEMPT = "binding_attempt"
#: Seconds from question to answer, several times what the work takes: what is left of a difference is slept away.
_ANSWERED_AFTER = 0.06


@require_http_methods(["GET", "POST"])
@customer_only
def bind(request: MemberRequest) -> HttpResponse:
    """Number and proof. What follows looks the same whether they fit or not. Codes live on real time."""
    began = time.monotonic()
    form = BindingForm(request.POST or None)
    if form.is_valid():
        try:
            request.session[_ATTEMPT] = desk.operations.binding.ask_for_code(
                user=request.user, asked_at=timezone.now(), at=business_now(), **form.cleaned_data
            )
        except TooManyAttempts as refusal:
            form.add_error(None, str(refusal))
        else:
            time.sleep(max(0.0, began + _ANSWERED_AFTER - time.monotonic()))
            return redirect("desk:cabinet_bind_code")
    return render(request, "desk/cabinet_bind.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@customer_only
def bind_code(request: MemberRequest) -> HttpResponse:
    """The code from the phone on file."""
    attempt = request.session.get(_ATTEMPT)
    if attempt is None:
        return redirect("desk:cabinet_bind")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            code = form.cleaned_data["code"]
            binding = accounts.operations.finish_binding(
                user=request.user, attempt_id=attempt, code=code, typed_at=timezone.now(), at=business_now()
            )
        except WrongCode as refusal:
            form.add_error("code", str(refusal))
        else:
            del request.session[_ATTEMPT]
            request.session[CHOSEN] = binding.account.number
            messages.success(request, _("The account is in your cabinet now."))
            return redirect("desk:cabinet")
    shown = {"form": form, "minutes": desk.operations.binding.CODE_MINUTES}
    return render(request, "desk/cabinet_bind_code.html", shown, status=422 if form.errors else 200)


@require_POST
@customer_only
def unbind(request: MemberRequest, number: str) -> HttpResponse:
    """Take an account out of this cabinet; others who have it keep it."""
    account = account_or_404(request.user, number)
    try:
        accounts.operations.unbind(user=request.user, account=account, by=request.user, at=business_now())
    except NotBound as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The account is no longer in your cabinet."))
    return redirect("desk:cabinet_details")
