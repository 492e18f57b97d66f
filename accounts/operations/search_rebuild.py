"""Write the search text of every account anew, a batch at a time, after the rules for it have changed."""

from collections.abc import Callable

from django.db import transaction

from .. import models
from .search_text import reindex_accounts

_BATCH = 1000


def rebuild_search(*, step: Callable[[int], object]) -> int:
    """Write anew what finds every account, after the rules for it have changed; how many. ``step`` hears of each batch's size."""
    seen = count = 0
    while keys := _rebuild_batch(after=seen):
        seen, count = keys[-1], count + len(keys)
        step(len(keys))
    return count


@transaction.atomic
def _rebuild_batch(after: int) -> list[int]:
    """Locked first and read then: whoever changes a name meanwhile writes its search text after us, not before."""
    locked = models.Account.objects.select_for_update(no_key=True).filter(pk__gt=after).order_by("pk")
    keys = list(locked.values_list("pk", flat=True)[:_BATCH])
    rows = models.Account.objects.filter(pk__in=keys).select_related("customer", "premises")
    reindex_accounts(rows.prefetch_related("customer__phones", "cards"))
    return keys
