"""Who is behind a request of the public pages: a device by a cookie, a network by its address. Kept only as digests."""

import secrets

from django.http import HttpRequest, HttpResponse

from accounts.throttles import address_of

from ..sources import Source

_COOKIE = "reporter"
_YEAR = 365 * 24 * 3600


def source_of(request: HttpRequest, phone: str) -> Source:
    """By what this reporter's reports are counted."""
    return Source(phone=phone, device=device_of(request), network=address_of(request))


def device_of(request: HttpRequest) -> str:
    """The mark we gave this browser before; empty at its first visit, and where cookies are refused."""
    return str(request.get_signed_cookie(_COOKIE, default="", salt="repairs.reporter"))


def mark_device(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give the browser a mark that says nothing, unless it has one."""
    if not device_of(request):
        response.set_signed_cookie(
            _COOKIE,
            secrets.token_hex(8),
            salt="repairs.reporter",
            max_age=_YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response
