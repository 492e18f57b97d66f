"""The hash chain of a timeline, and the daily root over all chains: what each of them covers.

Without a database, so that anybody can check it with a few lines (docs/journal.md has them).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
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


def leaf(timeline: int, seq: int, last_hash: str) -> bytes:
    """The leaf of one head: SHA-256 over 0x00 and ``timeline:seq:hash``."""
    return hashlib.sha256(b"\x00" + f"{timeline}:{seq}:{last_hash}".encode()).digest()


@dataclass
class MerkleTree:
    """The root over leaves given one after another, as in RFC 6962. Holds one hash for each level, however many leaves come."""

    leaves: int = 0
    _peaks: list[tuple[int, bytes]] = field(default_factory=list)

    def add(self, hashed: bytes) -> None:
        """The next leaf, hashed by ``leaf``."""
        self.leaves += 1
        height = 0
        while self._peaks and self._peaks[-1][0] == height:
            hashed = node(self._peaks.pop()[1], hashed)
            height += 1
        self._peaks.append((height, hashed))

    def root(self) -> str:
        """In hex; that of no leaves is the hash of nothing. More leaves may follow."""
        if not self._peaks:
            return hashlib.sha256(b"").hexdigest()
        *others, (_height, hashed) = self._peaks
        for _height, left in reversed(others):
            hashed = node(left, hashed)
        return hashed.hex()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees: SHA-256 over 0x01 and both."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def _canonical(body: Mapping[str, Any]) -> str:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
