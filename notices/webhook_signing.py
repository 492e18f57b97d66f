"""How a subscriber knows that an event came from us: the Standard Webhooks scheme. Without Django.

The header carries one signature for each secret in force, so that a secret can be changed without a gap.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

_PREFIX = "whsec_"


def new_secret() -> str:
    """A secret of 32 random bytes, as subscribers enter it into their library."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signatures(keys: Iterable[str], *, event_id: str, stamp: int, body: bytes) -> str:
    """The value of the header webhook-signature."""
    return " ".join(_sign(key, event_id, stamp, body) for key in keys)


def is_signed(header: str, key: str, *, event_id: str, stamp: int, body: bytes) -> bool:
    """Whether one of the signatures in the header is by this secret, compared in constant time."""
    own = _sign(key, event_id, stamp, body).encode()
    return any(hmac.compare_digest(one.encode(), own) for one in header.split())


def _sign(key: str, event_id: str, stamp: int, body: bytes) -> str:
    secret = base64.b64decode(key.removeprefix(_PREFIX))
    digest = hmac.new(secret, f"{event_id}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()
