"""Whom to ring about interruptions, and what came of it."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from ..models import CallTask, Outage

#: Shown at once; whoever has rung these finds the next.
MOST = 100


def calls_to_make(at: datetime) -> list[CallTask]:
    """What may be rung now, over all interruptions: what was never tried first, then by when it may be tried again."""
    due = _rows().filter(Q(next_at=None) | Q(next_at__lte=at), result="")
    return list(due.order_by(F("outage__starts_at"), "attempts", "next_at", "pk")[:MOST])


def calls_of(outage: Outage) -> list[CallTask]:
    """Those of one interruption: open ones first."""
    return list(_rows().filter(outage=outage).order_by(F("done_at").desc(nulls_first=True), "attempts", "pk")[:MOST])


def count_calls(outage: Outage) -> Mapping[str, int]:
    """How many there are, how many are open, reached, not reached."""
    return outage.call_tasks.aggregate(
        total=Count("pk"),
        open=Count("pk", filter=Q(result="")),
        reached=Count("pk", filter=Q(result=CallTask.Result.REACHED)),
        not_reached=Count("pk", filter=Q(result=CallTask.Result.NOT_REACHED)),
    )


def count_waiting(at: datetime) -> int:
    """How many wait to be rung now."""
    return CallTask.objects.filter(Q(next_at=None) | Q(next_at__lte=at), result="").count()


def _rows() -> QuerySet[CallTask]:
    related = ("outage__timeline", "account__customer", "account__premises", "done_by")
    return CallTask.objects.select_related(*related).prefetch_related("account__customer__phones")
