"""How we and the SMS gateway prove to each other who speaks. Without Django; docs/sms-gateway.md says the same in words."""

import hashlib
import hmac

#: How far the two clocks may differ, in seconds; an older request is a replay.
WINDOW = 300


def sign(key: str, *parts: str | bytes) -> str:
    """HMAC-SHA-256 in hex over the parts, each on a line of its own."""
    lines = b"\n".join(part.encode() if isinstance(part, str) else part for part in parts)
    return hmac.new(key.encode(), lines, hashlib.sha256).hexdigest()


def is_signed(signature: str, key: str, *parts: str | bytes) -> bool:
    """Whether the signature is that of these parts, compared in constant time."""
    return hmac.compare_digest(signature.encode(), sign(key, *parts).encode())
