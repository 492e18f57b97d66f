"""The tree over the heads of all chains, as in RFC 6962: leaves, nodes and the root. Pure, with nothing of ours."""

import hashlib
from dataclasses import dataclass, field


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
