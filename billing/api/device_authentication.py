"""Who is calling, where it is a machine: by a signature over what it asks (``billing.device_signatures``), fresh and used once.

A machine whose clock is off is told so with our time, and can ask again; that answer goes only to one whose signature is right.
What it signs and with what is never logged.
"""

from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication
from rest_framework.request import Request
from rest_framework.throttling import UserRateThrottle

import billing.operations.device_keys
from accounts import sealing
from accounts.api.problems import Problem, throttled
from accounts.clock import business_now, real_now
from accounts.throttles import Pace, may_ask

from .. import device_signatures
from ..device_actors import Device
from ..device_signatures import Asked, Signature
from ..models import DeviceKey, Kiosk

#: How far a machine's clock may be off, either way.
WINDOW_MS = 300_000
#: Wrong signatures from one address: a machine with an old key asks on and on, and so does somebody who guesses.
_WRONG = Pace("device_refused", "30/min")
_NO_SECRET = "-"  # noqa: S105 - of nobody


class Devices(UserRateThrottle):
    """By machine, whichever of its keys it uses."""

    scope = "device"


class _DeviceAuthentication(authentication.BaseAuthentication):
    kind: DeviceKey.Kind

    def authenticate(self, request: Request) -> tuple[Device, DeviceKey] | None:
        signature = device_signatures.read(request.headers.get("Authorization", ""))
        if signature is None:
            return None
        at = business_now()
        key = self._key(signature, at)
        asked = Asked(str(request.method), request.get_full_path(), request._request.body)
        # Of an unknown key too: how long it takes must not tell which keys there are.
        secret = sealing.unseal(key.sealed) if key else _NO_SECRET
        if not device_signatures.fits(signature, asked, secret=secret) or key is None:
            raise self._refused(request)
        _check_is_fresh(signature)
        billing.operations.device_keys.note_use(key=key, at=at)
        return Device(key, key.kiosk), key

    def authenticate_header(self, request: Request) -> str:
        return device_signatures.SCHEME

    def _key(self, signature: Signature, at: datetime) -> DeviceKey | None:
        keys = DeviceKey.objects.select_related("kiosk__hall").filter(kind=self.kind, handle=signature.key, revoked_at=None)
        key = keys.first()
        is_over = key is None or (key.expires_at is not None and key.expires_at <= at)
        is_gone = key is not None and key.kiosk is not None and key.kiosk.state == Kiosk.State.RETIRED
        return None if is_over or is_gone else key

    @staticmethod
    def _refused(request: Request) -> Problem:
        if not may_ask(request._request, _WRONG):
            return throttled("throttled", 60)
        return Problem(401, "signature_refused", _("The signature does not fit, or its key is not valid any more."))


class KioskAuthentication(_DeviceAuthentication):
    """Kiosks."""

    kind = DeviceKey.Kind.KIOSK


class MetersAuthentication(_DeviceAuthentication):
    """The gateway of the connected meters."""

    kind = DeviceKey.Kind.METERS


def skew_ms(signature: Signature) -> int:
    """By how much a machine's clock is ahead of ours (negative: behind), the way here included."""
    return signature.timestamp - server_time()


def server_time() -> int:
    """Ours, in milliseconds since 1970. Real time, whatever a demonstration shows: it is about machines."""
    return int(real_now().timestamp() * 1000)


def _check_is_fresh(signature: Signature) -> None:
    ours = server_time()
    if abs(signature.timestamp - ours) > WINDOW_MS:
        sentence = _("The machine's clock is off by more than five minutes. Set it by server_time and ask again.")
        raise Problem(401, "clock_skew", sentence, server_time=ours)
    # Until after both ends of the window: then it is refused for its age.
    if not cache.add(f"device-nonce:{signature.key}:{signature.nonce}", 1, timeout=2 * WINDOW_MS // 1000 + 60):
        raise Problem(401, "nonce_used", _("This request was heard before. Sign each one anew."), server_time=ours)


class _DeviceScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        text = "HMAC-SHA256 over method, path, time, nonce and the body's digest, with the machine's key; docs/kiosks.md has an example."
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": text}


class KioskScheme(_DeviceScheme):  # type: ignore[no-untyped-call]
    """How a kiosk's signature looks in the schema."""

    target_class = "billing.api.device_authentication.KioskAuthentication"
    name = "kiosk"


class MetersScheme(_DeviceScheme):  # type: ignore[no-untyped-call]
    """How the gateway's signature looks in the schema."""

    target_class = "billing.api.device_authentication.MetersAuthentication"
    name = "meters"
