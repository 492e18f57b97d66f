"""What a report said, as a digest: a repeat under the same key must say the same."""

import hashlib
import json

from django.http import QueryDict


def fingerprint(sent: QueryDict) -> str:
    """64 characters; the key by which somebody comes in is no part of what is said."""
    said = sorted((name, values) for name, values in sent.lists() if name != "api_key")
    return hashlib.sha256(json.dumps(said).encode("utf-8", "backslashreplace")).hexdigest()
