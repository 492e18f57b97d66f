"""That the head of one timeline stands under a signed root: made from all leaves of the root, checked without any of ours.

The audit path of RFC 6962: at each level of the tree the hash beside ours, from the leaf up. Without a database and without Django,
like ``journal``; docs/journal.md has the same for outsiders.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NotRequired, TypedDict

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from . import journal, merkle

FORMAT = "pilotlight-inclusion-1"


class Chained(TypedDict):
    """One event as its hash covers it; ``at`` is an ISO moment."""

    verb: str
    at: str
    by: str
    facts: Mapping[str, Any]


class Inclusion(TypedDict):
    """A proof: timeline ``timeline`` had ``events`` events and this ``head`` when ``root`` was signed.

    ``index`` is the place of its leaf, ``path`` the hashes beside the way up. ``seed`` and ``chain`` are there where the events
    themselves are handed out.
    """

    format: str
    reference: str
    timeline: int
    events: int
    head: str
    index: int
    path: Sequence[str]
    root: journal.Published
    seed: NotRequired[str]
    chain: NotRequired[Sequence[Chained]]


def audit_path(leaves: Sequence[bytes], index: int) -> list[str]:
    """The hashes beside the way from leaf ``index`` to the root, in hex, from below."""
    if len(leaves) < 2:
        return []
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    here, beside = (leaves[:middle], leaves[middle:]) if index < middle else (leaves[middle:], leaves[:middle])
    return [*audit_path(here, index if index < middle else index - middle), _root(beside)]


def root_above(leaf: bytes, *, index: int, size: int, path: Sequence[str]) -> str | None:
    """The root that a leaf at ``index`` of ``size`` leaves stands under, given its path; None where the path cannot be one."""
    if not 0 <= index < size:
        return None
    hashed, last = leaf, size - 1
    for beside in path:
        if last == 0:
            return None
        other = bytes.fromhex(beside)
        if index % 2 or index == last:
            hashed = merkle.node(other, hashed)
            while index % 2 == 0 and index:
                index, last = index >> 1, last >> 1
        else:
            hashed = merkle.node(hashed, other)
        index, last = index >> 1, last >> 1
    return hashed.hex() if last == 0 else None


def fault_of(proof: Inclusion, *, keys: set[str], published: Sequence[journal.Published] = ()) -> str:
    """The first thing about a proof that does not hold, empty when all does. ``keys`` are the public keys trusted, in hex.

    ``published`` is a copy of the roots kept elsewhere: with one, the proof's root must stand in it word for word. Raises nothing but
    what a proof of another shape makes it raise (KeyError, TypeError, ValueError).
    """
    root = proof["root"]
    statement = root["statement"]
    leaf = merkle.leaf(proof["timeline"], proof["events"], proof["head"])
    if root["key"] not in keys:
        return "its root is signed with a key that is not the one trusted"
    if not _is_signed(root):
        return "the signature of its root does not fit"
    if published and root not in published:
        return f"root {statement['number']} was published with other words, or not at all"
    if root_above(leaf, index=proof["index"], size=statement["heads"], path=proof["path"]) != statement["root"]:
        return "its head does not stand under the root"
    return _fault_of_chain(proof) if "chain" in proof else ""


def _fault_of_chain(proof: Inclusion) -> str:
    head = ""
    for one in proof["chain"]:
        at = datetime.fromisoformat(one["at"])
        head = journal.link(head, timeline=proof["seed"], verb=one["verb"], at=at, by=one["by"], facts=one["facts"])
    is_whole = (len(proof["chain"]), head) == (proof["events"], proof["head"])
    return "" if is_whole else "the events handed out are not those that were sealed"


def _root(leaves: Sequence[bytes]) -> str:
    tree = merkle.MerkleTree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def _is_signed(root: journal.Published) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(root["key"]))
        key.verify(bytes.fromhex(root["signature"]), journal.statement_bytes(root["statement"]))
    except (InvalidSignature, ValueError):
        return False
    return True
