"""Staff do nothing without a second factor; a page opened the wrong way says so in words."""

from collections.abc import Callable
from http import HTTPStatus

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

_ALLOWED = ("/auth/", "/i18n/", "/static/", "/api/")  # the API refuses by itself, with a problem instead of a page


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
    """Gives Django's empty answer to a wrong method a page: somebody may have reloaded the address of a button."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not getattr(response, "content", b"-"):
            page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
            page["Allow"] = response["Allow"]
            return page
        return response
