"""How a machine asks us something: one POST over HTTP, signed with its key (billing.device_signatures)."""

import http.client
import secrets
from collections.abc import Mapping
from contextlib import closing
from urllib.parse import urlsplit

from ..device_signatures import Asked, header_for

_TIMEOUT = 20


def post(
    address: str, path: str, body: bytes, *, key: tuple[str, str], timestamp: int, headers: Mapping[str, str] | None = None
) -> tuple[int, bytes]:
    """Status and content of the answer. ``key`` is a handle with its secret, ``timestamp`` the machine's clock in milliseconds.

    Raises OSError and HTTPException where nobody answers.
    """
    parts = urlsplit(address)
    url, (handle, secret) = f"{parts.path.rstrip('/')}{path}", key
    signed = header_for(Asked("POST", url, body), key=handle, secret=secret, timestamp=timestamp, nonce=secrets.token_hex(16))
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    with closing(kind(parts.hostname or "", parts.port, timeout=_TIMEOUT)) as connection:
        connection.request("POST", url, body, {"Content-Type": "application/json", **(headers or {}), "Authorization": signed})
        answer = connection.getresponse()
        return answer.status, answer.read()
