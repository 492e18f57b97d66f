"""Text messages over the operator's HTTP gateway (docs/sms-gateway.md)."""

import http.client
import json
import secrets
import time
from urllib.parse import urlsplit

from django.conf import settings

from .. import signing
from ..models import Message
from .failures import Refused, Unanswered

CONNECT_SECONDS, READ_SECONDS = 3, 5
_ANSWER_BYTES = 64 * 1024


def send(message: Message) -> str:
    """Hand the message to the gateway; its id there. Raises Refused and Unanswered."""
    body = json.dumps({"to": message.address, "text": message.text, "language": message.language}, ensure_ascii=False).encode()
    # Signatures stay on real time, whatever the business clock says.
    stamp, nonce = str(int(time.time())), secrets.token_hex(16)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": message.key,
        "Pilotlight-Timestamp": stamp,
        "Pilotlight-Nonce": nonce,
        "Pilotlight-Signature": signing.sign(settings.SMS_GATEWAY_KEY, stamp, nonce, message.key, body),
    }
    try:
        status, signature, answer = _post(body, headers)
    except (OSError, http.client.HTTPException) as error:
        raise Unanswered from error
    return _read(status, answer, is_genuine=signing.is_signed(signature, settings.SMS_GATEWAY_KEY, nonce, str(status), answer))


def _post(body: bytes, headers: dict[str, str]) -> tuple[int, str, bytes]:
    url = urlsplit(settings.SMS_GATEWAY_URL)
    connection_class = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = connection_class(url.hostname or "", url.port, timeout=CONNECT_SECONDS)
    try:
        connection.connect()
        connection.sock.settimeout(READ_SECONDS)
        connection.request("POST", url.path or "/", body, headers)
        response = connection.getresponse()
        return response.status, response.headers.get("Pilotlight-Signature", ""), response.read(_ANSWER_BYTES)
    finally:
        connection.close()


def _read(status: int, answer: bytes, *, is_genuine: bool) -> str:
    if not is_genuine:
        raise Unanswered
    if status == http.client.UNPROCESSABLE_ENTITY:
        raise Refused
    if status not in {http.client.OK, http.client.CREATED, http.client.ACCEPTED}:
        raise Unanswered
    try:
        return str(json.loads(answer)["id"])
    except (ValueError, KeyError, TypeError):
        raise Unanswered from None
