"""What a reader gets when something broke: a page in words, or a problem for programs. Never a bare 500."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.defaults import server_error

from accounts import kept_words
from accounts.api.problems import fault
from accounts.views.guards import page_before

RETRY_AFTER_SECONDS = 5
#: The database holds no free hand (a lock, too many connections) or is gone: waiting may help, and nothing is half done.
_BUSY = (OperationalError, InterfaceError)
_SECRETS = "/auth/"  # what is typed there is not written into a page


@never_cache
def broken(request: HttpRequest) -> HttpResponse:
    """Django's handler500; called while the exception is being handled, also one of a middleware."""
    error = sys.exception()
    if request.path.startswith("/api/"):
        return fault(error)
    return _busy(request) if isinstance(error, _BUSY) else server_error(request)


def _busy(request: HttpRequest) -> HttpResponse:
    # The page asks the database nothing, not even who is reading. What was typed comes back with it, to be sent again.
    is_kept = request.method == "POST" and not request.path.startswith(_SECRETS) and not request.FILES
    context = {"typed": kept_words.fields(request) if is_kept else [], "is_kept": is_kept}
    answer = render(request, "503.html", context, status=503)
    answer["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return answer


@never_cache
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: a form from before a sign-in, or a stranger's. Only what a page of ours sent comes back."""
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    context = {"page": page_before(request), "kept": kept_words.words(request) if is_ours else []}
    return render(request, "403_csrf.html", context, status=403)
