"""Decorators that say, above a view, who may come in."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from .. import kept_words, models, permissions, queries
from ..clock import business_now
from ..roles import Verb

# Any: a view behind a guard may ask for the narrower MemberRequest.
type View[**P] = Callable[Concatenate[Any, P], HttpResponseBase]


class MemberRequest(HttpRequest):
    """A request behind one of these guards: somebody is signed in."""

    user: models.User


def staff_with[**P](*verbs: Verb) -> Callable[[View[P]], View[P]]:
    """Staff whose roles allow every one of these verbs now; others sign in or get 403."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _sign_in_first(request)
            queries.keep_grants_at_hand(request.user)
            at = business_now()
            for verb in verbs:
                permissions.check_verb(request.user, verb, at=at)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def customer_only[**P](view: View[P]) -> View[P]:
    """Customers' pages: others sign in; staff are sent to their own desk, since they sell and do not buy here."""

    @wraps(view)
    def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        if request.user.is_staff:
            return redirect("/staff/")
        return view(request, *args, **kwargs)

    return guarded


def _sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in, and back: to the page that was asked for, or to the one whose form was sent, never to a button's own address.

    A part of a page that fetches itself anew must not be given the sign-in in its place, nor take a half-filled form away with
    a redirect: it becomes a quiet notice with a link, and asks no more. Whoever wrote something gets it back.
    """
    if request.headers.get("HX-Request") == "true":
        login = redirect_to_login(page_before(request)).url
        return render(request, "components/signed_out.html", {"login": login}, status=HTTPStatus.UNAUTHORIZED)
    if kept := kept_words.words(request):
        login = redirect_to_login(page_before(request)).url
        answer = render(request, "signed_out.html", {"login": login, "kept": kept}, status=HTTPStatus.UNAUTHORIZED)
        add_never_cache_headers(answer)
        return answer
    return redirect_to_login(request.get_full_path() if request.method in {"GET", "HEAD"} else page_before(request))


def page_before(request: HttpRequest) -> str:
    """The page of ours that the request came from, else the first one."""
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    page = urlsplit(came_from)
    return page.path + (f"?{page.query}" if page.query else "") if is_ours and page.path else settings.LOGIN_REDIRECT_URL


def account_or_404(user: Any, number: str) -> models.Account:
    """Fetch and authorise in one act: unknown numbers and other people's accounts look the same."""
    visible = permissions.visible_accounts(user, business_now())
    account = visible.select_related("customer", "premises").filter(number=number).first()
    if account is None:
        raise Http404
    return account
