"""How a machine signs what it asks: HMAC-SHA256 over method, path, time, a number used once, and the digest of the body. Pure.

One header carries it all::

    Authorization: HMAC-SHA256 key="K7QM2XW4HP", timestamp="1795140000000", nonce="5f0c…", signature="9b2f…"

What is signed are five lines, without a newline at the end: the method in capitals, the path with its query as it stands in the
request, the timestamp (milliseconds since 1970, UTC), the nonce, and the SHA-256 of the body in hex (of nothing for an empty one).
"""

import hashlib
import hmac
import re
from dataclasses import dataclass

SCHEME = "HMAC-SHA256"
_PART = re.compile(r'(\w+)="([^"]{1,128})"')
_NONCE = re.compile(r"[0-9A-Za-z_-]{16,64}")


@dataclass(frozen=True)
class Signature:
    """What stands in the header; ``timestamp`` is in milliseconds."""

    key: str
    timestamp: int
    nonce: str
    value: str


@dataclass(frozen=True)
class Asked:
    """What is signed of a request besides when and by whom."""

    method: str
    path: str
    body: bytes = b""


def read(header: str) -> Signature | None:
    """What an Authorization header says; None where it is not of this scheme, or cannot be read."""
    scheme, _space, rest = header.partition(" ")
    parts = dict(_PART.findall(rest))
    if scheme != SCHEME or parts.keys() != {"key", "timestamp", "nonce", "signature"}:
        return None
    stamp = parts["timestamp"]
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 15 and _NONCE.fullmatch(parts["nonce"])):
        return None
    return Signature(parts["key"], int(stamp), parts["nonce"], parts["signature"])


def signature_of(asked: Asked, *, secret: str, timestamp: int, nonce: str) -> str:
    """In hex, as it stands in the header."""
    lines = (asked.method.upper(), asked.path, str(timestamp), nonce, hashlib.sha256(asked.body).hexdigest())
    return hmac.new(secret.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()


def header_for(asked: Asked, *, key: str, secret: str, timestamp: int, nonce: str) -> str:
    """The Authorization header of a request."""
    value = signature_of(asked, secret=secret, timestamp=timestamp, nonce=nonce)
    return f'{SCHEME} key="{key}", timestamp="{timestamp}", nonce="{nonce}", signature="{value}"'


def fits(signature: Signature, asked: Asked, *, secret: str) -> bool:
    """Whether this request was signed with this secret. Takes as long for a wrong signature as for a right one."""
    right = signature_of(asked, secret=secret, timestamp=signature.timestamp, nonce=signature.nonce)
    return hmac.compare_digest(right, signature.value.lower().encode("ascii", "replace").decode())
