"""Seal the journal: one signed root over the heads that moved since the last one."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from .. import journal, merkle
from ..journal_keys import signing_key
from ..models import JournalRoot, SealedHead, Timeline

#: Heads under one root: what a worker surely does within the queue's time limit.
MOST = 200_000
_PAGE = 2000


@transaction.atomic
def seal_journal(*, at: datetime, after: int = 0, most: int = MOST) -> int | None:
    """Make the next root over heads of timelines behind ``after`` that moved; where to go on, None when all are sealed.

    A day on which nothing moved gets a root too: that nothing happened is worth saying. Raises NoJournalKey.
    """
    key = signing_key()
    last = JournalRoot.objects.select_for_update(no_key=True).order_by("-number").first()
    number = last.number + 1 if last else 1
    tree, seen = merkle.MerkleTree(), after
    for page in _moved(after, most):
        for timeline, seq, head in page:
            tree.add(merkle.leaf(timeline, seq, head))
        # Before the root itself, whose foreign key is checked at the end: the tree is only known then.
        SealedHead.objects.bulk_create([SealedHead(root_id=number, timeline=pk, seq=seq, hash=head) for pk, seq, head in page])
        seen = page[-1][0]
    previous = hashlib.sha256(journal.statement_bytes(last.statement)).hexdigest() if last else ""
    root = JournalRoot(number=number, made_at=at, heads=tree.leaves, root=tree.root(), previous=previous)
    root.key = key.public_key().public_bytes_raw().hex()
    root.signature = key.sign(journal.statement_bytes(root.statement)).hex()
    root.save(force_insert=True)
    return seen if tree.leaves >= most else None


def _moved(after: int, most: int) -> Iterator[list[tuple[int, int, str]]]:
    """Heads that no root covers yet, by timeline, a page at a time: however many there are, few are in memory."""
    sealed = SealedHead.objects.filter(timeline=OuterRef("pk"), seq=OuterRef("last_seq"))
    moved = Timeline.objects.filter(~Exists(sealed), last_seq__gt=0).order_by("pk").values_list("pk", "last_seq", "last_hash")
    while most > 0 and (page := list(moved.filter(pk__gt=after)[: min(_PAGE, most)])):
        yield page
        after, most = page[-1][0], most - len(page)
