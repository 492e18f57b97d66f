"""The hash chain of a timeline: what each link covers. Without a database, so that anybody can check it with a few lines."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def link(previous: str, *, timeline: str, verb: str, at: datetime, by: str, facts: Mapping[str, Any]) -> str:
    """The hash of one event: SHA-256 over the hash before it and the event as canonical JSON (times in UTC).

    ``timeline`` is the timeline's seed. An event's place needs no word of its own: it is where ``previous`` ends.
    """
    body = {"timeline": timeline, "verb": verb, "at": at.astimezone(UTC).isoformat(), "by": by, "facts": facts}
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()
