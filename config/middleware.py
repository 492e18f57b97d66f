"""Probes come first; staff do nothing without a second factor; what was opened the wrong way, or cannot be read, says so in words."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.api import problems

from . import health

_PROBES = {"/health/live": health.live, "/health/ready": health.ready}
_ALLOWED = ("/auth/", "/i18n/", "/static/", "/api/")  # the API refuses by itself, with a problem instead of a page


class ProbeMiddleware:
    """Answers load balancers before anybody looks at the Host header: they ask by address, which is no name of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        view = _PROBES.get(request.path_info)
        return view(request) if view else self.get_response(request)


class SecondFactorMiddleware:
    """Sends a staff member who has not set up a second factor to the page where that is done, whatever they asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if user.is_authenticated and user.is_staff and not request.path.startswith(_ALLOWED) and not is_mfa_enabled(user):
            return redirect("mfa_activate_totp")
        return self.get_response(request)


class WrongMethodMiddleware:
    """Gives Django's empty answer to a wrong method a page: somebody may have reloaded the address of a button.

    Whoever comes straight from signing in did not: they were sent to that address, and go to their own first page instead.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not getattr(response, "content", b"-"):
            if request.method == "GET" and urlsplit(request.headers.get("Referer", "")).path.startswith("/auth/"):
                return redirect(settings.LOGIN_REDIRECT_URL)
            page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
            page["Allow"] = response["Allow"]
            return page
        return response


class NulMiddleware:
    """Refuses a NUL character in the address or the form of a page: no name or number has one, and PostgreSQL cannot even look for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """After the CSRF check, which has read the form already. The API checks its own fields, but not its addresses."""
        if request.path.startswith("/api/"):
            return problems.answer(Http404(), {}) if "\0" in request.path else None
        fields = (value for form in (request.GET, request.POST) for _name, values in form.lists() for value in values)
        if "\0" in request.path or any("\0" in value for value in fields):
            raise BadRequest
        return None
