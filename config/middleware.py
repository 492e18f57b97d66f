"""Staff do nothing without a second factor."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

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
