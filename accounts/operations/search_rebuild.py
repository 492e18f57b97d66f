"""Write the search text of every account anew, a batch at a time, after the rules for it have changed."""

from collections.abc import Callable, Sequence

from django.db import transaction

from .. import models
from .search_text import reindex_accounts

#: Rows in one transaction.
BATCH = 1000


def rebuild_search(*, step: Callable[[int], object]) -> int:
    """Write anew what finds every account, after the rules for it have changed; how many. ``step`` hears of each batch's size."""
    return in_batches(write=_rebuild_batch, step=step)


def in_batches(*, write: Callable[[int], Sequence[int]], step: Callable[[int], object]) -> int:
    """Call ``write`` with the key it went up to (0 at first) until it has written none; how many. It returns the keys, in order."""
    seen = count = 0
    while keys := write(seen):
        seen, count = keys[-1], count + len(keys)
        step(len(keys))
    return count


@transaction.atomic
def _rebuild_batch(after: int) -> Sequence[int]:
    """Locked first and read then: whoever changes a name meanwhile writes its search text after us, not before."""
    locked = models.Account.objects.select_for_update(no_key=True).filter(pk__gt=after).order_by("pk")
    keys = list(locked.values_list("pk", flat=True)[:BATCH])
    rows = models.Account.objects.filter(pk__in=keys).select_related("customer", "premises")
    reindex_accounts(rows.prefetch_related("customer__phones", "cards"))
    return keys
