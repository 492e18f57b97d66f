"""Text messages that people send us, handed on by the SMS gateway; signed with its key (docs/sms-gateway.md)."""

import json
import re
import time
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.clock import business_now
from notices import signing

from ..operations.text_messages import Heard, hear_text

_LONGEST = 10_000
_PHONE = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)


@csrf_exempt
@require_POST
def incoming_text(request: HttpRequest) -> HttpResponse:
    """204 for a message we took (however often), 403 unless signed just now, 400 for what cannot be read."""
    try:
        body = request.body
    except (RawPostDataException, RequestDataTooBig):  # a form, or too much: no gateway sends that
        body = b""
    if len(body) > _LONGEST or not _is_genuine(request, body):
        return HttpResponse(status=403)
    try:
        heard = _read(json.loads(body))
    except (ValueError, KeyError, TypeError):
        return HttpResponse(status=400)
    hear_text(heard=heard, at=business_now())
    return HttpResponse(status=204)


def _is_genuine(request: HttpRequest, body: bytes) -> bool:
    """Signatures stay on real time. A message may be repeated within the window: it is taken and answered once."""
    stamp, nonce = request.headers.get("Pilotlight-Timestamp", ""), request.headers.get("Pilotlight-Nonce", "")
    signature, key = request.headers.get("Pilotlight-Signature", ""), settings.SMS_GATEWAY_KEY
    if not key or not signing.is_signed(signature, key, stamp, nonce, body):
        return False
    return stamp.isdecimal() and abs(time.time() - int(stamp)) <= signing.WINDOW


def _read(given: Any) -> Heard:
    number, phone, text = given["id"], given["from"], given["text"]
    if not all(isinstance(part, str) for part in (number, phone, text)) or not 0 < len(number) <= 64 or not _PHONE.fullmatch(phone):
        raise ValueError
    return Heard(number, phone, text)
