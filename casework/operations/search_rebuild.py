"""Write the search text of every case anew, a batch at a time, after the rules for it have changed."""

from collections.abc import Callable, Sequence

from django.db import transaction

from accounts.operations.search_rebuild import BATCH, in_batches

from ..models import Case
from .cases import search_text


def rebuild_case_search(*, step: Callable[[int], object]) -> int:
    """Write anew what finds every case; how many. Erased ones stay blank. ``step`` hears of each batch's size."""
    return in_batches(write=_rebuild_batch, step=step)


@transaction.atomic
def _rebuild_batch(after: int) -> Sequence[int]:
    """Locked first and read then, so that what is erased or changed meanwhile is not written back."""
    locked = Case.objects.select_for_update(no_key=True).filter(pk__gt=after, erased_at=None).order_by("pk")
    keys = list(locked.values_list("pk", flat=True)[:BATCH])
    rows = list(Case.objects.filter(pk__in=keys).select_related("premises"))
    for case in rows:
        case.search = search_text(case)
    Case.objects.bulk_update(rows, ["search"])
    return keys
