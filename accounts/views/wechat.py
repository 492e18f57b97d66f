"""Signing in from the company's account at WeChat (docs/wechat.md): there and back, the first time, linking and unlinking."""

import logging
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .. import models, wechat
from ..clock import business_now
from ..operations import wechat_links as operations
from ..operations.wechat_links import NotLinked, OnlyWayIn, OtherCabinet, OtherWeChat
from ..throttles import Pace, may_ask
from ..wechat import WeChatRefused, WeChatSilent
from . import wechat_sessions as sessions
from .guards import MemberRequest, customer_only

log = logging.getLogger(__name__)

#: Many phones share an address of their network.
_PACE = Pace("wechat", "60/min")
#: Phones follow WeChat's redirect twice now and then.
_PACE_BACK = Pace("wechat_back", "120/min")


@never_cache
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """To WeChat, which says who somebody is; whoever is signed in already goes straight to the page that was wanted."""
    if not wechat.is_set_up():
        raise Http404
    going_to = _going_to(request)
    if request.user.is_authenticated and going_to != reverse("accounts:wechat_link"):
        return redirect(going_to)
    if not may_ask(request, _PACE):
        return _trouble(request, _("Too many tries from your network. Wait a minute and repeat."), HTTPStatus.TOO_MANY_REQUESTS, going_to)
    # To the host that the browser came by: its session lives there. WeChat knows which hosts are ours, and so does ALLOWED_HOSTS.
    back = request.build_absolute_uri(reverse("accounts:wechat_back"))
    return redirect(wechat.authorize_url(back=back, state=sessions.ask(request, going_to=going_to)))


@never_cache
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """From WeChat, with a code. A known face comes in; a new one is asked whose it is."""
    if not wechat.is_set_up():
        raise Http404
    # Whoever comes back too often begins again, and is told there to wait.
    going_to = sessions.take(request, request.GET.get("state", "")) if may_ask(request, _PACE_BACK) else None
    if going_to is None:
        return _again(request)
    try:
        found = operations.recognise(code=request.GET.get("code", ""))
    except WeChatSilent:
        return _trouble(request, _("WeChat does not answer just now. Try again in a moment."), HTTPStatus.SERVICE_UNAVAILABLE, going_to)
    except WeChatRefused as refusal:
        log.warning("WeChat refused a code", extra={"errcode": refusal.code})
        return _trouble(request, _("WeChat did not confirm who you are. Begin again."), HTTPStatus.UNPROCESSABLE_ENTITY, going_to)
    if found.user is None:
        sessions.know(request, found.identity)
        return redirect("accounts:wechat_link" if request.user.is_authenticated else "accounts:wechat_first")
    if request.user.is_authenticated:
        return _already_in(request, found.user, going_to)
    return _sign_in(request, found.user, going_to)


def _again(request: HttpRequest) -> HttpResponse:
    """Not asked for by this browser, or answered before: phones follow WeChat's redirect twice now and then."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if sessions.known(request):
        return redirect("accounts:wechat_first")
    return _trouble(request, _("This sign-in was used before, or has taken too long. Begin again."), HTTPStatus.UNPROCESSABLE_ENTITY)


def _already_in(request: HttpRequest, owner: models.User, going_to: str) -> HttpResponse:
    if owner.pk != request.user.pk:
        messages.error(request, str(OtherCabinet()))
    return redirect("desk:cabinet_details" if going_to == reverse("accounts:wechat_link") else going_to)


def _sign_in(request: HttpRequest, user: models.User, going_to: str) -> HttpResponse:
    """As every sign-in of allauth: a second step is asked of whoever has set one up, a closed user is told so."""
    record_authentication(request, user, method="wechat")
    response: HttpResponse = perform_login(request, user, redirect_url=going_to)
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def first(request: HttpRequest) -> HttpResponse:
    """The first time from this WeChat: a cabinet of one's own, or the one that there is already."""
    identity = sessions.known(request)
    if identity is None or request.user.is_authenticated:
        return redirect("accounts:wechat_start")
    if request.method == "GET":
        return render(request, "accounts/wechat_first.html")
    try:
        user = operations.open_cabinet(identity=identity, language=get_language() or settings.LANGUAGE_CODE, at=business_now())
    except OtherCabinet:
        return _trouble(request, _("This WeChat belongs to a member of our staff. Sign in as staff do."), HTTPStatus.FORBIDDEN)
    sessions.forget(request)
    return _sign_in(request, user, reverse("desk:cabinet_bind"))


@never_cache
@require_http_methods(["GET", "POST"])
@customer_only
def link(request: MemberRequest) -> HttpResponse:
    """Whoever is signed in makes a WeChat theirs: WeChat is asked first, then they confirm."""
    identity = sessions.known(request)
    if identity is None:
        return redirect(f"{reverse('accounts:wechat_start')}?next={reverse('accounts:wechat_link')}")
    if request.method == "GET":
        return render(request, "accounts/wechat_link.html")
    try:
        with transaction.atomic():
            operations.link(user=request.user, identity=identity, by=request.user, at=business_now())
            # Through allauth's adapter, which stands where messages are known.
            get_adapter(request).send_wechat_linked_sms(request.user)
    except (OtherCabinet, OtherWeChat) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("From now on your WeChat opens this cabinet."))
    sessions.forget(request)
    return redirect("desk:cabinet_details")


@require_POST
@customer_only
def unlink(request: MemberRequest) -> HttpResponse:
    """The WeChat opens this cabinet no longer."""
    try:
        operations.unlink(user=request.user, appid=settings.WECHAT_APPID, by=request.user, at=business_now())
    except (NotLinked, OnlyWayIn) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your WeChat no longer opens this cabinet."))
    return redirect("desk:cabinet_details")


def _going_to(request: HttpRequest) -> str:
    """The page of ours that was wanted, else the first one."""
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours and wanted.startswith("/") else settings.LOGIN_REDIRECT_URL


def _trouble(request: HttpRequest, why: str, status: HTTPStatus, going_to: str = "") -> HttpResponse:
    return render(request, "accounts/wechat_trouble.html", {"why": why, "going_to": going_to}, status=status)
