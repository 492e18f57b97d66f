"""What allauth has no page for: a forgotten password when the phone is all we have, and the remembered language."""

import time

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language as django_set_language

from .. import forms, operations
from ..clock import business_now
from .guards import MemberRequest

_FRESH_SECONDS = 600


@require_safe
def forgotten_password(request: HttpRequest) -> HttpResponse:
    """A code to the phone stands in for the password; after it a new one can be set."""
    return render(request, "accounts/password_forgotten.html")


@login_required
@require_http_methods(["GET", "POST"])
def new_password(request: MemberRequest) -> HttpResponse:
    """Without the old one, for ten minutes after having signed in by code."""
    if not _came_by_code(request):
        return redirect("account_change_password")
    form = forms.NewPasswordForm(request.POST or None, user=request.user)
    if not form.is_valid():
        return render(request, "accounts/password_new.html", {"form": form})
    operations.set_password(user=request.user, password=form.cleaned_data["password"], by=request.user, at=business_now())
    update_session_auth_hash(request, request.user)
    messages.success(request, _("The password is set."))
    return redirect("/")


@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Django's own switch; a signed-in reader's choice is remembered for the next device too."""
    response = django_set_language(request)
    chosen = response.cookies.get("django_language")
    if request.user.is_authenticated and chosen:
        operations.set_language(user=request.user, language=chosen.value, by=request.user, at=business_now())
    return response


def _came_by_code(request: HttpRequest) -> bool:
    records = request.session.get("account_authentication_methods", [])
    fresh = time.time() - _FRESH_SECONDS
    return any(record["method"] == "code" and record["at"] > fresh for record in records)
