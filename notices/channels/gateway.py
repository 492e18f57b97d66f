"""Hand a message to one of the operator's gateways (docs/sms-gateway.md): text messages and calls speak the same protocol."""

import http.client
import json
import secrets
import time
from urllib.parse import urlsplit

from .. import signing
from ..models import Message
from . import wire
from .failures import Refused, Unanswered


def hand_over(message: Message, *, url: str, key: str) -> str:
    """Hand the message to the gateway at ``url`` that shares ``key``; its id there. Raises Refused and Unanswered."""
    body = json.dumps({"to": message.address, "text": message.text, "language": message.language}, ensure_ascii=False).encode()
    # Signatures stay on real time, whatever the business clock says.
    stamp, nonce = str(int(time.time())), secrets.token_hex(16)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": message.key,
        "Pilotlight-Timestamp": stamp,
        "Pilotlight-Nonce": nonce,
        "Pilotlight-Signature": signing.sign(key, stamp, nonce, message.key, body),
    }
    reply = wire.post(urlsplit(url), body, headers)
    return _read(reply, is_genuine=signing.is_signed(reply.signature, key, nonce, str(reply.status), reply.body))


def _read(reply: wire.Reply, *, is_genuine: bool) -> str:
    if not is_genuine:
        raise Unanswered
    if reply.status == http.client.UNPROCESSABLE_ENTITY:
        raise Refused
    if reply.status not in {http.client.OK, http.client.CREATED, http.client.ACCEPTED}:
        raise Unanswered
    try:
        return str(json.loads(reply.body)["id"])
    except (ValueError, KeyError, TypeError):
        raise Unanswered from None
