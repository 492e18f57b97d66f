"""What gateways tell us: whether a message arrived. Signed with the gateway's own key (docs/sms-gateway.md)."""

import json
import time
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.clock import business_now

from .. import operations, signing
from ..models import Channel
from ..operations import Outcome

_LONGEST = 10_000


@csrf_exempt
@require_POST
def delivery_report(request: HttpRequest, channel: str) -> HttpResponse:
    """204 for a report we took, 404 for a message we do not know, 403 unless signed just now, 400 for what cannot be read."""
    keys = {Channel.SMS: settings.SMS_GATEWAY_KEY, Channel.VOICE: settings.VOICE_GATEWAY_KEY}
    try:
        body = request.body
    except (RawPostDataException, RequestDataTooBig):  # a form, or too much: no gateway sends that
        body = b""
    if len(body) > _LONGEST or not _is_genuine(request, body, keys[Channel(channel)]):
        return HttpResponse(status=403)
    try:
        provider_id, outcome = _read(json.loads(body))
    except (ValueError, KeyError, TypeError):
        return HttpResponse(status=400)
    known = operations.note_outcome(provider_id=provider_id, channel=channel, outcome=outcome, at=business_now())
    return HttpResponse(status=204 if known else 404)


def _is_genuine(request: HttpRequest, body: bytes, key: str) -> bool:
    """Signatures stay on real time. A report may be repeated within the window: it says the same again."""
    stamp, nonce = request.headers.get("Pilotlight-Timestamp", ""), request.headers.get("Pilotlight-Nonce", "")
    if not key or not signing.is_signed(request.headers.get("Pilotlight-Signature", ""), key, stamp, nonce, body):
        return False
    return stamp.isdecimal() and abs(time.time() - int(stamp)) <= signing.WINDOW


def _read(given: Any) -> tuple[str, Outcome]:
    provider_id = given["id"]
    if not isinstance(provider_id, str) or not provider_id:
        raise ValueError
    return provider_id, Outcome(given["status"])
