"""The hash chain of a timeline, and the daily root over all chains: what each of them covers.

Without a database, so that anybody can check it with a few lines (docs/journal.md has them).
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypedDict


def link(previous: str, *, timeline: str, verb: str, at: datetime, by: str, facts: Mapping[str, Any]) -> str:
    """The hash of one event: SHA-256 over the hash before it and the event as canonical JSON (times in UTC).

    ``timeline`` is the timeline's seed. An event's place needs no word of its own: it is where ``previous`` ends.
    """
    body = {"timeline": timeline, "verb": verb, "at": at.astimezone(UTC).isoformat(), "by": by, "facts": facts}
    return hashlib.sha256(f"{previous}\n{_canonical(body)}".encode()).hexdigest()


def digest(text: str, *, salt: str) -> str:
    """What stands in the journal for words that may have to be erased: with the words and their salt gone it says nothing."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


class Statement(TypedDict):
    """What is signed of a root: that these heads, together with all earlier roots, are the journal."""

    number: int
    at: str
    heads: int
    root: str
    previous: str


class Published(TypedDict):
    """One root as it stands on the public page; ``key`` and ``signature`` are Ed25519 in hex."""

    statement: Statement
    key: str
    signature: str


def statement_bytes(statement: Statement) -> bytes:
    """The exact bytes that are signed, and whose SHA-256 the next root carries as ``previous``."""
    return _canonical(dict(statement)).encode()


def _canonical(body: Mapping[str, Any]) -> str:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
