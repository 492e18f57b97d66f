"""Events to another system, signed as Standard Webhooks says (docs/webhooks.md)."""

import http.client
import time

from django.conf import settings

from accounts import sealing
from accounts.clock import business_now

from .. import addresses, webhook_signing
from ..models import Message, Subscription
from . import wire
from .failures import Gone, Refused, Unaccepted


def send(message: Message) -> str:
    """Call the subscriber; no id comes back. Raises Refused, Gone, Unanswered, Unaccepted, and BadAddress for an address we do not call."""
    subscription = message.subscription
    if subscription is None or subscription.disabled_at:
        raise Refused
    body = message.text.encode()
    stamp = int(time.time())  # signatures stay on real time, whatever the business clock says
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Pilotlight-webhooks",
        "webhook-id": message.key,
        "webhook-timestamp": str(stamp),
        "webhook-signature": webhook_signing.signatures(_secrets(subscription), event_id=message.key, stamp=stamp, body=body),
    }
    parts = addresses.parse(subscription.url, loopback=settings.WEBHOOKS_TO_LOOPBACK)
    number = addresses.resolve(parts, loopback=settings.WEBHOOKS_TO_LOOPBACK)
    _read(wire.post(parts, body, headers, number=number).status)
    return ""


def _secrets(subscription: Subscription) -> list[str]:
    sealed = [subscription.secret_sealed]
    if subscription.is_rotating(business_now()):
        sealed.append(subscription.old_secret_sealed)
    return [sealing.unseal(one) for one in sealed]


def _read(status: int) -> None:
    if status == http.client.GONE:
        raise Gone
    if not http.client.OK <= status < http.client.MULTIPLE_CHOICES:
        raise Unaccepted
