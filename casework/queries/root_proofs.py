"""Whether the signed roots still say what they covered: against the heads, and against a copy kept elsewhere."""

import hashlib
from collections.abc import Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .. import journal, merkle
from ..journal_keys import our_keys
from ..models import JournalRoot, SealedHead
from .roots import told


def prove_roots(published: Sequence[journal.Published] = ()) -> tuple[int, str]:
    """How many roots hold, and the first that does not: its number, its day and why (empty when all do)."""
    copies = {copy["statement"]["number"]: copy for copy in published}
    previous, number = "", 0
    for number, root in enumerate(JournalRoot.objects.order_by("number").iterator(), start=1):
        fault = _fault_of(root, number, previous, copies.pop(root.number, None))
        if fault:
            return number - 1, f"{told(root.number)}: {fault}"
        previous = hashlib.sha256(journal.statement_bytes(root.statement)).hexdigest()
    if copies:
        lost = min(copies)
        return number, f"root {lost} of {copies[lost]['statement']['at'][:10]}: it was published and is gone"
    orphan = SealedHead.objects.filter(root_id__gt=number).first()
    return number, f"root {orphan.root_id}: it covered timelines and is gone" if orphan else ""


def _fault_of(root: JournalRoot, number: int, previous: str, copy: journal.Published | None) -> str:
    if root.number != number:
        return f"root {number} before it is missing"
    if copy is not None and copy != root.published:
        return "it was published with other words"
    if root.previous != previous:
        return "it does not follow from the root before it"
    if root.key not in our_keys() or not _is_signed(root):
        return "its signature is not ours"
    tree = merkle.MerkleTree()
    for head in root.sealed.order_by("timeline").values_list("timeline", "seq", "hash").iterator(chunk_size=2000):
        tree.add(merkle.leaf(*head))
    return "" if (tree.leaves, tree.root()) == (root.heads, root.root) else "the heads it covers were changed"


def _is_signed(root: JournalRoot) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(root.key))
        key.verify(bytes.fromhex(root.signature), journal.statement_bytes(root.statement))
    except (InvalidSignature, ValueError):
        return False
    return True
